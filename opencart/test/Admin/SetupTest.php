<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Triggers;

final class SetupTest extends AdminTestCase
{
    public function lines(): array
    {
        return [[3], [4]];
    }

    /** @dataProvider lines */
    public function testInstallingTwiceIsInstallingOnce(int $line): void
    {
        $this->open($line);
        $this->module()->install();
        $first = $this->opencart->events;
        $this->module()->install();
        $this->assertSame($first, $this->opencart->events);
        $this->assertSame('1', (string) $this->opencart->config['module_odoo_connector_status']);
        $codes = array_count_values(array_column($first, 'code'));
        $this->assertSame(
            [Triggers::CODE => count(Triggers::all()), 'odoo_connector_menu' => 1, 'odoo_connector_sync' => 8],
            $codes
        );
        $this->assertSame([], $this->connector()->outbox()->parked(0, 1), 'the tables are there');
    }

    public function testEventsCallTheModuleOfTheirApplication(): void
    {
        $this->open(3);
        $this->module()->install();
        $actions = array_column($this->opencart->events, 'action', 'trigger');
        $this->assertSame('extension/module/odoo_connector/after', $actions['catalog/model/checkout/order?addHistory/after']);
        $this->assertSame('extension/module/odoo_connector/menu', $actions['admin/view/common/column_left/before']);
        $this->assertSame('extension/module/odoo_connector/button', $actions['admin/view/sale/order_list/after']);

        $this->open(4);
        $this->module()->install();
        $actions = array_column($this->opencart->events, 'action', 'trigger');
        $this->assertSame('extension/odoo_connector/module/odoo_connector.before', $actions['admin/model/catalog/product?deleteProduct/before']);
        $this->assertSame('extension/odoo_connector/module/odoo_connector.button', $actions['admin/view/sale/order/after']);
    }

    /** @dataProvider lines */
    public function testUninstallingKeepsPairingAndOutbox(int $line): void
    {
        $this->open($line);
        $this->module()->install();
        $this->pair();
        $this->connector()->resync('product', [42]);

        $this->module()->uninstall();
        $this->opencart->forgetSettings();
        $this->assertSame([], $this->opencart->events);

        $this->module()->install();
        $this->assertSame(SettingsFormTest::SECRET, $this->connector()->pairings()->of(0)->secret);
        $this->assertSame(1, $this->connector()->outbox()->status(0)['waiting']);
        $this->assertSame('1', (string) $this->opencart->config['module_odoo_connector_status']);
    }

    public function testWhatIsHalfInstalledIsMendedByOpeningThePage(): void
    {
        $this->module()->install();
        $whole = $this->opencart->events;
        // An upgrade of OpenCart 3 replaces the files and nothing else.
        $this->opencart->events = array_slice($whole, 0, 5);
        $this->opencart->config['module_odoo_connector_stamp'] = 'of the release before';
        $this->db->query('DROP TABLE oc_odoo_connector_state');
        $this->module()->settings()->page();
        $this->assertSame($whole, $this->opencart->events);
        $this->assertNull($this->connector()->outbox()->status(0)['lastSentAt'], 'the table is there again');
    }

    public function testDisabledNothingIsRecordedAndTheMenuStays(): void
    {
        $this->module()->install();
        $this->post(['status' => '0'], static function ($module) {
            $module->settings()->save();
        });
        $this->assertSame(['odoo_connector_menu'], array_column($this->opencart->events, 'code'));
        $this->module()->settings()->page();
        $this->assertSame(['odoo_connector_menu'], array_column($this->opencart->events, 'code'), 'it stays disabled');
        $this->post(['status' => '1'], static function ($module) {
            $module->settings()->save();
        });
        $this->assertGreaterThan(50, count($this->opencart->events));
    }

    public function testOnlyWhoMayInstallModulesInstalls(): void
    {
        $this->allow('access', 'modify');
        $this->module()->install();
        $this->assertSame([], $this->opencart->events);
    }
}

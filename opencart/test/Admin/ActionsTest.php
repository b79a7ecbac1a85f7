<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\Module;
use OdooConnector\Pairing;
use OdooConnector\Test\Support\DemoStore;

final class ActionsTest extends AdminTestCase
{
    protected function setUp(): void
    {
        parent::setUp();
        $this->module()->install();
    }

    /** Every address that takes a form, with the permission it takes. */
    public function addresses(): array
    {
        $addresses = [];
        foreach (['save', 'test', 'generate', 'unpair', 'send', 'retry'] as $method) {
            $addresses[$method] = ['settings', $method, 'modify'];
        }
        return $addresses + [
            'token' => ['console', 'token', 'access'],
            'probe' => ['console', 'probe', 'access'],
            'sync' => ['sync', 'sync', 'modify'],
        ];
    }

    /** @dataProvider addresses */
    public function testNothingIsDoneWithoutThePermission(string $part, string $method, string $kind): void
    {
        $this->pair();
        $this->allow(...($kind === 'modify' ? ['access', 'install'] : ['install']));
        $answer = $this->post(['entity' => 'product', 'selected' => ['42']], static function (Module $module) use ($part, $method) {
            $module->$part()->$method();
        });
        $this->assertSame(['notice'], array_keys($answer));
        $this->assertSame('PERMISSION', $answer['notice']['code']);
        $this->assertNotNull($this->connector()->pairings()->of(0));
        $this->assertSame(0, $this->connector()->outbox()->status(0)['waiting']);
    }

    /** @dataProvider addresses */
    public function testNothingIsDoneByALink(string $part, string $method): void
    {
        $this->pair();
        $this->module()->$part()->$method();
        $this->assertSame('METHOD', json_decode($this->opencart->output, true)['notice']['code']);
        $this->assertNotNull($this->connector()->pairings()->of(0));
    }

    public function testAPastedCodePairsTheStoreAndSaysWhetherItWorks(): void
    {
        $code = 'oco1.' . rtrim(strtr(base64_encode(json_encode([
            'endpoint' => 'http://127.0.0.1:9', 'connection' => 'shop', 'secret' => SettingsFormTest::SECRET,
        ])), '+/', '-_'), '=');
        // Once more, say because the connector was down the first time: it still has to be told of the store.
        foreach (['the first time', 'again'] as $when) {
            $answer = $this->post(['status' => '1', 'code' => $code, 'verify_tls' => '1'], static function (Module $module) {
                $module->settings()->save();
            });
            $this->assertSame(['warning', 'ENDPOINT_UNREACHABLE', true], [$answer['notice']['level'], $answer['notice']['code'] ?? null, $answer['reload']], $when);
            $this->assertStringStartsWith('The store is paired.', $answer['notice']['text']);
            $this->assertSame('shop', $this->connector()->pairings()->of(0)->connection);
        }
    }

    public function testABadCodeChangesNothing(): void
    {
        $this->pair();
        $answer = $this->post(['status' => '0', 'code' => 'oco1.eyJlbmRwb2ludCI6'], static function (Module $module) {
            $module->settings()->save();
        });
        $this->assertSame('PAIRING_CODE_BAD', $answer['notice']['code']);
        $this->assertSame('main', $this->connector()->pairings()->of(0)->connection);
        $this->assertSame('1', (string) $this->opencart->config['module_odoo_connector_status']);
    }

    public function testTestingTestsWhatIsEnteredAndSavesNothing(): void
    {
        $answer = $this->post(['endpoint' => 'http://127.0.0.1:9', 'connection' => 'main', 'secret' => SettingsFormTest::SECRET], static function (Module $module) {
            $module->settings()->test();
        });
        $this->assertSame('ENDPOINT_UNREACHABLE', $answer['notice']['code']);
        $this->assertNull($this->connector()->pairings()->of(0));
    }

    public function testAGeneratedSecretIsShownAndKeptNowhere(): void
    {
        $answer = $this->post(['connection' => 'shop'], static function (Module $module) {
            $module->settings()->generate();
        });
        $this->assertMatchesRegularExpression('/^whsec_[A-Za-z0-9+\/=]{40,}$/', $answer['secret']);
        $this->assertStringContainsString('--connection shop', $answer['hint']);
        $this->assertNull($this->connector()->pairings()->of(0));
    }

    public function testNoPageAndNoAnswerHoldsTheSecret(): void
    {
        $this->pair();
        $this->opencart->get['page'] = '/records/customer';
        $this->module()->settings()->page();
        $this->assertStringContainsString('"paired":true', $this->opencart->output);
        $secret = substr(SettingsFormTest::SECRET, strlen(Pairing::SECRET_PREFIX));
        $this->assertStringNotContainsString($secret, $this->opencart->output);
        $this->module()->console()->page();
        $this->assertStringContainsString('console.example', $this->opencart->output);
        $this->assertStringNotContainsString($secret, $this->opencart->output);
        foreach (['save', 'test', 'send', 'retry', 'unpair'] as $method) {
            $this->post(['status' => '1', 'endpoint' => 'http://127.0.0.1:9', 'connection' => 'main'], static function (Module $module) use ($method) {
                $module->settings()->$method();
            });
            $this->assertStringNotContainsString($secret, $this->opencart->output);
        }
        $this->assertSame([], $this->opencart->log);
    }

    public function testWhatGoesWrongInTheDatabaseIsToldWithoutTheStatement(): void
    {
        $this->pair();
        $this->db->query('DROP TABLE oc_odoo_connector_outbox');
        $this->db->query('CREATE TABLE oc_odoo_connector_outbox (sequence INT)');
        $answer = $this->post(['entity' => 'product', 'selected' => ['42']], static function (Module $module) {
            $module->sync()->sync();
        });
        $this->assertSame('UNEXPECTED', $answer['notice']['code']);
        $this->assertCount(1, $this->opencart->log);
        $this->assertStringNotContainsString('INSERT', $this->opencart->log[0]);
    }

    public function testATokenCarriesNameAndPermission(): void
    {
        $this->pair();
        foreach (['manager' => ['access', 'modify'], 'viewer' => ['access']] as $role => $kinds) {
            $this->allow(...$kinds);
            $answer = $this->post(['store_id' => '0'], static function (Module $module) {
                $module->console()->token();
            });
            $claims = json_decode(base64_decode(strtr(explode('.', $answer['token'])[1], '-_', '+/')), true);
            $this->assertSame(['main', $role, 'maud'], [$claims['connection'], $claims['role'], $claims['sub']]);
            $this->assertLessThanOrEqual(300, $claims['exp'] - $claims['iat']);
            $this->assertEqualsWithDelta($claims['exp'], strtotime($answer['expiresAt']), 2);
        }
    }

    public function testSyncRecordsWhatIsChosen(): void
    {
        $demo = new DemoStore();
        $known = $this->db;
        $this->db = $this->opencart->db = $demo->db;
        try {
            $this->pair();
            $answer = $this->post(['entity' => 'product', 'selected' => ['50', '50', '0', 'x', '51']], static function (Module $module) {
                $module->sync()->sync();
            });
            $this->assertSame(['warning', 'ENDPOINT_UNREACHABLE'], [$answer['notice']['level'], $answer['notice']['code']]);
            $this->assertStringStartsWith('2 recorded', $answer['notice']['text']);
            $this->assertSame(2, $this->connector()->outbox()->status(0)['waiting']);
        } finally {
            $demo->close();
            $this->db = $known;
        }
    }

    public function testSyncWithoutAPairingSaysSo(): void
    {
        $answer = $this->post(['entity' => 'product', 'selected' => ['42']], static function (Module $module) {
            $module->sync()->sync();
        });
        $this->assertSame('PAIRING_MISSING', $answer['notice']['code']);
    }

    public function testEachStoreOfOneOpenCartHasItsOwnPairing(): void
    {
        $this->opencart->stores = [['store_id' => 1, 'name' => 'Second &amp; Son', 'url' => 'http://second.example/', 'ssl' => '']];
        $this->pair(1);
        $this->opencart->get['store_id'] = '1';
        $this->module()->settings()->page();
        $this->assertStringContainsString('"paired":true', $this->opencart->output);
        $this->assertStringContainsString('"export_url":"http:\/\/second.example\/index.php?route=extension', $this->opencart->output);
        $this->assertStringContainsString('"name":"Second & Son"', $this->opencart->output);
        $this->opencart->get['store_id'] = '99';
        $this->module()->settings()->page();
        $this->assertStringContainsString('"paired":false', $this->opencart->output, 'a store that there is not is the default one');
        unset($this->opencart->get['store_id']);
        $this->module()->console()->page();
        $this->assertStringContainsString('"store_id":1', $this->opencart->output, 'the menu opens the store that is paired');
    }

    public function testUnpairingKeepsTheOutbox(): void
    {
        $this->pair();
        $this->connector()->resync('product', [42]);
        $this->post([], static function (Module $module) {
            $module->settings()->unpair();
        });
        $this->assertNull($this->connector()->pairings()->of(0));
        $this->assertSame(1, $this->connector()->outbox()->status(0)['waiting']);
    }

    public function testMenuAndButtonsAreOnlyForWhoMayUseThem(): void
    {
        $menus = ['menus' => []];
        $page = '<div class="page-header"><div class="float-end"></div><h1>x</h1></div>';
        $this->allow();
        $this->module()->console()->menu($menus);
        $this->assertSame([], $menus['menus']);
        $this->allow('access');
        $this->module()->console()->menu($menus);
        $this->assertCount(1, $menus['menus']);
        $untouched = $page;
        $this->module()->sync()->button('catalog/product', $page);
        $this->assertSame($untouched, $page);
        $this->allow('modify');
        $this->module()->sync()->button('catalog/product', $page);
        $this->assertStringContainsString('odoo_connector\/module\/odoo_connector.sync', $page);
    }
}

<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\Menu;
use OdooConnector\Admin\Texts;
use PHPUnit\Framework\TestCase;

final class MenuTest extends TestCase
{
    public function testTheMenuHasTheEntriesOfTheUserGuide(): void
    {
        $this->assertSame([
            'Odoo Configurations' => '/settings',
            'Customers' => '/records/customer',
            'Customer&#039;s Address' => '/records/address',
            'Products Category' => '/records/category',
            'Products' => [
                'Options' => '/records/option',
                'Option values' => '/records/option-value',
                'Templates' => '/records/product',
            ],
            'Tax' => '/records/tax',
            'Currency' => '/records/currency',
            'Carrier' => '/records/carrier',
            'Payment Methods' => '/records/payment-method',
            'Order Status' => '/order-status',
            'Connector Logs' => '/logs',
            'Connection of this Store' => 'SETTINGS',
        ], $this->tree($this->menu()['children']));
    }

    public function testAddressesAreEscapedForOpenCartsTemplate(): void
    {
        $menu = Menu::build($this->texts(), 'fa-exchange', static function (string $path): string {
            return 'index.php?a=1&page=' . $path . '"';
        }, 'index.php?a=1&b=2');
        $this->assertSame('index.php?a=1&amp;page=/settings&quot;', $menu['children'][0]['href']);
        $this->assertSame('Odoo Mappings', $menu['name']);
        $this->assertSame('', $menu['href']);
    }

    public function testAPageIsNamedByItsEntry(): void
    {
        $titleOf = function (string $path): string {
            return Menu::titleOf($path, $this->texts());
        };
        $this->assertSame('Products › Templates', $titleOf('/records/product'));
        $this->assertSame('Products › Options', $titleOf('/records/option'));
        $this->assertSame('Products › Option values', $titleOf('/records/option-value/7'));
        $this->assertSame('Connector Logs', $titleOf('/logs'));
        $this->assertSame('Odoo Mappings', $titleOf('/runs/1'));
    }

    private function menu(): array
    {
        return Menu::build($this->texts(), 'fa-exchange', static function (string $path): string {
            return $path;
        }, 'SETTINGS');
    }

    private function texts(): Texts
    {
        return Texts::open(TextsTest::files(), 'en-gb');
    }

    private function tree(array $entries): array
    {
        $tree = [];
        foreach ($entries as $entry) {
            $tree[$entry['name']] = $entry['children'] === [] ? $entry['href'] : $this->tree($entry['children']);
        }
        return $tree;
    }
}

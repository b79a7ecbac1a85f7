<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\SyncButton;
use PHPUnit\Framework\TestCase;

final class SyncButtonTest extends TestCase
{
    public function testListsSyncTheChosenRows(): void
    {
        $this->assertSame(['entity' => 'product', 'recordId' => ''], SyncButton::on(3, 'catalog/product_list', []));
        $this->assertSame(['entity' => 'order', 'recordId' => ''], SyncButton::on(4, 'sale/order', []));
        $this->assertNull(SyncButton::on(4, 'catalog/product_list', []), 'a list that is loaded anew has no place for buttons');
    }

    public function testPagesOfARecordSyncThatRecord(): void
    {
        $this->assertSame(['entity' => 'customer', 'recordId' => '7'], SyncButton::on(4, 'customer/customer_form', ['customer_id' => '7']));
        $this->assertSame(['entity' => 'order', 'recordId' => '12'], SyncButton::on(3, 'sale/order_info', ['order_id' => '12']));
        $this->assertNull(SyncButton::on(3, 'customer/customer_form', []), 'a new customer is not there yet');
        $this->assertNull(SyncButton::on(3, 'customer/customer_form', ['customer_id' => '"><script>']));
        $this->assertNull(SyncButton::on(3, 'common/dashboard', ['order_id' => '12']));
    }

    public function pages(): array
    {
        return [
            'OpenCart 3' => [
                '<div class="pull-right">x</div><div class="page-header"><div class="pull-right"><a>+</a></div><h1>Products</h1></div>',
                '<div class="pull-right">x</div><div class="page-header"><div class="pull-right">BUTTON<a>+</a></div><h1>Products</h1></div>',
            ],
            'OpenCart 4' => [
                '<div class="page-header"><div class="float-end"><a>+</a></div><h1>Orders</h1></div><div class="float-end">y</div>',
                '<div class="page-header"><div class="float-end">BUTTON<a>+</a></div><h1>Orders</h1></div><div class="float-end">y</div>',
            ],
            'no place for buttons' => [
                '<div class="page-header"><h1>Orders</h1></div><div class="float-end">y</div>',
                '<div class="page-header">BUTTON<h1>Orders</h1></div><div class="float-end">y</div>',
            ],
            'no heading' => ['<p>Orders</p>', '<p>Orders</p>'],
        ];
    }

    /** @dataProvider pages */
    public function testTheButtonStandsAmongTheOthers(string $page, string $with): void
    {
        $this->assertSame($with, SyncButton::into($page, 'BUTTON'));
    }
}

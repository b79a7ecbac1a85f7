<?php
namespace OdooConnector\Test;

use OdooConnector\Changes;
use OdooConnector\Handlers;
use OdooConnector\Test\Support\DemoStore;
use OdooConnector\Triggers;

final class ChangesTest extends StoreTestCase
{
    private function paired(string $line = '4.1', array $switches = []): DemoStore
    {
        $store = $this->store($line);
        $this->pair($store, 'http://127.0.0.1:1', 0, $switches);
        return $store;
    }

    /** @dataProvider changes */
    public function testNotesWhatChanged(string $line, string $route, array $args, $output, array $expected): void
    {
        $store = $this->paired($line);
        $changes = $store->connector->changes();
        $changes->before($route, $args);
        $changes->after($route, $args, $output);
        $this->assertSame($expected, $this->waiting($store));
    }

    public function changes(): array
    {
        return [
            'category added' => ['4.1', 'catalog/category.addCategory', [['name' => 'x']], 90, ['category 90 upsert']],
            'category edited, 3.x' => ['3.0', 'catalog/category/editCategory', [71, []], null, ['category 71 upsert']],
            'category deleted with its children' => ['3.0', 'catalog/category/deleteCategory', [71], null, ['category 72 delete', 'category 71 delete']],
            'product added' => ['3.0', 'catalog/product/addProduct', [[]], 52, ['product 52 upsert']],
            'product copied, 3.x' => ['3.0', 'catalog/product/copyProduct', [50], null, ['product 51 upsert']],
            'product copied, 4.x' => ['4.1', 'catalog/product.copyProduct', [50], 53, ['product 53 upsert']],
            'product deleted' => ['4.1', 'catalog/product.deleteProduct', [50], null, ['product 50 delete']],
            'variant edited' => ['4.1', 'catalog/product.editVariant', [50, 51, []], null, ['product 51 upsert']],
            'option edited' => ['4.1', 'catalog/option.editOption', [41, []], null, ['option 41 upsert']],
            'option deleted' => ['4.1', 'catalog/option.deleteOption', [41], null, ['option 41 delete']],
            'customer registered' => ['3.0', 'account/customer/addCustomer', [['password' => 'x']], 8, ['customer 8 upsert']],
            'customer edited in the admin' => ['4.1', 'customer/customer.editCustomer', ['7', []], null, ['customer 7 upsert']],
            'customer deleted' => ['4.1', 'customer/customer.deleteCustomer', [7], null, ['customer 7 delete']],
            'customer approved' => ['3.0', 'customer/customer_approval/approveCustomer', [7], null, ['customer 7 upsert']],
            'address added' => ['3.0', 'account/address/addAddress', [7, []], 23, ['customer 7 upsert']],
            'address edited, up to 4.0' => ['4.0', 'account/address/editAddress', [21, []], null, ['customer 7 upsert']],
            'address edited, 4.1' => ['4.1', 'account/address.editAddress', [7, 21, []], null, ['customer 7 upsert']],
            'address deleted, up to 4.0' => ['3.0', 'account/address/deleteAddress', [21], null, ['customer 7 upsert']],
            'address deleted, 4.1.0.3' => ['4.1', 'account/address.deleteAddress', [7, 21], null, ['customer 7 upsert']],
            'address deleted, 4.1.0.4' => ['4.1', 'account/address.deleteAddresses', [7, 21], null, ['customer 7 upsert']],
            'order placed, 3.x' => ['3.0', 'checkout/order/addOrderHistory', [1001, 1], null, ['order 1001 upsert']],
            'order placed, 4.x' => ['4.1', 'checkout/order.addHistory', [1001, 1, '', true], 5, ['order 1001 upsert']],
            'order edited' => ['4.1', 'checkout/order.editOrder', [1001, []], null, ['order 1001 upsert']],
            'draft of the checkout edited' => ['4.1', 'checkout/order.editOrder', [1002, []], null, []],
            'order deleted, 3.x' => ['3.0', 'checkout/order/deleteOrder', [1001], null, ['order 1001 delete']],
            'order deleted' => ['4.1', 'sale/order.deleteOrder', [1001], null, ['order 1001 delete']],
            'tax class edited' => ['4.1', 'localisation/tax_class.editTaxClass', [9, []], null, ['tax 86 upsert', 'tax 87 upsert', 'product 50 upsert']],
            'tax rate edited' => ['3.0', 'localisation/tax_rate/editTaxRate', [87, []], null, ['tax 87 upsert', 'product 50 upsert']],
            'tax rate deleted' => ['3.0', 'localisation/tax_rate/deleteTaxRate', [87], null, ['tax 87 delete']],
            'currency edited' => ['4.1', 'localisation/currency.editCurrency', [2, []], null, ['currency EUR upsert', 'currency USD upsert', 'currency JPY upsert']],
            'rates refreshed, 3.x' => ['3.0', 'localisation/currency/refresh', [], null, ['currency EUR upsert', 'currency USD upsert', 'currency JPY upsert']],
            'order status added, 3.x' => ['3.0', 'localisation/order_status/addOrderStatus', [[]], null, ['order-status 5 upsert']],
            'order status edited' => ['4.1', 'localisation/order_status.editOrderStatus', [5, []], null, ['order-status 5 upsert']],
            'carrier installed, 3.x' => ['3.0', 'setting/extension/install', ['shipping', 'ups'], null, ['carrier ups upsert']],
            'payment method installed, 4.x' => ['4.1', 'setting/extension.install', ['payment', 'paypal', 'paypal'], null, ['payment-method paypal upsert']],
            'carrier uninstalled' => ['4.1', 'setting/extension.uninstall', ['shipping', 'flat'], null, ['carrier flat delete']],
            'another extension installed' => ['4.1', 'setting/extension.install', ['module', 'x', 'x'], null, []],
            'something that failed' => ['4.1', 'catalog/product.addProduct', [[]], 0, []],
            'a method that nobody asked for' => ['4.1', 'catalog/product.getProduct', [50], null, []],
        ];
    }

    public function testADraftThatIsDeletedIsNothingToTell(): void
    {
        $store = $this->paired();
        $store->db->query('DELETE FROM oc_order_history WHERE order_id = 1002');
        $store->connector->changes()->before('sale/order.deleteOrder', [1002]);
        $store->connector->changes()->after('sale/order.deleteOrder', [1002], null);
        $this->assertSame([], $this->waiting($store));
    }

    public function testADeleteTellsWhatWasDeleted(): void
    {
        $store = $this->paired();
        $changes = $store->connector->changes();
        $changes->before('catalog/product.deleteProduct', [50]);
        $store->db->query('DELETE FROM oc_product WHERE product_id = 50');
        $store->connector->changes()->after('catalog/product.deleteProduct', [50], null);
        $rows = $store->db->rows("SELECT tombstone FROM oc_odoo_connector_outbox WHERE action = 'delete'");
        $this->assertSame(['model' => 'MUG', 'name' => 'Mug 3" \'blue\''], json_decode($rows[0]['tombstone'], true));
    }

    public function testWhatIsSwitchedOffIsNotNoted(): void
    {
        $store = $this->paired('4.1', ['customer' => false, 'tax' => false]);
        $store->connector->changes()->after('customer/customer.editCustomer', [7, []], null);
        $store->connector->changes()->after('localisation/tax_class.editTaxClass', [9, []], null);
        $this->assertSame(['product 50 upsert'], $this->waiting($store));
    }

    public function testACommonChangeIsOneStatement(): void
    {
        $store = $this->paired();
        $changes = $store->connector->changes();
        $before = count($store->db->statements);
        $changes->after('checkout/order.addHistory', [1001, 1], 1);
        $this->assertSame(1, count($store->db->statements) - $before);
        $this->assertStringStartsWith('INSERT INTO', end($store->db->statements));
    }

    public function testNothingThatFailsReachesTheShopper(): void
    {
        $store = $this->paired();
        $log = [];
        $handlers = new Handlers(static function () use ($store) {
            return $store->connector;
        }, static function (string $line) use (&$log) {
            $log[] = $line;
        });
        $store->db->query('DROP TABLE oc_odoo_connector_outbox');
        $handlers->before('catalog/product.deleteProduct', ['50']);
        $handlers->after('account/customer.addCustomer', [['password' => 'hunter2', 'email' => 'secret@example.com']], 9);
        $this->assertCount(1, $log);
        $this->assertStringContainsString('account/customer.addCustomer was not noted', $log[0]);
        $this->assertStringNotContainsString('secret@example.com', $log[0]);
        $silenced = ini_set('error_log', '/dev/null');
        $broken = new Handlers(static function () {
            throw new \TypeError('no database');
        }, static function () {
            throw new \RuntimeException('no log either');
        });
        $broken->after('account/customer.addCustomer', [[]], 9);
        ini_set('error_log', (string)$silenced);
    }

    public function testEveryTriggerIsUnderstood(): void
    {
        $understood = array_merge(array_keys(Changes::ADDED), array_keys(Changes::EDITED), array_keys(Changes::DELETED));
        foreach (Triggers::TABLE as $application => $models) {
            foreach ($models as $model => $methods) {
                foreach ($methods as $method) {
                    $name = str_replace('before:', '', $method);
                    $isTold = in_array("$model $name", $understood, true)
                        || preg_match('~ (copyProduct|editVariants?|editAddress|deleteAddress|editOrder|\w+TaxClass|\w+Currency|editValueByCode|refresh|install|uninstall)$~', "$model $name");
                    $this->assertTrue((bool)$isTold, "$application/$model $name");
                }
            }
        }
        $all = Triggers::all();
        $this->assertContains(['trigger' => 'catalog/model/checkout/order?addHistory/after', 'application' => 'catalog', 'handler' => 'after'], $all);
        $this->assertContains(['trigger' => 'admin/model/catalog/product?deleteProduct/before', 'application' => 'admin', 'handler' => 'before'], $all);
        $this->assertSame($all, array_unique($all, SORT_REGULAR));
    }
}

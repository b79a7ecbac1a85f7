<?php
namespace OdooConnector\Test\Support;

/** Who buys in the demo store, and what. */
final class DemoSales
{
    const BERLIN = ['country_id' => 81, 'zone_id' => 1256];

    public static function fill(DemoStore $store): void
    {
        $store->put('custom_field', ['custom_field_id' => 3, 'type' => 'text', 'location' => 'account', 'status' => 1]);
        $store->put('custom_field_description', ['custom_field_id' => 3, 'language_id' => 1, 'name' => 'VAT number']);
        $customer = [
            'customer_id' => 7, 'store_id' => 0, 'language_id' => 2, 'customer_group_id' => 1, 'firstname' => 'Anaïs', 'lastname' => 'O&#039;Brien',
            'email' => 'anais@example.com', 'telephone' => '+49 30 1', 'custom_field' => '{"3":"DE123456789"}', 'status' => 1,
        ];
        $store->put('customer', $customer + ($store->line === '3.0' ? ['address_id' => 22] : []));
        foreach ([21 => '', 22 => 'Müller &amp; Söhne'] as $id => $company) {
            $address = ['address_id' => $id, 'customer_id' => 7, 'firstname' => 'Anaïs', 'lastname' => 'O&#039;Brien', 'company' => $company, 'address_1' => 'Lindenstraße 7', 'address_2' => 'Hof', 'city' => 'Berlin', 'postcode' => '10969'];
            $store->put('address', $address + self::BERLIN + ($store->line === '3.0' ? [] : ['default' => $id === 22 ? 1 : 0]));
        }
        self::order($store, 1001, ['customer_id' => 7]);
        self::order($store, 1002, ['customer_id' => 0, 'order_status_id' => 0]);
        self::order($store, 1003, ['customer_id' => 0, 'email' => 'guest@example.com']);
    }

    /** Two mugs, one large, shipped at a flat rate, with a coupon. @param array $different columns */
    public static function order(DemoStore $store, int $id, array $different = []): void
    {
        $order = $different + [
            'order_id' => $id, 'store_id' => 0, 'customer_group_id' => 1, 'firstname' => 'Anaïs', 'lastname' => 'O&#039;Brien', 'email' => 'anais@example.com',
            'telephone' => '+49 30 1', 'custom_field' => '[]', 'payment_custom_field' => '[]', 'comment' => 'Ring &quot;twice&quot;', 'total' => '35.2676', 'order_status_id' => 1,
            'language_id' => 2, 'currency_code' => 'USD', 'currency_value' => '1.0845', 'date_added' => '2026-07-20 19:45:10', 'date_modified' => '2026-07-20 19:45:10',
        ];
        foreach (['payment', 'shipping'] as $kind) {
            $address = ['firstname' => 'Anaïs', 'lastname' => 'O&#039;Brien', 'company' => 'Müller &amp; Söhne', 'address_1' => 'Lindenstraße 7', 'address_2' => '', 'city' => 'Berlin', 'postcode' => '10969', 'country' => 'Germany', 'country_id' => 81, 'zone' => 'Berlin', 'zone_id' => 1256];
            foreach ($address as $column => $value) {
                $order += [$kind . '_' . $column => $value];
            }
        }
        $methods = $store->line === '3.0'
            ? ['payment_method' => 'Cash &amp; carry', 'payment_code' => 'cod', 'shipping_method' => 'Flat rate', 'shipping_code' => 'flat.flat']
            : ['payment_method' => '{"code":"cod.cod","name":"Cash &amp; carry"}', 'shipping_method' => '{"code":"flat.flat","name":"Flat rate","cost":"5.0000","tax_class_id":"9"}'];
        $store->put('order', $order + $methods);
        $line = $store->put('order_product', ['order_id' => $id, 'product_id' => 50, 'name' => 'Mug 3&quot;', 'model' => 'MUG', 'quantity' => 2, 'price' => '11.4158', 'total' => '22.8316', 'tax' => '4.2832']);
        $store->put('order_option', ['order_id' => $id, 'order_product_id' => $line, 'product_option_id' => 501, 'product_option_value_id' => 5012, 'name' => 'Size', 'value' => 'Large', 'type' => 'select']);
        $store->put('order_option', ['order_id' => $id, 'order_product_id' => $line, 'product_option_id' => 502, 'product_option_value_id' => 0, 'name' => 'Engraving', 'value' => 'Für &quot;Mama&quot;', 'type' => 'text']);
        $totals = [['total', '35.2676', 9], ['sub_total', '22.8316', 1], ['shipping', '5', 3], ['coupon', '-2.2832', 4], ['tax', '9.7192', 5]];
        foreach ($totals as $total) {
            $store->put('order_total', ['order_id' => $id, 'code' => $total[0], 'title' => $total[0] . ' &amp; more', 'value' => $total[1], 'sort_order' => $total[2]]);
        }
        $store->put('order_history', ['order_id' => $id, 'order_status_id' => 1, 'comment' => '', 'date_added' => '2026-07-20 19:45:10']);
        if ($store->line !== '4.1') {
            $store->put('order_voucher', ['order_id' => $id, 'description' => 'Voucher for &quot;Sam&quot;', 'amount' => '10']);
        }
    }
}

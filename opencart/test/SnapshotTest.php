<?php
namespace OdooConnector\Test;

use OdooConnector\Test\Support\DemoSales;
use OdooConnector\Test\Support\DemoStore;
use OdooConnector\Test\Support\StoreTables;

final class SnapshotTest extends StoreTestCase
{
    private function snapshot(DemoStore $store, string $entity, string $id, int $storeId = 0): array
    {
        $catalogue = $store->open()->catalogue();
        $found = $catalogue->source($entity)->snapshots($catalogue->store($storeId), [$id]);
        return json_decode(json_encode($found[$id]['data']), true);
    }

    public function lines(): array
    {
        return array_combine(StoreTables::LINES, array_map(static function (string $line): array {
            return [$line];
        }, StoreTables::LINES));
    }

    /** @dataProvider lines */
    public function testAProductIsTheSameOnEveryLine(string $line): void
    {
        $store = $this->store($line);
        $mug = $this->snapshot($store, 'product', '50');
        $this->assertSame([
            ['languageCode' => 'de-de', 'name' => 'Becher'],
            ['languageCode' => 'en-gb', 'name' => 'Mug 3" \'blue\'', 'description' => '<p>Holds &amp; pours</p>'],
        ], $mug['names'], 'the default language first, decoded once');
        $this->assertSame(['72', '71'], array_column($mug['categories'], 'categoryId'), 'the deepest first');
        $this->assertSame('71', $mug['categories'][0]['parentId']);
        $this->assertSame('Küche', $mug['categories'][0]['ancestors'][0]['names'][0]['name']);
        $this->assertSame(['HS-MUG', '5901234123457', '036000291452', '4901234567894', '9783161484100'], [$mug['sku'], $mug['ean'], $mug['upc'], $mug['jan'], $mug['isbn']]);
        $this->assertSame(['9.1583', '0.35', true, true, 12], [$mug['price'], $mug['weightKg'], $mug['active'], $mug['shippable'], $mug['quantity']]);
        $vat = ['taxRateId' => '86', 'name' => 'VAT & co (20%)', 'type' => 'P', 'rate' => '20.0000'];
        $this->assertSame([$vat, ['taxRateId' => '87', 'name' => 'Eco tax', 'type' => 'F', 'rate' => '2.0000']], $mug['taxes']);
        $this->assertSame('https://shop.example/image/catalog/mug%20%26%20cup.png', $mug['image']['url']);

        list($size, $extras, $engraving) = $mug['options'];
        $this->assertSame(['41', '501', 'select', true], [$size['optionId'], $size['productOptionId'], $size['type'], $size['required']]);
        $this->assertSame([['411', '-1.5000', '-0.02', 7], ['412', '2.2575', '0', null]], array_map(static function (array $value): array {
            return [$value['optionValueId'], $value['price'], $value['weightKg'], isset($value['quantity']) ? $value['quantity'] : null];
        }, $size['values']));
        $this->assertSame(['checkbox', ['422'], 'Ribbon "red"'], [$extras['type'], array_column($extras['values'], 'optionValueId'), $extras['values'][0]['names'][0]['name']]);
        $this->assertSame(['text', []], [$engraving['type'], $engraving['values']]);
    }

    public function testAPlainProductHasWhatItHas(): void
    {
        $gift = $this->snapshot($this->store(), 'product', '51');
        $this->assertSame([['languageCode' => 'de-de', 'name' => 'GIFT']], $gift['names'], 'one that nobody named is called as its model');
        $this->assertSame([false, false, [], [], ''], [$gift['active'], $gift['shippable'], $gift['taxes'], $gift['options'], $gift['sku']]);
        $this->assertSame('0.45359237', $gift['weightKg'], 'a pound');
        $this->assertArrayNotHasKey('quantity', $gift, 'nobody counts it');
        $this->assertArrayNotHasKey('image', $gift, 'its file is gone');
    }

    public function testWhereBothAreThereTheNewTableOfCodesIsRight(): void
    {
        $store = $this->store();
        $store->db->query("ALTER TABLE oc_product ADD COLUMN sku VARCHAR(64) NOT NULL DEFAULT 'OLD'");
        $this->assertSame('HS-MUG', $this->snapshot($store, 'product', '50')['sku'], '4.1.0.3 keeps the columns and writes the table');
        $this->assertSame('OLD', $this->snapshot($store, 'product', '51')['sku']);
    }

    /** @dataProvider lines */
    public function testACustomerHasAllItsAddresses(string $line): void
    {
        $customer = $this->snapshot($this->store($line), 'customer', '7');
        $this->assertSame(['Anaïs', "O'Brien", 'anais@example.com', 'de-de', 'Müller & Söhne', 'DE123456789', true], [
            $customer['firstName'], $customer['lastName'], $customer['email'], $customer['languageCode'], $customer['company'], $customer['vat'], $customer['active'],
        ]);
        $this->assertSame(['21', '22'], array_column($customer['addresses'], 'addressId'));
        $this->assertSame(['DE', 'Germany', 'BE', 'Berlin'], [
            $customer['addresses'][1]['countryCode'], $customer['addresses'][1]['countryName'], $customer['addresses'][1]['zoneCode'], $customer['addresses'][1]['zoneName'],
        ]);
    }

    /** @dataProvider lines */
    public function testAnOrderCarriesAllItNeeds(string $line): void
    {
        $order = $this->snapshot($this->store($line), 'order', '1001');
        $this->assertSame(['7', 'anais@example.com', 2], [$order['customerId'], $order['customer']['email'], count($order['customer']['addresses'])]);
        $this->assertSame(['code' => 'flat.flat', 'name' => 'Flat rate'], $order['shippingMethod']);
        $this->assertSame([$line === '3.0' ? 'cod' : 'cod.cod', 'Cash & carry'], array_values($order['paymentMethod']));
        $this->assertSame(['Müller & Söhne', 'DE', 'BE'], [$order['paymentAddress']['company'], $order['paymentAddress']['countryCode'], $order['shippingAddress']['zoneCode']]);
        list($row) = $order['lines'];
        $this->assertSame(['Mug 3"', 2, '11.4158', '4.2832', ['86', '87']], [$row['name'], $row['quantity'], $row['price'], $row['tax'], array_column($row['taxes'], 'taxRateId')]);
        $this->assertSame([
            ['optionId' => '41', 'optionValueId' => '412', 'type' => 'select', 'name' => 'Size', 'value' => 'Large'],
            ['optionId' => '43', 'type' => 'text', 'name' => 'Engraving', 'value' => 'Für "Mama"'],
        ], $row['options']);
        $this->assertSame(['sub_total', 'shipping', 'coupon', 'tax', 'total'], array_column($order['totals'], 'code'), 'as the store sorts them');
        $this->assertSame([[], ['86', '87'], []], array_map(static function (array $total): array {
            return array_column($total['taxes'], 'taxRateId');
        }, array_slice($order['totals'], 0, 3)));
        $this->assertSame($line === '4.1' ? [] : [['Voucher for "Sam"', '10.0000']], array_map(static function (array $voucher): array {
            return [$voucher['name'], $voucher['amount']];
        }, $order['vouchers']));
        $this->assertSame(['MUG'], array_column($order['products'], 'model'));
        $this->assertSame(['USD', '1.08450000', 2, '1', 'Ausstehend', 'Ring "twice"'], [
            $order['currencyCode'], $order['currencyValue'], $order['currencyDecimals'], $order['statusId'], $order['statusName'], $order['comment'],
        ]);
        $this->assertSame('2026-07-20T17:45:10Z', $order['placedAt'], 'a summer’s order, read in winter');
    }

    public function testAGuestIsNoCustomer(): void
    {
        $order = $this->snapshot($this->store(), 'order', '1003');
        $this->assertArrayNotHasKey('customerId', $order);
        $this->assertSame(['guest@example.com', 'Müller & Söhne'], [$order['customer']['email'], $order['customer']['company']]);
    }

    public function testWhoHasDeletedTheAccountIsAGuest(): void
    {
        $store = $this->store();
        $store->db->query('DELETE FROM oc_customer');
        $order = $this->snapshot($store, 'order', '1001');
        $this->assertArrayNotHasKey('customerId', $order);
        $this->assertSame('anais@example.com', $order['customer']['email']);
    }

    public function testAnOrderKeepsTheRatesItWasPlacedWith(): void
    {
        $store = $this->store('3.0');
        $taxes = function () use ($store): array {
            $order = $this->snapshot($store, 'order', '1001');
            return [array_column($order['lines'][0]['taxes'], 'rate'), array_column($order['totals'][1]['taxes'], 'rate')];
        };
        $placed = $taxes();
        $this->assertSame([['20.0000', '2.0000'], ['20.0000', '2.0000']], $placed);
        $store->db->query("UPDATE oc_tax_rate SET rate = '25' WHERE tax_rate_id = 86");
        $store->db->query("UPDATE oc_setting SET value = '0' WHERE `key` = 'shipping_flat_tax_class_id'");
        $store->db->query('DELETE FROM oc_product WHERE product_id = 50');
        $this->assertSame($placed, $taxes());
    }

    public function testAnOrderWhoseProductIsGoneHasTheRatesThatComeToItsTax(): void
    {
        $store = $this->store();
        $store->db->query('DELETE FROM oc_product WHERE product_id = 50');
        $order = $this->snapshot($store, 'order', '1001');
        $this->assertSame(['86', '87'], array_column($order['lines'][0]['taxes'], 'taxRateId'));
        $this->assertSame([], $order['products']);
    }

    public function testAPriceThatWasRoundedForTheTableIsToldExactly(): void
    {
        $store = $this->store();
        $store->db->query("UPDATE oc_order_product SET price = '0.9296', quantity = 37, total = '34.3966' WHERE order_id = 1001");
        $this->assertSame('0.92963784', $this->snapshot($store, 'order', '1001')['lines'][0]['price']);
    }

    public function testWhatIsShippedElsewhereIsTaxedThere(): void
    {
        $store = $this->store();
        DemoSales::order($store, 1009, ['customer_id' => 0, 'shipping_country_id' => 223, 'shipping_zone_id' => 3624]);
        $store->db->query("UPDATE oc_order_product SET tax = '2' WHERE order_id = 1009");
        $order = $this->snapshot($store, 'order', '1009');
        $this->assertSame(['87'], array_column($order['lines'][0]['taxes'], 'taxRateId'), 'what is based on the store is taxed all the same');
        $this->assertSame('US', $order['shippingAddress']['countryCode']);
    }

    /** @dataProvider lines */
    public function testMethodsAreCalledAsShoppersKnowThem(string $line): void
    {
        $store = $this->store($line);
        $this->assertSame(['name' => 'Pauschale & fertig'], $this->snapshot($store, 'carrier', 'flat'));
        $this->assertSame(['name' => 'Strange Pay'], $this->snapshot($store, 'payment-method', 'strange_pay'), 'one without a language file');
    }

    public function testTheRestIsToldToo(): void
    {
        $store = $this->store();
        $this->assertSame(['code' => 'USD', 'rates' => ['EUR' => '1.00000000', 'JPY' => '163.27310000', 'USD' => '1.08450000']], $this->snapshot($store, 'currency', 'USD'));
        $this->assertSame(['names' => [['languageCode' => 'de-de', 'name' => 'Ausstehend'], ['languageCode' => 'en-gb', 'name' => 'Pending']]], $this->snapshot($store, 'order-status', '1'));
        $this->assertSame(['taxRateId' => '87', 'name' => 'Eco tax', 'type' => 'F', 'rate' => '2.0000'], $this->snapshot($store, 'tax', '87'));
        $option = $this->snapshot($store, 'option', '42');
        $this->assertSame(['checkbox', 2, ['421', '422']], [$option['type'], $option['sortOrder'], array_column($option['values'], 'optionValueId')]);
    }

    public function testUnknownKindsOfOptionsAreTakenForTheNearest(): void
    {
        $store = $this->store();
        $store->db->query("UPDATE oc_option SET type = 'colour_picker' WHERE option_id IN (42, 43)");
        $this->assertSame(['select', 'text'], [$this->snapshot($store, 'option', '42')['type'], $this->snapshot($store, 'option', '43')['type']]);
    }

    public function testATextThatIsTooLongDoesNotStopARecord(): void
    {
        $store = $this->store();
        $store->db->query("UPDATE oc_product_description SET description = CONCAT(REPEAT('é', 70000), 'x') WHERE language_id = 1");
        $this->assertSame(65535, mb_strlen($this->snapshot($store, 'product', '50')['names'][1]['description']));
    }
}

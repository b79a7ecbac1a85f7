<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** What belongs to orders, read for all orders of a page at once. */
final class OrderParts
{
    private $tables;
    private $catalogue;
    private $store;
    private $places;
    private $lines;
    private $options;
    private $totals;
    private $vouchers = [];
    private $products;
    private $customers;
    private $memory;
    private $statusNames;
    private $decimals;

    /** @param array<int, array> $orders rows of the table */
    public function __construct(Tables $tables, Catalogue $catalogue, StoreContext $store, array $orders)
    {
        $this->tables = $tables;
        $this->catalogue = $catalogue;
        $this->store = $store;
        $ids = array_map('intval', array_column($orders, 'order_id'));
        // 4.1 computes from unrounded unit prices: where the total does not follow from the price, it says what the price was.
        $price = 'IF(quantity <= 0 OR ROUND(price * quantity, 4) = total, price, CAST(ROUND(total / quantity, 8) AS DECIMAL(20,8)))';
        $this->lines = $tables->grouped('order_id', "SELECT *, $price AS exact_price FROM {order_product} WHERE order_id IN (?) ORDER BY order_product_id", [$ids]);
        $this->options = $tables->grouped(
            'order_product_id',
            'SELECT oo.*, po.option_id, pov.option_value_id FROM {order_option} oo'
            . ' LEFT JOIN {product_option} po ON po.product_option_id = oo.product_option_id'
            . ' LEFT JOIN {product_option_value} pov ON pov.product_option_value_id = oo.product_option_value_id AND oo.product_option_value_id > 0'
            . ' WHERE oo.order_id IN (?) ORDER BY oo.order_option_id',
            [$ids]
        );
        $this->totals = $tables->grouped('order_id', 'SELECT * FROM {order_total} WHERE order_id IN (?) ORDER BY sort_order, order_total_id', [$ids]);
        if ($tables->has('order_voucher')) {
            $this->vouchers = $tables->grouped('order_id', 'SELECT * FROM {order_voucher} WHERE order_id IN (?) ORDER BY order_voucher_id', [$ids]);
        }
        $sold = $this->lines === [] ? [] : array_merge(...array_values($this->lines));
        $this->products = $catalogue->source('product')->all($store, array_values(array_unique(array_column($sold, 'product_id'))));
        $this->customers = $catalogue->source('customer')->all($store, array_values(array_unique(array_diff(array_column($orders, 'customer_id'), ['0']))));
        $this->places = new Places($tables, $store);
        foreach (['payment', 'shipping'] as $kind) {
            $this->places->prepare(array_column($orders, $kind . '_country_id'), array_column($orders, $kind . '_zone_id'));
        }
        $this->memory = new OrderTaxMemory($tables, $ids, array_map('intval', array_column($sold, 'product_id')));
        $this->statusNames = $store->names('order_status', 'order_status_id', array_map('intval', array_unique(array_column($orders, 'order_status_id'))));
        $this->decimals = array_column($tables->rows('SELECT code, decimal_place FROM {currency}'), 'decimal_place', 'code');
    }

    /** The rates that were applied to the order. */
    public function taxesOf(array $order): OrderTaxes
    {
        return new OrderTaxes($this->catalogue->taxes($this->store), $this->store, $order, $this->memory);
    }

    public function lines(array $order, OrderTaxes $taxes): array
    {
        $lines = [];
        foreach ($this->of($this->lines, $order['order_id']) as $row) {
            if ((int)$row['quantity'] < 1) {
                continue;
            }
            $lines[] = [
                'orderProductId' => $row['order_product_id'],
                'productId' => $row['product_id'],
                'name' => Json::text($row['name']),
                'model' => Json::text($row['model']),
                'quantity' => (int)$row['quantity'],
                'price' => preg_replace('/(\.\d{4})0{4}$/', '$1', $row['exact_price']),
                'tax' => $row['tax'],
                'taxes' => $taxes->ofLine($row),
                'options' => array_map([self::class, 'choice'], $this->of($this->options, $row['order_product_id'])),
            ];
        }
        return $lines;
    }

    public function vouchers(array $order): array
    {
        return array_map(static function (array $row): array {
            return ['orderVoucherId' => $row['order_voucher_id'], 'name' => Json::text($row['description']), 'amount' => $row['amount']];
        }, $this->of($this->vouchers, $order['order_id']));
    }

    public function totals(array $order, OrderTaxes $taxes): array
    {
        $totals = [];
        foreach ($this->of($this->totals, $order['order_id']) as $row) {
            $total = ['code' => $row['code'], 'title' => Json::text($row['title']), 'value' => $row['value']];
            $totals[] = $total + ['taxes' => $taxes->ofTotal($row)];
        }
        $taxes->remember();
        return $totals;
    }

    /** @return array<string, array> the products of its lines that still exist */
    public function products(array $order): array
    {
        $products = [];
        foreach ($this->of($this->lines, $order['order_id']) as $row) {
            if (isset($this->products[$row['product_id']])) {
                $products[$row['product_id']] = $this->products[$row['product_id']];
            }
        }
        return $products;
    }

    /** @return array|null null: a guest, or the account is gone */
    public function customer(array $order): ?array
    {
        return isset($this->customers[$order['customer_id']]) ? $this->customers[$order['customer_id']] : null;
    }

    /** As it was when the order was placed. @return array|null null: none was needed */
    public function address(array $order, string $kind): ?array
    {
        if ((string)$order[$kind . '_address_1'] === '' && (int)$order[$kind . '_country_id'] === 0) {
            return null;
        }
        $address = [];
        foreach (['firstName' => 'firstname', 'lastName' => 'lastname', 'company' => 'company', 'address1' => 'address_1', 'address2' => 'address_2', 'city' => 'city', 'postcode' => 'postcode'] as $name => $column) {
            $address[$name] = Json::text($order[$kind . '_' . $column]);
        }
        return $address + [
            'countryCode' => $this->places->country($order[$kind . '_country_id'])['code'],
            'countryName' => Json::text($order[$kind . '_country']),
            'zoneCode' => $this->places->zone($order[$kind . '_zone_id'])['code'],
            'zoneName' => Json::text($order[$kind . '_zone']),
        ];
    }

    public function statusName(string $statusId): string
    {
        return isset($this->statusNames[$statusId]) ? $this->statusNames[$statusId][0]['name'] : '';
    }

    public function currencyDecimals(string $code): int
    {
        return isset($this->decimals[$code]) ? max(0, min(4, (int)$this->decimals[$code])) : 2;
    }

    private static function choice(array $row): array
    {
        $choice = [];
        if ($row['option_id'] !== null) {
            $choice['optionId'] = $row['option_id'];
        }
        if ($row['option_value_id'] !== null) {
            $choice['optionValueId'] = $row['option_value_id'];
        }
        $type = OptionSnapshots::type($row['type'], $row['option_value_id'] !== null);
        return $choice + ['type' => $type, 'name' => Json::text($row['name']), 'value' => Text::limited(Json::text($row['value']), 65535)];
    }

    private function of(array $groups, string $id): array
    {
        return isset($groups[$id]) ? $groups[$id] : [];
    }
}

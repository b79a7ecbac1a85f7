<?php
namespace OdooConnector\Snapshot;

/**
 * Which rates were applied to one order. OpenCart keeps only amounts: the rates are those that the store applies
 * to this shopper, as long as they come to the amount that was taken. Once found they are remembered,
 * for the day on which the store changes its rates or its tax classes.
 */
final class OrderTaxes
{
    /** Amounts are kept with four places. */
    const TOLERANCE = 2;

    private $rates;
    private $store;
    private $order;
    private $memory;
    private $places = [];
    private $used = ['lines' => [], 'totals' => []];
    private $isCertain = true;

    public function __construct(TaxRates $rates, StoreContext $store, array $order, OrderTaxMemory $memory)
    {
        $this->rates = $rates;
        $this->store = $store;
        $this->order = $order;
        $this->memory = $memory;
        if ((int)$order['shipping_country_id'] > 0) {
            $this->places['shipping'] = [(int)$order['shipping_country_id'], (int)$order['shipping_zone_id']];
        } elseif ($store->setting('config_tax_default') === 'shipping') {
            $this->places['shipping'] = $store->home();
        }
        if ((int)$order['payment_country_id'] > 0) {
            $this->places['payment'] = [(int)$order['payment_country_id'], (int)$order['payment_zone_id']];
        } elseif ($store->setting('config_tax_default') === 'payment') {
            $this->places['payment'] = $store->home();
        }
        $this->places['store'] = $store->home();
    }

    /** @param array $row of order_product */
    public function ofLine(array $row): array
    {
        $key = $row['product_id'];
        $found = $this->thatFit($row, $key);
        $this->used['lines'][$key] = $found;
        return $found;
    }

    /** @param array $row of order_total: shipping and fees have a tax class in the store's settings */
    public function ofTotal(array $row): array
    {
        $class = $this->classOf($row['code']);
        if ($class === null) {
            return [];
        }
        // Another amount or another place means that the order was edited, and its taxes were found anew.
        $key = implode('|', [$row['code'], $row['title'], $row['value'], json_encode($this->places)]);
        $known = $this->memory->of($this->order['order_id']);
        $found = isset($known['totals'][$key]) ? $known['totals'][$key] : $this->current($class);
        $this->used['totals'][$key] = $found;
        return $found;
    }

    /** To be called once all rows were asked for. */
    public function remember(): void
    {
        if ($this->isCertain) {
            $this->memory->note($this->order['order_id'], $this->used);
        }
    }

    private function thatFit(array $row, string $key): array
    {
        $known = $this->memory->of($this->order['order_id']);
        $remembered = isset($known['lines'][$key]) ? $known['lines'][$key] : null;
        $class = $this->memory->taxClass($row['product_id']);
        $candidates = [$remembered, $class === null ? null : $this->current($class), []];
        // Its product has another tax class since, or is gone.
        $candidates = array_merge($candidates, array_map('array_values', $this->rates->classes((int)$this->order['customer_group_id'], $this->places)));
        foreach ($candidates as $candidate) {
            if ($candidate !== null && $this->comesTo($candidate, $row)) {
                return $candidate;
            }
        }
        $this->isCertain = false;
        return $remembered !== null ? $remembered : ($class === null ? [] : $this->current($class));
    }

    /** Whether rates come to the tax that was taken for one piece. */
    private function comesTo(array $rates, array $row): bool
    {
        $price = Decimal::tenThousandths($row['exact_price']);
        $tax = 0;
        foreach ($rates as $rate) {
            $value = Decimal::tenThousandths($rate['rate']);
            $tax += $rate['type'] === 'F' ? $value : (int)round($price * $value / 1000000);
        }
        return abs($tax - Decimal::tenThousandths($row['tax'])) <= self::TOLERANCE;
    }

    private function classOf(string $code): ?int
    {
        if ($code !== 'shipping') {
            $setting = $this->store->setting("total_{$code}_tax_class_id");
            return $setting === '' ? null : (int)$setting;
        }
        $method = OrderMethod::of($this->order, 'shipping');
        if ($method === null) {
            return null;
        }
        if ($method['taxClassId'] !== null) {
            return $method['taxClassId'];
        }
        return (int)$this->store->setting('shipping_' . strtok($method['code'], '.') . '_tax_class_id');
    }

    private function current(int $taxClassId): array
    {
        return $this->rates->of($taxClassId, (int)$this->order['customer_group_id'], $this->places);
    }
}

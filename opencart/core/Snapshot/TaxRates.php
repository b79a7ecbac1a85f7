<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Which rates a tax class has for a shopper: as OpenCart's own Cart\Tax finds them. */
final class TaxRates
{
    private $tables;
    private $store;
    private $found = [];

    public function __construct(Tables $tables, StoreContext $store)
    {
        $this->tables = $tables;
        $this->store = $store;
    }

    /** For a shopper of the default group in the store's own country. */
    public function atHome(int $taxClassId): array
    {
        $home = $this->store->home();
        $places = ['shipping' => $home, 'payment' => $home, 'store' => $home];
        return $this->of($taxClassId, (int)$this->store->setting('config_customer_group_id'), $places);
    }

    /**
     * @param array<string, array{0: int, 1: int}> $places `shipping`, `payment`, `store` → country and zone; one that is missing has no rates
     * @return array<int, array{taxRateId: string, name: string, type: string, rate: string}>
     */
    public function of(int $taxClassId, int $customerGroupId, array $places): array
    {
        $classes = $this->classes($customerGroupId, $places);
        return isset($classes[$taxClassId]) ? array_values($classes[$taxClassId]) : [];
    }

    /** @return array<int, array<string, array>> tax class id → tax rate id → rate */
    public function classes(int $customerGroupId, array $places): array
    {
        $key = Json::encode([$customerGroupId, $places]);
        if (!isset($this->found[$key])) {
            $classes = [];
            // In this order, the later one replacing the same rate of the former, as OpenCart does it.
            foreach (['shipping', 'payment', 'store'] as $based) {
                foreach (isset($places[$based]) ? $this->rules($based, $customerGroupId, $places[$based]) : [] as $row) {
                    $classes[$row['tax_class_id']][$row['tax_rate_id']] = TaxSnapshots::rate($row);
                }
            }
            $this->found[$key] = $classes;
        }
        return $this->found[$key];
    }

    private function rules(string $based, int $customerGroupId, array $place): array
    {
        return $this->tables->rows(
            'SELECT tr1.tax_class_id, tr2.tax_rate_id, tr2.name, tr2.rate, tr2.type FROM {tax_rule} tr1'
            . ' JOIN {tax_rate} tr2 ON tr2.tax_rate_id = tr1.tax_rate_id'
            . ' JOIN {tax_rate_to_customer_group} g ON g.tax_rate_id = tr2.tax_rate_id'
            . ' JOIN {zone_to_geo_zone} z ON z.geo_zone_id = tr2.geo_zone_id'
            . ' WHERE tr1.based = ? AND g.customer_group_id = ? AND z.country_id = ? AND z.zone_id IN (0, ?)'
            . ' ORDER BY tr1.priority, tr1.tax_rule_id',
            [$based, $customerGroupId, $place[0], $place[1]]
        );
    }
}

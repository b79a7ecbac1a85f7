<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Tax rates. Classes are not told of: what they come to stands with each product and order line. */
final class TaxSnapshots extends Source
{
    protected function records(StoreContext $store): array
    {
        return ['from' => '{tax_rate}', 'id' => 'tax_rate_id', 'where' => '', 'params' => []];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        $found = [];
        foreach ($this->tables->rows('SELECT * FROM {tax_rate} WHERE tax_rate_id IN (?)', [$this->keys($ids)]) as $row) {
            $found[$row['tax_rate_id']] = self::rate($row);
        }
        return $found;
    }

    /** @param array $row of tax_rate */
    public static function rate(array $row): array
    {
        return [
            'taxRateId' => $row['tax_rate_id'],
            'name' => Json::text($row['name']),
            'type' => $row['type'] === 'F' ? 'F' : 'P',
            'rate' => $row['rate'],
        ];
    }
}

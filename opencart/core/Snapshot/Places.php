<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Codes and names of countries and zones. 4.1 moved the names to tables of their own, per language. */
final class Places
{
    private $tables;
    private $store;
    private $countries = [];
    private $zones = [];

    public function __construct(Tables $tables, StoreContext $store)
    {
        $this->tables = $tables;
        $this->store = $store;
    }

    /** Reads those of many rows at once, so that each is not asked for by itself. */
    public function prepare(array $countryIds, array $zoneIds): void
    {
        $this->countries += $this->read('country', 'iso_code_2', array_diff(array_unique($countryIds), array_keys($this->countries)));
        $this->zones += $this->read('zone', 'code', array_diff(array_unique($zoneIds), array_keys($this->zones)));
    }

    /** @return array{code: string, name: string} ISO 3166-1 alpha-2; empty where the store does not know */
    public function country(string $id): array
    {
        $country = isset($this->countries[$id]) ? $this->countries[$id] : ['code' => '', 'name' => ''];
        $code = strtoupper($country['code']);
        return ['code' => preg_match('/^[A-Z]{2}$/', $code) ? $code : ''] + $country;
    }

    /** @return array{code: string, name: string} */
    public function zone(string $id): array
    {
        return isset($this->zones[$id]) ? $this->zones[$id] : ['code' => '', 'name' => ''];
    }

    private function read(string $table, string $code, array $ids): array
    {
        $ids = array_values(array_filter(array_map('intval', $ids)));
        if ($ids === []) {
            return [];
        }
        $key = $table . '_id';
        $hasDescription = $this->tables->has($table . '_description');
        $sql = $hasDescription
            ? "SELECT t.$key, t.$code AS code, d.name FROM {{$table}} t LEFT JOIN {{$table}_description} d ON d.$key = t.$key AND d.language_id = ? WHERE t.$key IN (?)"
            : "SELECT $key, $code AS code, name FROM {{$table}} WHERE $key IN (?)";
        $found = [];
        foreach ($this->tables->rows($sql, $hasDescription ? [$this->store->languageId(), $ids] : [$ids]) as $row) {
            $found[$row[$key]] = ['code' => (string)$row['code'], 'name' => Json::text($row['name'])];
        }
        return $found;
    }
}

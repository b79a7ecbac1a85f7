<?php
namespace OdooConnector\Snapshot;

/** Currencies that are switched on, by their ISO code; each with the rates of all of them. */
final class CurrencySnapshots extends Source
{
    const IS_OFFERED = "status = 1 AND code REGEXP BINARY '^[A-Z]{3}$'";

    protected $isNumbered = false;

    protected function records(StoreContext $store): array
    {
        return ['from' => '{currency}', 'id' => 'code', 'where' => self::IS_OFFERED, 'params' => []];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        // The column is a DOUBLE: the database writes it out with the eight places that OpenCart keeps.
        $sql = 'SELECT code, CAST(value AS DECIMAL(19,8)) AS value FROM {currency} WHERE value > 0 AND ' . self::IS_OFFERED . ' ORDER BY code';
        $rates = array_column($this->tables->rows($sql), 'value', 'code');
        $found = [];
        foreach ($ids as $id) {
            $found[$id] = ['code' => $id, 'rates' => (object)$rates];
        }
        return $found;
    }
}

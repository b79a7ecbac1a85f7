<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Entities;

/** All records of the installation as the connector wants them, entity by entity and store by store. */
final class Catalogue
{
    /** What find() says of a record that exists, but not (or not any more) in this store. */
    const WITHDRAWN = 'withdrawn';

    const SOURCES = [
        Entities::CATEGORY => CategorySnapshots::class,
        Entities::OPTION => OptionSnapshots::class,
        Entities::PRODUCT => ProductSnapshots::class,
        Entities::CUSTOMER => CustomerSnapshots::class,
        Entities::TAX => TaxSnapshots::class,
        Entities::CURRENCY => CurrencySnapshots::class,
        Entities::CARRIER => CarrierSnapshots::class,
        Entities::PAYMENT_METHOD => PaymentMethodSnapshots::class,
        Entities::ORDER_STATUS => OrderStatusSnapshots::class,
        Entities::ORDER => OrderSnapshots::class,
    ];

    /** @var Surroundings */
    public $surroundings;
    private $tables;
    private $sources = [];
    private $stores = [];
    private $taxes = [];

    public function __construct(Tables $tables, Surroundings $surroundings)
    {
        $this->tables = $tables;
        $this->surroundings = $surroundings;
    }

    /** @return Source|null null: there is no such entity */
    public function source(string $entity): ?Source
    {
        if (!isset(self::SOURCES[$entity])) {
            return null;
        }
        if (!isset($this->sources[$entity])) {
            $class = self::SOURCES[$entity];
            $this->sources[$entity] = new $class($this->tables, $this);
        }
        return $this->sources[$entity];
    }

    public function store(int $storeId): StoreContext
    {
        if (!isset($this->stores[$storeId])) {
            $this->stores[$storeId] = new StoreContext($this->tables, $this->surroundings, $storeId);
        }
        return $this->stores[$storeId];
    }

    public function taxes(StoreContext $store): TaxRates
    {
        if (!isset($this->taxes[$store->storeId])) {
            $this->taxes[$store->storeId] = new TaxRates($this->tables, $store);
        }
        return $this->taxes[$store->storeId];
    }

    /**
     * Records as they are now. One that cannot be told does not hold up the others: it has what was thrown.
     *
     * @param string[] $ids
     * @return array<string, mixed> id → `{data, hash}`, WITHDRAWN, or a \Throwable; one that is missing does not exist
     */
    public function findEach(int $storeId, string $entity, array $ids): array
    {
        $source = $this->source($entity);
        if ($source === null) {
            return [];
        }
        try {
            $found = $source->snapshots($this->store($storeId), $ids);
        } catch (\Throwable $thrown) {
            if (count($ids) === 1) {
                return [$ids[0] => $thrown];
            }
            $found = [];
            foreach ($ids as $id) {
                $found += $this->findEach($storeId, $entity, [$id]);
            }
            return $found;
        }
        foreach ($ids as $id) {
            if (!isset($found[$id]) && $source->isElsewhere($id)) {
                $found[$id] = self::WITHDRAWN;
            }
        }
        return $found;
    }
}

<?php
namespace OdooConnector\Snapshot;

/** The records of one entity: where their ids are, and how their snapshots are made, many at a time. */
abstract class Source
{
    protected $tables;
    protected $catalogue;
    /** @var bool whether ids are numbers; else they are codes */
    protected $isNumbered = true;

    public function __construct(Tables $tables, Catalogue $catalogue)
    {
        $this->tables = $tables;
        $this->catalogue = $catalogue;
    }

    /**
     * The query of the store's own records.
     *
     * @return array{from: string, id: string, where: string, params: array} `id`: the column they are paged by
     */
    abstract protected function records(StoreContext $store): array;

    /**
     * @param string[] $ids
     * @return array<string, array> record id → snapshot, of those that exist and belong to the store
     */
    abstract protected function build(StoreContext $store, array $ids): array;

    /**
     * Ids after one, in their order.
     *
     * @param string[]|null $only only these
     * @param string|null $since only those that changed since, UTC ISO 8601
     * @return string[]
     */
    public function ids(StoreContext $store, ?string $after, int $limit, ?array $only = null, ?string $since = null): array
    {
        list($sql, $params) = $this->query($store, $after, $only, $since);
        $id = $this->records($store)['id'];
        return array_map('strval', array_column($this->tables->rows("SELECT $id AS id $sql ORDER BY $id LIMIT " . $limit, $params), 'id'));
    }

    public function count(StoreContext $store, ?string $since = null): int
    {
        list($sql, $params) = $this->query($store, null, null, $since);
        return (int)$this->tables->rows("SELECT COUNT(*) AS n $sql", $params)[0]['n'];
    }

    /** Whether ids(since) misses nothing. */
    public function tellsChanges(): bool
    {
        return false;
    }

    /** @return array<string, array{data: array, hash: string}> record id → snapshot */
    public function snapshots(StoreContext $store, array $ids): array
    {
        $ids = $this->ids($store, null, max(1, count($ids)), $ids);
        $found = $ids === [] ? [] : $this->build($store, $ids);
        $snapshots = [];
        foreach ($ids as $id) {
            if (isset($found[$id])) {
                $snapshots[$id] = ['data' => $found[$id], 'hash' => $this->hash($found[$id])];
            }
        }
        return $snapshots;
    }

    /** Whether the record exists, though in another store of the installation. */
    public function isElsewhere(string $id): bool
    {
        return false;
    }

    /** Changes when the snapshot does, and not otherwise. */
    protected function hash(array $data): string
    {
        return md5(\OdooConnector\Json::encode($data));
    }

    /** The condition that a record changed since, and its params. */
    protected function changedSince(string $since): array
    {
        throw new \LogicException('This table does not tell what changed: ' . static::class);
    }

    /** As the database compares them: of text that only begins with a number it would take the number. */
    protected function keys(array $ids): array
    {
        return $this->isNumbered ? array_map('intval', array_values(array_filter($ids, 'ctype_digit'))) : array_map('strval', $ids);
    }

    private function query(StoreContext $store, ?string $after, ?array $only, ?string $since): array
    {
        $of = $this->records($store);
        $where = [$of['where'] === '' ? '1' : $of['where']];
        $params = $of['params'];
        if ($after !== null) {
            $where[] = "{$of['id']} > ?";
            $params[] = $this->isNumbered ? (int)$after : $after;
        }
        if ($only !== null) {
            $where[] = "{$of['id']} IN (?)";
            $params[] = $this->keys($only);
        }
        if ($since !== null) {
            list($condition, $more) = $this->changedSince($since);
            $where[] = $condition;
            $params = array_merge($params, $more);
        }
        return ["FROM {$of['from']} WHERE " . implode(' AND ', $where), $params];
    }
}

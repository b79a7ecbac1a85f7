<?php
namespace OdooConnector;

/**
 * The extension's core, as its admin pages, its handlers and its export endpoint use it.
 *
 * Options, all by name: `storeUrl` (of the default store, for its images), `imageDir`, `catalogDir` and `extensionDir`
 * (for the names of shipping and payment methods), `timezone` (default: PHP's, which OpenCart sets to the
 * store's), `clock` (a callable that returns Unix seconds).
 */
final class Connector
{
    private $db;
    private $prefix;
    private $clock;
    private $schema;
    private $pairings;
    private $outbox;
    private $catalogue;

    private function __construct(Database $db, string $prefix, array $options)
    {
        $this->db = $db;
        $this->prefix = $prefix;
        $this->clock = isset($options['clock']) ? $options['clock'] : 'time';
        $this->schema = new Schema($db, $prefix, $this->clock);
        $this->pairings = new Pairings($db, $prefix, $this->clock);
        $this->outbox = new Outbox($db, $prefix, $this->clock);
        $this->catalogue = new Snapshot\Catalogue(new Snapshot\Tables($db, $prefix), new Snapshot\Surroundings($options));
    }

    /**
     * @param object|Database $openCartDb `$registry->get('db')`
     * @param string $prefix DB_PREFIX
     */
    public static function open($openCartDb, string $prefix, array $options = []): self
    {
        $db = $openCartDb instanceof Database ? $openCartDb : new OpenCartDatabase($openCartDb);
        return new self($db, $prefix, $options);
    }

    /** Makes the extension's tables, or what an older version of them lacks. Can be repeated. */
    public function install(): void
    {
        $this->schema->install();
    }

    public function pairings(): Pairings
    {
        return $this->pairings;
    }

    public function outbox(): Outbox
    {
        return $this->outbox;
    }

    /** The store's records as the connector wants them. */
    public function catalogue(): Snapshot\Catalogue
    {
        return $this->catalogue;
    }

    /** What OpenCart's events are told to. */
    public function changes(): Changes
    {
        return new Changes($this->db, $this->prefix, $this->outbox);
    }

    /** The export endpoint. */
    public function exporter(): Exporter
    {
        return new Exporter($this, $this->clock);
    }

    /**
     * Sends what waits, now, whether it pauses after a failure or not.
     *
     * @param int|null $storeId absent: of all paired stores
     */
    public function flush(?int $storeId = null, int $seconds = 20): FlushResult
    {
        return $this->send($storeId, $seconds, true);
    }

    /** Sends what is due, as far as no pause after a failure lasts: for everybody whom nobody asked. */
    public function flushDue(int $seconds = 20): FlushResult
    {
        return $this->send(null, $seconds, false);
    }

    private function send(?int $storeId, int $seconds, bool $asked): FlushResult
    {
        $result = new FlushResult();
        $flusher = new Flusher($this->outbox, new EventBuilder($this->catalogue), new Courier($this->clock), $this->clock);
        $until = ($this->clock)() + $seconds;
        foreach ($this->pairings->all() as $pairing) {
            if ($storeId !== null && $pairing->storeId !== $storeId) {
                continue;
            }
            $left = max(1, $until - ($this->clock)());
            $asked ? $flusher->flush($pairing, $left, $result) : $flusher->flushDue($pairing, $left, $result);
            $result->waiting += $this->outbox->status($pairing->storeId)['waiting'];
        }
        return $result;
    }

    /** Whether events would reach Odoo. Never throws for what a person can mend. */
    public function test(int $storeId): Verdict
    {
        return (new ConnectionTest($this->clock))->of($this->pairings->of($storeId));
    }

    /**
     * Tells the connector where it reads the tables of a store.
     *
     * @throws Problem PAIRING_MISSING, and as for any request
     */
    public function tellExportAddress(int $storeId, string $url, string $user): void
    {
        (new ExportAddress($this->clock))->tell($this->paired($storeId), $url, $user);
    }

    /**
     * A bearer token for the connector's API.
     *
     * @param string $role viewer or manager
     * @throws Problem PAIRING_MISSING
     */
    public function token(int $storeId, string $user, string $role, int $seconds = 300): string
    {
        return Token::mint($this->paired($storeId), $user, $role, ($this->clock)(), $seconds);
    }

    private function paired(int $storeId): Pairing
    {
        $pairing = $this->pairings->of($storeId);
        if ($pairing === null) {
            throw new Problem('PAIRING_MISSING', 'This store is not paired.');
        }
        return $pairing;
    }

    /**
     * Sends records whatever the real-time switches say, here and in the connector's settings.
     *
     * @param array<int, int|string> $recordIds
     * @return int how many different records that are
     */
    public function resync(string $entity, array $recordIds): int
    {
        if (!in_array($entity, Entities::ALL, true)) {
            throw new \InvalidArgumentException("There is no entity $entity.");
        }
        $ids = array_values(array_unique(array_map('strval', $recordIds)));
        $this->outbox->addAll($entity, $ids);
        return count($ids);
    }
}

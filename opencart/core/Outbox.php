<?php
namespace OdooConnector;

/**
 * Changes that still have to reach the connector, one row for each paired store. A row says which record changed;
 * what it is now is read when it is sent. A row leaves only when the connector has said that it has it.
 */
final class Outbox
{
    const WAITING = 'waiting';
    const PARKED = 'parked';
    /** Delivered; kept while it is the newest, so that the database never gives its sequence again. */
    const SENT = 'sent';

    const UPSERT = 'upsert';
    const DELETE = 'delete';

    const LONGEST_PAUSE_SECONDS = 3600;
    private const COLUMNS = '(store_id, entity, record_id, action, tombstone, occurred_at, next_attempt_at)';

    private $db;
    private $table;
    private $pairing;
    private $sending;
    private $clock;

    public function __construct(Database $db, string $prefix, callable $clock)
    {
        $this->db = $db;
        $this->table = '`' . $prefix . Schema::OUTBOX . '`';
        $this->pairing = '`' . $prefix . Schema::PAIRING . '`';
        $this->sending = new Sending($db, $prefix, $clock);
        $this->clock = $clock;
    }

    /**
     * Notes that a record changed, for every paired store whose real-time switch of the entity is on, in one statement.
     *
     * @param array|null $tombstone of a delete: what identifies the record
     */
    public function add(string $entity, string $recordId, string $action, ?array $tombstone = null): void
    {
        $now = $this->at();
        $note = $tombstone === null ? null : Json::ascii($tombstone);
        $this->db->execute(
            "INSERT INTO {$this->table} " . self::COLUMNS
            . " SELECT store_id, ?, ?, ?, ?, ?, ? FROM {$this->pairing} WHERE NOT FIND_IN_SET(?, switched_off)",
            [$entity, $recordId, $action, $note, $now, $now, $entity]
        );
    }

    /**
     * The same for all records that a query finds: `SELECT id AS record_id …`.
     *
     * @param string $query with table names already prefixed, and `?` for its own params
     */
    public function addFound(string $entity, string $query, array $params): void
    {
        $now = $this->at();
        $this->db->execute(
            "INSERT INTO {$this->table} " . self::COLUMNS
            . " SELECT p.store_id, ?, r.record_id, ?, NULL, ?, ? FROM {$this->pairing} p JOIN ($query) r WHERE NOT FIND_IN_SET(?, p.switched_off)",
            array_merge([$entity, self::UPSERT, $now, $now], $params, [$entity])
        );
    }

    /** Notes records that somebody asked for, for every paired store, whatever its switches say. @param string[] $recordIds */
    public function addAll(string $entity, array $recordIds): void
    {
        $now = $this->at();
        foreach (array_chunk($recordIds, 500) as $ids) {
            $list = 'CAST(? AS CHAR(64)) AS id' . str_repeat(' UNION ALL SELECT ?', count($ids) - 1);
            $this->db->execute(
                "INSERT INTO {$this->table} (store_id, entity, record_id, action, asked, occurred_at, next_attempt_at)"
                . " SELECT p.store_id, ?, r.id, ?, 1, ?, ? FROM {$this->pairing} p JOIN (SELECT $list) r",
                array_merge([$entity, self::UPSERT, $now, $now], $ids)
            );
        }
    }

    /** The newest sequence that was ever given. */
    public function newest(): int
    {
        return (int)$this->db->rows("SELECT MAX(sequence) AS newest FROM {$this->table}")[0]['newest'];
    }

    /**
     * Takes rows that are due, so that nobody else sends them meanwhile: the oldest of those that were tried least.
     * So a row that breaks every request does not hold up the others.
     *
     * @return array<int, array<string, ?string>> rows of the table, oldest first
     */
    public function lease(int $storeId, int $limit, int $seconds): array
    {
        $token = bin2hex(random_bytes(16));
        $now = $this->at();
        $this->db->execute(
            "UPDATE {$this->table} SET lease = ?, leased_until = ?, attempts = attempts + 1 WHERE store_id = ? AND state = ?"
            . ' AND next_attempt_at <= ? AND (leased_until IS NULL OR leased_until <= ?) ORDER BY attempts, sequence LIMIT ' . $limit,
            [$token, $this->at($seconds), $storeId, self::WAITING, $now, $now]
        );
        return $this->db->rows("SELECT * FROM {$this->table} WHERE lease = ? ORDER BY sequence", [$token]);
    }

    /** Rows that the connector has, or that there is nothing left to say of. @param int[] $sequences */
    public function settle(array $sequences): void
    {
        if ($sequences === []) {
            return;
        }
        $this->db->execute(
            "UPDATE {$this->table} SET state = ?, lease = NULL, leased_until = NULL, tombstone = NULL WHERE sequence IN (?)",
            [self::SENT, $sequences]
        );
        $this->db->execute("DELETE FROM {$this->table} WHERE state = ? AND sequence < ?", [self::SENT, $this->newest()]);
    }

    /** A parked row of a record says nothing any more once a newer one has arrived. */
    public function forgetParked(int $storeId, string $entity, string $recordId, int $before): void
    {
        $this->db->execute(
            "DELETE FROM {$this->table} WHERE store_id = ? AND entity = ? AND record_id = ? AND state = ? AND sequence < ?",
            [$storeId, $entity, $recordId, self::PARKED, $before]
        );
    }

    /** Sent no more until somebody asks for it; kept with the reason. */
    public function park(int $sequence, string $code, string $reason): void
    {
        $this->db->execute(
            "UPDATE {$this->table} SET state = ?, lease = NULL, leased_until = NULL, reason_code = ?, reason = ? WHERE sequence = ?",
            [self::PARKED, substr($code, 0, 64), $reason, $sequence]
        );
    }

    /** Gives rows back as they were, due at once. @param int[] $sequences */
    public function release(array $sequences): void
    {
        if ($sequences !== []) {
            $this->db->execute(
                "UPDATE {$this->table} SET lease = NULL, leased_until = NULL, attempts = attempts - 1 WHERE sequence IN (?)",
                [$sequences]
            );
        }
    }

    /** Gives rows back that could not be sent, each due after a pause that grows with its attempts. */
    public function postpone(array $rows): void
    {
        foreach ($rows as $row) {
            $this->db->execute(
                "UPDATE {$this->table} SET lease = NULL, leased_until = NULL, next_attempt_at = ? WHERE sequence = ?",
                [$this->at(self::pause((int)$row['attempts'])), (int)$row['sequence']]
            );
        }
    }

    /** Ends the pauses of all that waits. */
    public function hurry(int $storeId): void
    {
        $now = $this->at();
        $this->db->execute(
            "UPDATE {$this->table} SET next_attempt_at = ? WHERE store_id = ? AND state = ? AND next_attempt_at > ?",
            [$now, $storeId, self::WAITING, $now]
        );
    }

    /** Seconds until the next attempt: 5, 10, 20 … up to an hour, each between half and one and a half of it. */
    public static function pause(int $attempts): int
    {
        $full = min(self::LONGEST_PAUSE_SECONDS, 5 * (2 ** min(12, max(0, $attempts - 1))));
        return (int)ceil($full / 2) + random_int(0, (int)$full);
    }

    /** @return array{waiting: int, oldest: ?string, parked: int, lastSentAt: ?string, problem: ?array} times are UTC, ISO 8601 */
    public function status(int $storeId): array
    {
        $counted = $this->db->rows(
            "SELECT SUM(state = ?) AS waiting, MIN(IF(state = ?, occurred_at, NULL)) AS oldest, SUM(state = ?) AS parked FROM {$this->table} WHERE store_id = ?",
            [self::WAITING, self::WAITING, self::PARKED, $storeId]
        )[0];
        $state = $this->sending->health($storeId);
        $code = $state['problem_code'];
        return [
            'waiting' => (int)$counted['waiting'],
            'oldest' => self::iso($counted['oldest']),
            'parked' => (int)$counted['parked'],
            'lastSentAt' => self::iso($state['last_sent_at']),
            'problem' => $code === null ? null : ['code' => $code, 'message' => (string)$state['problem_message']],
        ];
    }

    /** @return array<int, array{sequence: int, entity: string, recordId: string, action: string, occurredAt: string, code: string, reason: string}> the newest first */
    public function parked(int $storeId, int $limit): array
    {
        $rows = $this->db->rows(
            "SELECT * FROM {$this->table} WHERE store_id = ? AND state = ? ORDER BY sequence DESC LIMIT " . max(1, $limit),
            [$storeId, self::PARKED]
        );
        return array_map(static function (array $row): array {
            return [
                'sequence' => (int)$row['sequence'],
                'entity' => $row['entity'],
                'recordId' => $row['record_id'],
                'action' => $row['action'],
                'occurredAt' => self::iso($row['occurred_at']),
                'code' => (string)$row['reason_code'],
                'reason' => (string)$row['reason'],
            ];
        }, $rows);
    }

    /** Lets all that is parked be sent again. @return int how many there are */
    public function retryParked(int $storeId): int
    {
        return $this->db->execute(
            "UPDATE {$this->table} SET state = ?, reason_code = NULL, reason = NULL, attempts = 0, next_attempt_at = ? WHERE store_id = ? AND state = ?",
            [self::WAITING, $this->at(), $storeId, self::PARKED]
        );
    }

    /** Whether something can be sent now. */
    public function hasDue(int $storeId): bool
    {
        $now = $this->at();
        $sql = "SELECT 1 FROM {$this->table} WHERE store_id = ? AND state = ? AND next_attempt_at <= ? AND (leased_until IS NULL OR leased_until <= ?) LIMIT 1";
        return $this->db->rows($sql, [$storeId, self::WAITING, $now, $now]) !== [];
    }

    /** How sending goes. */
    public function sending(): Sending
    {
        return $this->sending;
    }

    private function at(int $in = 0): string
    {
        return gmdate('Y-m-d H:i:s', ($this->clock)() + $in);
    }

    /** A time of these tables, as ISO 8601. */
    public static function iso(?string $utc): ?string
    {
        return $utc === null ? null : str_replace(' ', 'T', $utc) . 'Z';
    }
}

<?php
namespace OdooConnector;

/** How sending goes, store by store: the last success, what is the matter, and who is at it. */
final class Sending
{
    /** Longer than anybody sends by himself. */
    const CLAIM_SECONDS = 60;

    private $db;
    private $table;
    private $clock;

    public function __construct(Database $db, string $prefix, callable $clock)
    {
        $this->db = $db;
        $this->table = '`' . $prefix . Schema::STATE . '`';
        $this->clock = $clock;
    }

    /** @return array{failures: int, retry_at: ?string, problem_code: ?string, problem_message: ?string, last_sent_at: ?string} */
    public function health(int $storeId): array
    {
        $none = ['failures' => 0, 'retry_at' => null, 'problem_code' => null, 'problem_message' => null, 'last_sent_at' => null];
        $rows = $this->db->rows("SELECT * FROM {$this->table} WHERE store_id = ?", [$storeId]);
        return $rows === [] ? $none : $rows[0];
    }

    /** The connector took what it was sent. */
    public function wentWell(int $storeId): void
    {
        $now = $this->at();
        $this->db->execute(
            "INSERT INTO {$this->table} (store_id, last_sent_at) VALUES (?, ?) ON DUPLICATE KEY UPDATE"
            . ' failures = 0, retry_at = NULL, problem_code = NULL, problem_message = NULL, last_sent_at = ?',
            [$storeId, $now, $now]
        );
    }

    /** Sending failed: until the pause is over nobody tries by himself. */
    public function wentWrong(int $storeId, Problem $problem): void
    {
        $failures = (int)$this->health($storeId)['failures'] + 1;
        $values = [$failures, $this->at(Outbox::pause($failures)), $problem->problem(), $problem->getMessage()];
        $this->db->execute(
            "INSERT INTO {$this->table} (store_id, failures, retry_at, problem_code, problem_message) VALUES (?, ?, ?, ?, ?)"
            . ' ON DUPLICATE KEY UPDATE failures = ?, retry_at = ?, problem_code = ?, problem_message = ?',
            array_merge([$storeId], $values, $values)
        );
    }

    /** Whether the pause after a failure lasts. */
    public function pauses(int $storeId): bool
    {
        $retryAt = $this->health($storeId)['retry_at'];
        return $retryAt !== null && $retryAt > $this->at();
    }

    /**
     * Whether one may send by himself now: only one at a time does, so that an endpoint that hangs holds one of the
     * host's processes, not all of them.
     */
    public function claim(int $storeId): bool
    {
        $this->db->execute("INSERT IGNORE INTO {$this->table} (store_id) VALUES (?)", [$storeId]);
        $sql = "UPDATE {$this->table} SET busy_until = ? WHERE store_id = ? AND (busy_until IS NULL OR busy_until <= ?)";
        return $this->db->execute($sql, [$this->at(self::CLAIM_SECONDS), $storeId, $this->at()]) === 1;
    }

    /** Lets others send. */
    public function release(int $storeId): void
    {
        $this->db->execute("UPDATE {$this->table} SET busy_until = NULL WHERE store_id = ?", [$storeId]);
    }

    private function at(int $in = 0): string
    {
        return gmdate('Y-m-d H:i:s', ($this->clock)() + $in);
    }
}

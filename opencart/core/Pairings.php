<?php
namespace OdooConnector;

/** Which stores are paired. Kept in a table of its own, so that uninstalling the extension keeps it. */
final class Pairings
{
    /** For this long what the former secret signed is taken, too: the connector may not know of the new one yet. */
    const FORMER_SECONDS = 86400;

    private $db;
    private $table;
    private $state;
    private $clock;

    public function __construct(Database $db, string $prefix, callable $clock)
    {
        $this->db = $db;
        $this->table = '`' . $prefix . Schema::PAIRING . '`';
        $this->state = '`' . $prefix . Schema::STATE . '`';
        $this->clock = $clock;
    }

    /** @return Pairing[] by store id */
    public function all(): array
    {
        return array_map([$this, 'read'], $this->db->rows("SELECT * FROM {$this->table} ORDER BY store_id"));
    }

    public function of(int $storeId): ?Pairing
    {
        $rows = $this->db->rows("SELECT * FROM {$this->table} WHERE store_id = ?", [$storeId]);
        return $rows === [] ? null : $this->read($rows[0]);
    }

    /** Pairs the store, or changes its pairing. What waits in the outbox is tried again at once. */
    public function save(Pairing $pairing): void
    {
        $off = [];
        foreach (Entities::ALL as $entity) {
            if (!$pairing->sends($entity)) {
                $off[] = $entity;
            }
        }
        $former = $this->of($pairing->storeId);
        if ($former !== null && $former->secret !== $pairing->secret) {
            $until = gmdate('Y-m-d H:i:s', ($this->clock)() + self::FORMER_SECONDS);
            $this->db->execute(
                "UPDATE {$this->table} SET former_secret = secret, former_until = ? WHERE store_id = ?",
                [$until, $pairing->storeId]
            );
        }
        $values = [$pairing->endpoint, $pairing->connection, $pairing->secret, $pairing->console, implode(',', $off), $pairing->verifyTls];
        $this->db->execute(
            "INSERT INTO {$this->table} (store_id, endpoint, connection, secret, console, switched_off, verify_tls)"
            . ' VALUES (?, ?, ?, ?, ?, ?, ?) ON DUPLICATE KEY UPDATE'
            . ' endpoint = ?, connection = ?, secret = ?, console = ?, switched_off = ?, verify_tls = ?',
            array_merge([$pairing->storeId], $values, $values)
        );
        $this->db->execute(
            "UPDATE {$this->state} SET failures = 0, retry_at = NULL, problem_code = NULL, problem_message = NULL WHERE store_id = ?",
            [$pairing->storeId]
        );
    }

    /** Nothing is sent from then on, and nothing new waits; what waits is kept for a new pairing. */
    public function remove(int $storeId): void
    {
        $this->db->execute("DELETE FROM {$this->table} WHERE store_id = ?", [$storeId]);
    }

    /** @return array<int, string[]> store id → the secrets with which the connection may sign; during a rotation two */
    public function secretsOf(string $connection): array
    {
        $now = gmdate('Y-m-d H:i:s', ($this->clock)());
        $secrets = [];
        foreach ($this->db->rows("SELECT * FROM {$this->table} WHERE connection = ? ORDER BY store_id", [$connection]) as $row) {
            $secrets[(int)$row['store_id']] = [$row['secret']];
            if ($row['former_secret'] !== null && $row['former_until'] > $now) {
                $secrets[(int)$row['store_id']][] = $row['former_secret'];
            }
        }
        return $secrets;
    }

    private function read(array $row): Pairing
    {
        $switches = [];
        foreach (array_filter(explode(',', $row['switched_off'])) as $entity) {
            $switches[$entity] = false;
        }
        $verify = (int)$row['verify_tls'] === 1;
        return new Pairing((int)$row['store_id'], $row['endpoint'], $row['connection'], $row['secret'], $row['console'], $switches, $verify);
    }
}

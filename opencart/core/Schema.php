<?php
namespace OdooConnector;

/**
 * The extension's own tables. All times in them are UTC. They outlive an uninstall, since an upgrade is
 * an uninstall and an install, and what waits must not be lost.
 */
final class Schema
{
    const OUTBOX = 'odoo_connector_outbox';
    const PAIRING = 'odoo_connector_pairing';
    const STATE = 'odoo_connector_state';
    const ORDER_TAX = 'odoo_connector_order_tax';

    const TABLES = [
        self::OUTBOX => 'sequence BIGINT UNSIGNED NOT NULL AUTO_INCREMENT PRIMARY KEY,
            store_id INT NOT NULL,
            entity VARCHAR(32) NOT NULL,
            record_id VARCHAR(64) NOT NULL,
            action VARCHAR(8) NOT NULL,
            state VARCHAR(8) NOT NULL DEFAULT \'waiting\',
            tombstone MEDIUMTEXT NULL,
            asked TINYINT(1) NOT NULL DEFAULT 0,
            occurred_at DATETIME NOT NULL,
            attempts INT NOT NULL DEFAULT 0,
            next_attempt_at DATETIME NOT NULL,
            lease CHAR(32) NULL,
            leased_until DATETIME NULL,
            reason_code VARCHAR(64) NULL,
            reason TEXT NULL,
            KEY due (store_id, state, next_attempt_at),
            KEY record (store_id, entity, record_id),
            KEY lease (lease)',
        self::PAIRING => 'store_id INT NOT NULL PRIMARY KEY,
            endpoint VARCHAR(255) NOT NULL,
            connection VARCHAR(64) NOT NULL,
            secret VARCHAR(255) NOT NULL,
            former_secret VARCHAR(255) NULL,
            former_until DATETIME NULL,
            console VARCHAR(255) NOT NULL DEFAULT \'\',
            switched_off VARCHAR(255) NOT NULL DEFAULT \'\',
            verify_tls TINYINT(1) NOT NULL DEFAULT 1',
        self::STATE => 'store_id INT NOT NULL PRIMARY KEY,
            failures INT NOT NULL DEFAULT 0,
            retry_at DATETIME NULL,
            problem_code VARCHAR(64) NULL,
            problem_message TEXT NULL,
            last_sent_at DATETIME NULL,
            busy_until DATETIME NULL',
        self::ORDER_TAX => 'order_id INT NOT NULL PRIMARY KEY,
            taxes MEDIUMTEXT NOT NULL',
    ];

    private $db;
    private $prefix;
    private $clock;

    public function __construct(Database $db, string $prefix, callable $clock)
    {
        $this->db = $db;
        $this->prefix = $prefix;
        $this->clock = $clock;
    }

    /** Makes what is missing, tables and columns; changes nothing that is there. */
    public function install(): void
    {
        foreach (self::TABLES as $name => $definition) {
            $table = '`' . $this->prefix . $name . '`';
            $this->db->execute("CREATE TABLE IF NOT EXISTS $table ($definition) ENGINE=InnoDB DEFAULT CHARSET=utf8mb4");
            $this->addColumns($table, $definition);
        }
        $this->startSequence();
    }

    /**
     * Sequences go on from the time of installation, in milliseconds: also where the tables were dropped or an old
     * backup was restored, new events are newer than all that were sent before. The row that holds the
     * counter there makes the newest sequence known before the first event.
     */
    private function startSequence(): void
    {
        $table = '`' . $this->prefix . self::OUTBOX . '`';
        if ($this->db->rows("SELECT sequence FROM $table LIMIT 1") !== []) {
            return;
        }
        $now = ($this->clock)();
        $at = gmdate('Y-m-d H:i:s', $now);
        $this->db->execute(
            "INSERT INTO $table (sequence, store_id, entity, record_id, action, state, occurred_at, next_attempt_at)"
            . ' VALUES (?, -1, ?, ?, ?, ?, ?, ?)',
            [$now * 1000, 'outbox', '', 'install', Outbox::SENT, $at, $at]
        );
    }

    private function addColumns(string $table, string $definition): void
    {
        $there = array_column($this->db->rows("SHOW COLUMNS FROM $table"), 'Field');
        foreach (explode(",\n", $definition) as $line) {
            $column = strtok(trim($line), ' ');
            if ($column !== 'KEY' && !in_array($column, $there, true)) {
                $this->db->execute("ALTER TABLE $table ADD COLUMN " . trim($line));
            }
        }
    }
}

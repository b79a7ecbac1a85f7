<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Database;

/**
 * The store's tables, as they are here: releases differ even inside a minor version, so that what there is
 * is looked up, never concluded from a version number. In statements `{order}` is a table.
 */
final class Tables
{
    /** Those that not every release has, or not with the same columns. */
    const DIFFERING = [
        'address', 'category', 'country_description', 'customer', 'order', 'order_voucher', 'product', 'product_code',
        'store', 'zone_description', 'tax_rate',
    ];

    private $db;
    private $prefix;
    /** @var array<string, array<string, true>>|null table → columns */
    private $columns;

    public function __construct(Database $db, string $prefix)
    {
        $this->db = $db;
        $this->prefix = $prefix;
    }

    public function database(): Database
    {
        return $this->db;
    }

    /** Whether there is such a table, or such a column of it; only of those listed above. */
    public function has(string $table, string $column = ''): bool
    {
        if ($this->columns === null) {
            $names = array_map(function (string $name): string {
                return $this->prefix . $name;
            }, self::DIFFERING);
            $sql = 'SELECT TABLE_NAME AS t, COLUMN_NAME AS c FROM information_schema.COLUMNS WHERE TABLE_SCHEMA = DATABASE() AND TABLE_NAME IN (?)';
            $this->columns = [];
            foreach ($this->db->rows($sql, [$names]) as $row) {
                $this->columns[substr($row['t'], strlen($this->prefix))][$row['c']] = true;
            }
        }
        return isset($this->columns[$table]) && ($column === '' || isset($this->columns[$table][$column]));
    }

    /** @return array<int, array<string, ?string>> */
    public function rows(string $sql, array $params = []): array
    {
        return $this->db->rows($this->named($sql), $params);
    }

    public function execute(string $sql, array $params = []): int
    {
        return $this->db->execute($this->named($sql), $params);
    }

    /**
     * Rows by the value of one of their columns, in order.
     *
     * @return array<string, array<int, array<string, ?string>>>
     */
    public function grouped(string $by, string $sql, array $params = []): array
    {
        $groups = [];
        foreach ($this->rows($sql, $params) as $row) {
            $groups[$row[$by]][] = $row;
        }
        return $groups;
    }

    /** The statement with the names of the store's tables in the place of `{table}`. */
    public static function prefixed(string $sql, string $prefix): string
    {
        return preg_replace('/\{([a-z_]+)\}/', '`' . $prefix . '$1`', $sql);
    }

    private function named(string $sql): string
    {
        return self::prefixed($sql, $this->prefix);
    }
}

<?php
namespace OdooConnector\Test\Support;

/** A database of its own on the server that ODOO_CONNECTOR_TEST_SOCKET names, spoken to as OpenCart's class does. */
final class StoreDatabase
{
    const PREFIX = 'oc_';

    private $connection;
    private $name;
    /** @var string[] every statement that was run */
    public $statements = [];

    public function __construct(string $charset = 'utf8mb4')
    {
        $socket = getenv('ODOO_CONNECTOR_TEST_SOCKET');
        if ($socket === false) {
            throw new \RuntimeException('Run the tests with: npm run test:opencart');
        }
        mysqli_report(MYSQLI_REPORT_ERROR | MYSQLI_REPORT_STRICT);
        $this->connection = new \mysqli('localhost', 'root', '', '', 0, $socket);
        $this->connection->set_charset($charset);
        $this->name = 'test_' . bin2hex(random_bytes(6));
        $this->connection->query("CREATE DATABASE {$this->name} CHARACTER SET utf8mb4");
        $this->connection->select_db($this->name);
        $this->connection->query("SET SESSION sql_mode = 'NO_ZERO_IN_DATE,NO_ENGINE_SUBSTITUTION'");
        $this->connection->query("SET time_zone = '+01:00'");
    }

    public function drop(): void
    {
        $this->connection->query("DROP DATABASE {$this->name}");
        $this->connection->close();
    }

    public function query(string $sql)
    {
        $this->statements[] = $sql;
        $found = $this->connection->query($sql);
        if (!$found instanceof \mysqli_result) {
            return true;
        }
        $result = new \stdClass();
        $result->rows = $found->fetch_all(MYSQLI_ASSOC);
        $result->row = isset($result->rows[0]) ? $result->rows[0] : [];
        $result->num_rows = count($result->rows);
        return $result;
    }

    public function escape($value): string
    {
        return $this->connection->real_escape_string((string)$value);
    }

    public function countAffected(): int
    {
        return $this->connection->affected_rows;
    }

    public function getLastId(): int
    {
        return $this->connection->insert_id;
    }

    /** @param array<string, mixed> $row */
    public function put(string $table, array $row): int
    {
        $values = array_map(function ($value): string {
            return $value === null ? 'NULL' : "'" . $this->escape($value) . "'";
        }, $row);
        $this->query('INSERT INTO `' . self::PREFIX . "$table` (`" . implode('`, `', array_keys($row)) . '`) VALUES (' . implode(', ', $values) . ')');
        return $this->getLastId();
    }

    public function rows(string $sql): array
    {
        return $this->query($sql)->rows;
    }
}

<?php
namespace OdooConnector;

/** The connection that OpenCart itself has open: `$registry->get('db')`. */
final class OpenCartDatabase implements Database
{
    private $db;

    /** @param object $db with query, escape, countAffected and getLastId */
    public function __construct($db)
    {
        $this->db = $db;
    }

    public function rows(string $sql, array $params = []): array
    {
        $result = $this->db->query($this->bound($sql, $params));
        return is_object($result) ? $result->rows : [];
    }

    public function execute(string $sql, array $params = []): int
    {
        $this->db->query($this->bound($sql, $params));
        return max(0, (int)$this->db->countAffected());
    }

    public function insert(string $sql, array $params = []): int
    {
        $this->db->query($this->bound($sql, $params));
        return (int)$this->db->getLastId();
    }

    private function bound(string $sql, array $params): string
    {
        $parts = explode('?', $sql);
        if (count($parts) !== count($params) + 1) {
            throw new \InvalidArgumentException('The statement has ' . (count($parts) - 1) . ' places for ' . count($params) . ' values.');
        }
        $bound = array_shift($parts);
        foreach (array_values($params) as $index => $param) {
            $bound .= $this->literal($param) . $parts[$index];
        }
        return $bound;
    }

    private function literal($value): string
    {
        if ($value === null) {
            return 'NULL';
        }
        if (is_int($value) || is_bool($value)) {
            return (string)(int)$value;
        }
        if (is_array($value)) {
            // An empty list fits nothing.
            return $value === [] ? 'NULL' : implode(', ', array_map([$this, 'literal'], $value));
        }
        if (is_float($value)) {
            throw new \InvalidArgumentException('Amounts are decimal strings, never floats.');
        }
        return "'" . $this->db->escape((string)$value) . "'";
    }
}

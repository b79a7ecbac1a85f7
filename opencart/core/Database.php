<?php
namespace OdooConnector;

/**
 * The store's database. `?` stands for a value: an int as it is, null as NULL, an array as the list of an
 * `IN (?)`, everything else as a quoted, escaped string. Table names are written with their prefix.
 * Every method throws \Exception with the database's message if a statement fails.
 */
interface Database
{
    /** @return array<int, array<string, ?string>> */
    public function rows(string $sql, array $params = []): array;

    /** @return int the rows it changed */
    public function execute(string $sql, array $params = []): int;

    /** @return int the id it gave, or 0 */
    public function insert(string $sql, array $params = []): int;
}

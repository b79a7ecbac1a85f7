<?php
namespace OdooConnector;

/** What identifies a record to people, read while it is still there. */
final class Tombstones
{
    /** entity → query of the record's own row; the columns' names are the fields'. */
    const QUERIES = [
        Entities::CATEGORY => 'SELECT name FROM {category_description} WHERE category_id = ? ORDER BY language_id LIMIT 1',
        Entities::OPTION => 'SELECT name FROM {option_description} WHERE option_id = ? ORDER BY language_id LIMIT 1',
        Entities::PRODUCT => 'SELECT p.model, d.name FROM {product} p LEFT JOIN {product_description} d ON d.product_id = p.product_id WHERE p.product_id = ? ORDER BY d.language_id LIMIT 1',
        Entities::CUSTOMER => 'SELECT firstname AS firstName, lastname AS lastName, email FROM {customer} WHERE customer_id = ?',
        Entities::TAX => 'SELECT name, type, rate FROM {tax_rate} WHERE tax_rate_id = ?',
        Entities::CURRENCY => 'SELECT code FROM {currency} WHERE currency_id = ?',
        Entities::ORDER_STATUS => 'SELECT name FROM {order_status} WHERE order_status_id = ? ORDER BY language_id LIMIT 1',
        // A draft of the checkout was never told of; a placed order keeps its history even when it is voided.
        Entities::ORDER => 'SELECT o.order_id AS orderId, o.email, o.total FROM {order} o WHERE o.order_id = ? AND (o.order_status_id > 0 OR EXISTS (SELECT 1 FROM {order_history} h WHERE h.order_id = o.order_id))',
    ];

    private $db;
    private $prefix;

    public function __construct(Database $db, string $prefix)
    {
        $this->db = $db;
        $this->prefix = $prefix;
    }

    /**
     * The record that is about to be deleted, and those that go with it.
     *
     * @return array<string, array> record id → identifying fields
     */
    public function of(string $entity, int $id): array
    {
        if ($entity !== Entities::CATEGORY) {
            return $this->one($entity, $id);
        }
        // Its children go, too; up to 4.0 nobody says so.
        $found = [];
        foreach ($this->rows('SELECT category_id FROM {category_path} WHERE path_id = ? ORDER BY category_id = ?', [$id, $id]) as $row) {
            $found += $this->one($entity, (int)$row['category_id']);
        }
        return $found + $this->one($entity, $id);
    }

    public function customerOfAddress(int $addressId): string
    {
        $rows = $this->rows('SELECT customer_id FROM {address} WHERE address_id = ?', [$addressId]);
        return $rows === [] ? '' : $rows[0]['customer_id'];
    }

    private function one(string $entity, int $id): array
    {
        $rows = $this->rows(self::QUERIES[$entity], [$id]);
        if ($rows === []) {
            return [];
        }
        $fields = array_map([Json::class, 'text'], $rows[0]);
        return [$entity === Entities::CURRENCY ? $fields['code'] : (string)$id => $fields];
    }

    private function rows(string $sql, array $params): array
    {
        return $this->db->rows(Snapshot\Tables::prefixed($sql, $this->prefix), $params);
    }
}

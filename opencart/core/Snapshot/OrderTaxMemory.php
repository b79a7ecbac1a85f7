<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;
use OdooConnector\Schema;

/** The rates of orders as they were found the first time. */
final class OrderTaxMemory
{
    private $tables;
    private $known = [];
    private $classes;

    /**
     * @param int[] $orderIds
     * @param int[] $productIds
     */
    public function __construct(Tables $tables, array $orderIds, array $productIds)
    {
        $this->tables = $tables;
        foreach ($tables->rows('SELECT order_id, taxes FROM {' . Schema::ORDER_TAX . '} WHERE order_id IN (?)', [$orderIds]) as $row) {
            $this->known[$row['order_id']] = Json::decode($row['taxes']);
        }
        $rows = $tables->rows('SELECT product_id, tax_class_id FROM {product} WHERE product_id IN (?)', [array_values(array_unique($productIds))]);
        $this->classes = array_column($rows, 'tax_class_id', 'product_id');
    }

    /** @return array{lines?: array, totals?: array} */
    public function of(string $orderId): array
    {
        return isset($this->known[$orderId]) ? $this->known[$orderId] : [];
    }

    /** The tax class that a product has now; null: it is gone. */
    public function taxClass(string $productId): ?int
    {
        return isset($this->classes[$productId]) ? (int)$this->classes[$productId] : null;
    }

    public function note(string $orderId, array $taxes): void
    {
        if ($this->of($orderId) == $taxes) {
            return;
        }
        $json = Json::ascii($taxes);
        $sql = 'INSERT INTO {' . Schema::ORDER_TAX . '} (order_id, taxes) VALUES (?, ?) ON DUPLICATE KEY UPDATE taxes = ?';
        $this->tables->execute($sql, [(int)$orderId, $json, $json]);
        $this->known[$orderId] = $taxes;
    }
}

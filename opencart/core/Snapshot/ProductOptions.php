<?php
namespace OdooConnector\Snapshot;

/** The options of products with the values they offer, read for many products at once. */
final class ProductOptions
{
    private $tables;
    private $store;

    public function __construct(Tables $tables, StoreContext $store)
    {
        $this->tables = $tables;
        $this->store = $store;
    }

    /**
     * @param int[] $productIds
     * @return array<string, array<int, array>> product id → its options, in the order in which the store shows them
     */
    public function of(array $productIds): array
    {
        $options = $this->tables->rows(
            'SELECT po.product_option_id, po.product_id, po.option_id, po.required, o.type, o.sort_order FROM {product_option} po'
            . ' JOIN {option} o ON o.option_id = po.option_id WHERE po.product_id IN (?) ORDER BY o.sort_order, po.product_option_id',
            [$productIds]
        );
        if ($options === []) {
            return [];
        }
        $values = $this->values($productIds);
        $names = $this->store->names('option_description', 'option_id', self::ids($options, 'option_id'));
        $found = [];
        foreach ($options as $row) {
            $own = isset($values[$row['product_option_id']]) ? $values[$row['product_option_id']] : [];
            $found[$row['product_id']][] = [
                'optionId' => $row['option_id'],
                'productOptionId' => $row['product_option_id'],
                'names' => isset($names[$row['option_id']]) ? $names[$row['option_id']] : $this->store->unnamed($row['option_id']),
                'type' => OptionSnapshots::type($row['type'], $own !== []),
                'sortOrder' => (int)$row['sort_order'],
                'required' => (int)$row['required'] === 1,
                'values' => $own,
            ];
        }
        return $found;
    }

    /** @return array<string, array<int, array>> product option id → its values */
    private function values(array $productIds): array
    {
        $weight = (new Weights($this->tables))->sql('pov.weight', 'w.value');
        $rows = $this->tables->rows(
            "SELECT pov.*, ov.sort_order, $weight AS kilograms FROM {product_option_value} pov"
            . ' JOIN {option_value} ov ON ov.option_value_id = pov.option_value_id'
            . ' JOIN {product} p ON p.product_id = pov.product_id'
            . ' LEFT JOIN {weight_class} w ON w.weight_class_id = p.weight_class_id'
            . ' WHERE pov.product_id IN (?) ORDER BY ov.sort_order, pov.product_option_value_id',
            [$productIds]
        );
        $names = $this->store->names('option_value_description', 'option_value_id', self::ids($rows, 'option_value_id'));
        $values = [];
        foreach ($rows as $row) {
            $id = $row['option_value_id'];
            $value = [
                'optionValueId' => $id,
                'productOptionValueId' => $row['product_option_value_id'],
                'names' => isset($names[$id]) ? $names[$id] : $this->store->unnamed($id),
                'sortOrder' => (int)$row['sort_order'],
                'price' => Decimal::signed($row['price'], $row['price_prefix']),
                'weightKg' => Decimal::signed(Decimal::short($row['kilograms']), $row['weight_prefix']),
            ];
            if ((int)$row['subtract'] === 1) {
                $value['quantity'] = (int)$row['quantity'];
            }
            $values[$row['product_option_id']][] = $value;
        }
        return $values;
    }

    private static function ids(array $rows, string $column): array
    {
        return array_values(array_unique(array_map('intval', array_column($rows, $column))));
    }
}

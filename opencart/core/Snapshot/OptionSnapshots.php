<?php
namespace OdooConnector\Snapshot;

/** Options as all products share them. */
final class OptionSnapshots extends Source
{
    const CHOSEN = ['select', 'radio', 'image', 'checkbox'];
    const FILLED_IN = ['text', 'textarea', 'file', 'date', 'time', 'datetime'];

    protected function records(StoreContext $store): array
    {
        return ['from' => '{option}', 'id' => 'option_id', 'where' => '', 'params' => []];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        $sql = 'SELECT option_id, option_value_id, sort_order FROM {option_value} WHERE option_id IN (?) ORDER BY option_id, sort_order, option_value_id';
        $values = $this->tables->grouped('option_id', $sql, [$this->keys($ids)]);
        $valueNames = $this->valueNames($store, $values);
        $names = $store->names('option_description', 'option_id', $this->keys($ids));
        $found = [];
        foreach ($this->tables->rows('SELECT * FROM {option} WHERE option_id IN (?)', [$this->keys($ids)]) as $row) {
            $id = $row['option_id'];
            $own = [];
            foreach (isset($values[$id]) ? $values[$id] : [] as $value) {
                $valueId = $value['option_value_id'];
                $own[] = [
                    'optionValueId' => $valueId,
                    'names' => isset($valueNames[$valueId]) ? $valueNames[$valueId] : $store->unnamed($valueId),
                    'sortOrder' => (int)$value['sort_order'],
                ];
            }
            $found[$id] = [
                'names' => isset($names[$id]) ? $names[$id] : $store->unnamed($id),
                'type' => self::type($row['type'], $own !== []),
                'sortOrder' => (int)$row['sort_order'],
                'values' => $own,
            ];
        }
        return $found;
    }

    /** Types that extensions add are taken for the plainest one that can be chosen or filled in. */
    public static function type(string $type, bool $hasValues): string
    {
        if (in_array($type, self::CHOSEN, true) || in_array($type, self::FILLED_IN, true)) {
            return $type;
        }
        return $hasValues ? 'select' : 'text';
    }

    private function valueNames(StoreContext $store, array $values): array
    {
        $ids = $values === [] ? [] : array_column(array_merge(...array_values($values)), 'option_value_id');
        return $store->names('option_value_description', 'option_value_id', array_map('intval', $ids));
    }
}

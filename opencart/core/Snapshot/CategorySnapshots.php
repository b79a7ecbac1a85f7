<?php
namespace OdooConnector\Snapshot;

/** Categories with the way to them. Odoo's have no description, so that none is told. */
final class CategorySnapshots extends Source
{
    protected function records(StoreContext $store): array
    {
        return [
            'from' => '{category} c',
            'id' => 'c.category_id',
            'where' => 'EXISTS (SELECT 1 FROM {category_to_store} s WHERE s.category_id = c.category_id AND s.store_id = ?)',
            'params' => [$store->storeId],
        ];
    }

    public function isElsewhere(string $id): bool
    {
        return $this->tables->rows('SELECT 1 FROM {category} WHERE category_id = ?', [(int)$id]) !== [];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        return $this->all($store, $ids);
    }

    /**
     * Categories whatever store they are in: a product of this store may stand in one of another.
     *
     * @param string[] $ids
     * @return array<string, array> category id → snapshot
     */
    public function all(StoreContext $store, array $ids): array
    {
        if ($ids === []) {
            return [];
        }
        // The way from the top down to itself.
        $sql = 'SELECT p.category_id, p.path_id FROM {category_path} p JOIN {category} c ON c.category_id = p.path_id'
            . ' WHERE p.category_id IN (?) ORDER BY p.category_id, p.level';
        $paths = $this->tables->grouped('category_id', $sql, [$this->keys($ids)]);
        $parents = array_column(
            $this->tables->rows('SELECT category_id, parent_id FROM {category} WHERE category_id IN (?)', [$this->keys($ids)]),
            'parent_id',
            'category_id'
        );
        $named = $this->keys(array_map('strval', array_keys($parents)));
        foreach ($paths as $path) {
            $named = array_merge($named, array_map('intval', array_column($path, 'path_id')));
        }
        $names = $store->names('category_description', 'category_id', array_values(array_unique($named)));
        $found = [];
        foreach ($parents as $id => $parentId) {
            $found[$id] = $this->one($store, (string)$id, (string)$parentId, isset($paths[$id]) ? $paths[$id] : [], $names);
        }
        return $found;
    }

    private function one(StoreContext $store, string $id, string $parentId, array $path, array $names): array
    {
        $nameOf = static function (string $id) use ($store, $names): array {
            return isset($names[$id]) ? $names[$id] : $store->unnamed($id);
        };
        $ancestors = [];
        foreach (array_column($path, 'path_id') as $above) {
            if ($above !== $id) {
                $ancestors[] = ['categoryId' => $above, 'names' => $nameOf($above)];
            }
        }
        $category = ['names' => $nameOf($id)];
        if ($parentId !== '0') {
            $category['parentId'] = $parentId;
        }
        $category['ancestors'] = $ancestors;
        return $category;
    }
}

<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

final class ProductSnapshots extends Source
{
    const CODES = ['sku', 'ean', 'upc', 'jan', 'isbn'];

    protected function records(StoreContext $store): array
    {
        return [
            'from' => '{product} p',
            'id' => 'p.product_id',
            'where' => 'EXISTS (SELECT 1 FROM {product_to_store} s WHERE s.product_id = p.product_id AND s.store_id = ?)',
            'params' => [$store->storeId],
        ];
    }

    public function isElsewhere(string $id): bool
    {
        return $this->tables->rows('SELECT 1 FROM {product} WHERE product_id = ?', [(int)$id]) !== [];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        return $this->all($store, $ids);
    }

    /**
     * Products whatever store they are in: an order may hold what was moved since.
     *
     * @param string[] $ids
     * @return array<string, array> product id → snapshot
     */
    public function all(StoreContext $store, array $ids): array
    {
        $ids = $this->keys($ids);
        if ($ids === []) {
            return [];
        }
        $weight = (new Weights($this->tables))->sql('p.weight', 'w.value');
        $sql = "SELECT p.*, $weight AS kilograms FROM {product} p LEFT JOIN {weight_class} w ON w.weight_class_id = p.weight_class_id WHERE p.product_id IN (?)";
        $rows = $this->tables->rows($sql, [$ids]);
        $names = $store->names('product_description', 'product_id', $ids, true);
        $codes = $this->codes($ids);
        $categories = $this->categories($store, $ids);
        $options = (new ProductOptions($this->tables, $store))->of($ids);
        $url = $store->url();
        $found = [];
        foreach ($rows as $row) {
            $id = $row['product_id'];
            $found[$id] = [
                'names' => isset($names[$id]) ? $names[$id] : $this->unnamed($store, $row),
                'categories' => isset($categories[$id]) ? $categories[$id] : [],
                'model' => Json::text($row['model']),
                'price' => $row['price'],
                'weightKg' => Decimal::short($row['kilograms']),
                'active' => (int)$row['status'] === 1,
                'shippable' => (int)$row['shipping'] === 1,
                'taxes' => $this->catalogue->taxes($store)->atHome((int)$row['tax_class_id']),
                'options' => isset($options[$id]) ? $options[$id] : [],
            ];
            foreach (self::CODES as $code) {
                $value = isset($codes[$id][$code]) ? $codes[$id][$code] : (isset($row[$code]) ? $row[$code] : '');
                $found[$id][$code] = Json::text($value);
            }
            if ((int)$row['subtract'] === 1) {
                $found[$id]['quantity'] = (int)$row['quantity'];
            }
            $image = $this->image($url, (string)$row['image']);
            if ($image !== null) {
                $found[$id]['image'] = $image;
            }
        }
        return $found;
    }

    private function unnamed(StoreContext $store, array $row): array
    {
        $names = $store->unnamed($row['product_id']);
        $model = trim(Json::text($row['model']));
        if ($model !== '') {
            $names[0]['name'] = $model;
        }
        return $names;
    }

    /** What 4.1 keeps in a table of its own. @return array<string, array<string, string>> product id → code in lower case → value */
    private function codes(array $ids): array
    {
        $codes = [];
        if ($this->tables->has('product_code')) {
            foreach ($this->tables->rows('SELECT product_id, code, value FROM {product_code} WHERE product_id IN (?) ORDER BY product_code_id', [$ids]) as $row) {
                $codes[$row['product_id']][strtolower($row['code'])] = $row['value'];
            }
        }
        return $codes;
    }

    /** Its categories, the deepest first: that one says most about it. */
    private function categories(StoreContext $store, array $ids): array
    {
        $sql = 'SELECT product_id, category_id FROM {product_to_category} WHERE product_id IN (?) ORDER BY product_id, category_id';
        $placed = $this->tables->grouped('product_id', $sql, [$ids]);
        if ($placed === []) {
            return [];
        }
        $wanted = array_values(array_unique(array_column(array_merge(...array_values($placed)), 'category_id')));
        $known = $this->catalogue->source('category')->all($store, $wanted);
        $categories = [];
        foreach ($placed as $productId => $rows) {
            $own = [];
            foreach (array_column($rows, 'category_id') as $id) {
                if (isset($known[$id])) {
                    $own[] = ['categoryId' => $id] + $known[$id];
                }
            }
            usort($own, static function (array $one, array $other): int {
                return [-count($one['ancestors']), (int)$one['categoryId']] <=> [-count($other['ancestors']), (int)$other['categoryId']];
            });
            $categories[$productId] = $own;
        }
        return $categories;
    }

    /** Where the main image can be fetched, if its file is there. */
    private function image(string $url, string $path): ?array
    {
        $path = Json::text($path);
        $file = $this->catalogue->surroundings->imageDir . $path;
        if ($path === '' || $url === '' || strpos($path, '..') !== false || !is_file($file)) {
            return null;
        }
        $encoded = implode('/', array_map('rawurlencode', explode('/', $path)));
        return ['url' => $url . 'image/' . $encoded, 'version' => filemtime($file) . '-' . filesize($file)];
    }
}

<?php
namespace OdooConnector\Test\Support;

/** What the demo store sells. */
final class DemoCatalogue
{
    public static function fill(DemoStore $store): void
    {
        self::taxes($store);
        self::categories($store);
        self::options($store);
        self::products($store);
    }

    private static function taxes(DemoStore $store): void
    {
        $store->put('tax_rate', ['tax_rate_id' => 86, 'geo_zone_id' => 3, 'name' => 'VAT &amp; co (20%)', 'rate' => '20', 'type' => 'P']);
        $store->put('tax_rate', ['tax_rate_id' => 87, 'geo_zone_id' => 3, 'name' => 'Eco tax', 'rate' => '2', 'type' => 'F']);
        $store->put('tax_class', ['tax_class_id' => 9, 'title' => 'Taxed']);
        foreach ([86, 87] as $rate) {
            $store->put('tax_rate_to_customer_group', ['tax_rate_id' => $rate, 'customer_group_id' => 1]);
            $store->put('tax_rule', ['tax_class_id' => 9, 'tax_rate_id' => $rate, 'based' => $rate === 86 ? 'shipping' : 'store', 'priority' => 1]);
        }
        $store->put('zone_to_geo_zone', ['geo_zone_id' => 3, 'country_id' => 81, 'zone_id' => 0]);
    }

    private static function categories(DemoStore $store): void
    {
        foreach ([71 => [0, 'Kitchen &amp; Dining', 'Küche'], 72 => [71, 'Breakfast', 'Frühstück']] as $id => $category) {
            $store->put('category', ['category_id' => $id, 'parent_id' => $category[0], 'status' => 1]);
            $store->put('category_to_store', ['category_id' => $id, 'store_id' => 0]);
            $store->put('category_description', ['category_id' => $id, 'language_id' => 1, 'name' => $category[1], 'description' => '&lt;p&gt;All of it&lt;/p&gt;']);
            $store->put('category_description', ['category_id' => $id, 'language_id' => 2, 'name' => $category[2], 'description' => '']);
            foreach ($category[0] === 0 ? [$id] : [$category[0], $id] as $level => $path) {
                $store->put('category_path', ['category_id' => $id, 'path_id' => $path, 'level' => $level]);
            }
        }
    }

    private static function options(DemoStore $store): void
    {
        $options = [41 => ['select', 'Size', [411 => 'Small', 412 => 'Large']], 42 => ['checkbox', 'Extras', [421 => 'Gift box', 422 => 'Ribbon &quot;red&quot;']], 43 => ['text', 'Engraving', []]];
        foreach ($options as $id => $option) {
            $store->put('option', ['option_id' => $id, 'type' => $option[0], 'sort_order' => $id - 40]);
            $store->put('option_description', ['option_id' => $id, 'language_id' => 1, 'name' => $option[1]]);
            foreach ($option[2] as $valueId => $name) {
                $store->put('option_value', ['option_value_id' => $valueId, 'option_id' => $id, 'sort_order' => $valueId - 10 * $id]);
                $store->put('option_value_description', ['option_value_id' => $valueId, 'option_id' => $id, 'language_id' => 1, 'name' => $name]);
            }
        }
    }

    private static function products(DemoStore $store): void
    {
        $codes = ['sku' => 'HS-MUG', 'ean' => '5901234123457', 'upc' => '036000291452', 'jan' => '4901234567894', 'isbn' => '9783161484100'];
        $mug = [
            'product_id' => 50, 'model' => 'MUG', 'quantity' => 12, 'image' => 'catalog/mug &amp; cup.png', 'shipping' => 1, 'price' => '9.1583',
            'tax_class_id' => 9, 'weight' => '350', 'weight_class_id' => 2, 'subtract' => 1, 'status' => 1, 'date_modified' => '2026-11-20 09:00:00',
        ];
        $store->put('product', $mug + ($store->line === '4.1' ? [] : $codes));
        foreach ($store->line === '4.1' ? $codes : [] as $code => $value) {
            $store->put('product_code', ['product_id' => 50, 'code' => strtoupper($code), 'value' => $value]);
        }
        $store->put('product', ['product_id' => 51, 'model' => 'GIFT', 'shipping' => 0, 'price' => '15', 'weight' => '1', 'weight_class_id' => 3, 'status' => 0, 'image' => 'catalog/gone.png']);
        $store->put('product_description', ['product_id' => 50, 'language_id' => 1, 'name' => 'Mug 3&quot; &#039;blue&#039;', 'description' => '&lt;p&gt;Holds &amp;amp; pours&lt;/p&gt;']);
        $store->put('product_description', ['product_id' => 50, 'language_id' => 2, 'name' => 'Becher', 'description' => '']);
        foreach ([50, 51] as $id) {
            $store->put('product_to_store', ['product_id' => $id, 'store_id' => 0]);
        }
        $store->put('product_to_category', ['product_id' => 50, 'category_id' => 71]);
        $store->put('product_to_category', ['product_id' => 50, 'category_id' => 72]);
        $store->put('product_option', ['product_option_id' => 501, 'product_id' => 50, 'option_id' => 41, 'required' => 1]);
        $store->put('product_option', ['product_option_id' => 502, 'product_id' => 50, 'option_id' => 43, 'required' => 0]);
        $store->put('product_option', ['product_option_id' => 503, 'product_id' => 50, 'option_id' => 42, 'required' => 0]);
        $value = ['product_option_id' => 501, 'product_id' => 50, 'option_id' => 41, 'quantity' => 7];
        $store->put('product_option_value', $value + ['product_option_value_id' => 5011, 'option_value_id' => 411, 'subtract' => 1, 'price' => '1.5', 'price_prefix' => '-', 'weight' => '20', 'weight_prefix' => '-']);
        $store->put('product_option_value', $value + ['product_option_value_id' => 5012, 'option_value_id' => 412, 'subtract' => 0, 'price' => '2.2575', 'price_prefix' => '+', 'weight' => '0', 'weight_prefix' => '-']);
        $value = ['product_option_id' => 503, 'product_id' => 50, 'option_id' => 42, 'quantity' => 7];
        $store->put('product_option_value', $value + ['product_option_value_id' => 5031, 'option_value_id' => 422, 'subtract' => 0, 'price' => '0', 'price_prefix' => '+', 'weight' => '0', 'weight_prefix' => '+']);
    }
}

<?php
namespace OdooConnector\Test\Support;

/** The tables that the extension reads, with the columns it reads, as three releases of OpenCart have them. */
final class StoreTables
{
    const LINES = ['3.0', '4.0', '4.1'];

    /** Short for a type; a name that ends in `*` is the key. */
    const TYPES = [
        'i' => 'INT NOT NULL DEFAULT 0', 's' => "VARCHAR(255) NOT NULL DEFAULT ''", 't' => 'MEDIUMTEXT NULL', 'd' => 'DATETIME NULL',
        'm' => 'DECIMAL(15,4) NOT NULL DEFAULT 0', 'w' => 'DECIMAL(15,8) NOT NULL DEFAULT 0', 'f' => 'DOUBLE(15,8) NOT NULL DEFAULT 0',
    ];

    const COMMON = [
        'setting' => 'setting_id*:i store_id:i code:s key:s value:t serialized:i',
        'language' => 'language_id*:i name:s code:s sort_order:i status:i',
        'weight_class' => 'weight_class_id*:i value:w',
        'weight_class_description' => 'weight_class_id:i language_id:i title:s unit:s',
        'category_description' => 'category_id:i language_id:i name:s description:t',
        'category_path' => 'category_id:i path_id:i level:i',
        'category_to_store' => 'category_id:i store_id:i',
        'option' => 'option_id*:i type:s sort_order:i',
        'option_description' => 'option_id:i language_id:i name:s',
        'option_value' => 'option_value_id*:i option_id:i image:s sort_order:i',
        'option_value_description' => 'option_value_id:i language_id:i option_id:i name:s',
        'product_description' => 'product_id:i language_id:i name:s description:t',
        'product_option' => 'product_option_id*:i product_id:i option_id:i value:t required:i',
        'product_option_value' => 'product_option_value_id*:i product_option_id:i product_id:i option_id:i option_value_id:i quantity:i subtract:i price:m price_prefix:s weight:w weight_prefix:s',
        'product_to_category' => 'product_id:i category_id:i',
        'product_to_store' => 'product_id:i store_id:i',
        'tax_class' => 'tax_class_id*:i title:s',
        'tax_rate' => 'tax_rate_id*:i geo_zone_id:i name:s rate:m type:s',
        'tax_rule' => 'tax_rule_id*:i tax_class_id:i tax_rate_id:i based:s priority:i',
        'tax_rate_to_customer_group' => 'tax_rate_id:i customer_group_id:i',
        'zone_to_geo_zone' => 'zone_to_geo_zone_id*:i country_id:i zone_id:i geo_zone_id:i',
        'order_status' => 'order_status_id:i language_id:i name:s',
        'order_option' => 'order_option_id*:i order_id:i order_product_id:i product_option_id:i product_option_value_id:i name:s value:t type:s',
        'order_total' => 'order_total_id*:i order_id:i code:s title:s value:m sort_order:i',
        'order_history' => 'order_history_id*:i order_id:i order_status_id:i comment:t date_added:d',
        'order_product' => 'order_product_id*:i order_id:i product_id:i name:s model:s quantity:i price:m total:m tax:m',
        'custom_field' => 'custom_field_id*:i type:s location:s status:i',
        'custom_field_description' => 'custom_field_id:i language_id:i name:s',
        'currency' => 'currency_id*:i title:s code:s decimal_place:s value:f status:i date_modified:d',
    ];

    private const ADDRESS = 'address_id*:i customer_id:i firstname:s lastname:s company:s address_1:s address_2:s city:s postcode:s country_id:i zone_id:i custom_field:t';
    private const CUSTOMER = 'customer_id*:i store_id:i language_id:i customer_group_id:i firstname:s lastname:s email:s telephone:s custom_field:t status:i date_added:d';
    private const PRODUCT = 'product_id*:i model:s quantity:i image:s shipping:i price:m tax_class_id:i weight:w weight_class_id:i subtract:i status:i date_added:d date_modified:d';
    private const CODES = ' sku:s upc:s ean:s jan:s isbn:s';
    private const ORDER = 'order_id*:i store_id:i customer_id:i customer_group_id:i firstname:s lastname:s email:s telephone:s custom_field:t'
        . ' payment_firstname:s payment_lastname:s payment_company:s payment_address_1:s payment_address_2:s payment_city:s payment_postcode:s'
        . ' payment_country:s payment_country_id:i payment_zone:s payment_zone_id:i payment_custom_field:t payment_method:t'
        . ' shipping_firstname:s shipping_lastname:s shipping_company:s shipping_address_1:s shipping_address_2:s shipping_city:s shipping_postcode:s'
        . ' shipping_country:s shipping_country_id:i shipping_zone:s shipping_zone_id:i shipping_method:t'
        . ' comment:t total:m order_status_id:i language_id:i currency_id:i currency_code:s currency_value:w date_added:d date_modified:d';

    /** What releases have differently. */
    const DIFFERING = [
        '3.0' => [
            'address' => self::ADDRESS,
            'customer' => self::CUSTOMER . ' address_id:i',
            'product' => self::PRODUCT . self::CODES,
            'order' => self::ORDER . ' payment_code:s shipping_code:s',
            'order_voucher' => 'order_voucher_id*:i order_id:i description:s amount:m',
            'category' => 'category_id*:i parent_id:i status:i date_modified:d',
            'country' => 'country_id*:i name:s iso_code_2:s',
            'zone' => 'zone_id*:i country_id:i name:s code:s',
            'extension' => 'extension_id*:i type:s code:s',
            'store' => 'store_id*:i name:s url:s ssl:s',
        ],
        '4.0' => [
            'address' => self::ADDRESS . ' default:i',
            'customer' => self::CUSTOMER,
            'product' => self::PRODUCT . self::CODES . ' master_id:i',
            'order' => self::ORDER,
            'order_voucher' => 'order_voucher_id*:i order_id:i description:s amount:m',
            'category' => 'category_id*:i parent_id:i status:i date_modified:d',
            'country' => 'country_id*:i name:s iso_code_2:s',
            'zone' => 'zone_id*:i country_id:i name:s code:s',
            'extension' => 'extension_id*:i extension:s type:s code:s',
            'store' => 'store_id*:i name:s url:s',
        ],
        '4.1' => [
            'address' => self::ADDRESS . ' default:i',
            'customer' => self::CUSTOMER,
            'product' => self::PRODUCT . ' master_id:i',
            'product_code' => 'product_code_id*:i product_id:i code:s value:s',
            'order' => self::ORDER,
            'category' => 'category_id*:i parent_id:i status:i',
            'country' => 'country_id*:i iso_code_2:s',
            'country_description' => 'country_id:i language_id:i name:s',
            'zone' => 'zone_id*:i country_id:i code:s',
            'zone_description' => 'zone_id:i language_id:i name:s',
            'extension' => 'extension_id*:i extension:s type:s code:s',
            'store' => 'store_id*:i name:s url:s',
        ],
    ];

    public static function make(StoreDatabase $db, string $line): void
    {
        foreach (self::COMMON + self::DIFFERING[$line] as $table => $columns) {
            $parts = [];
            foreach (explode(' ', $columns) as $column) {
                list($name, $type) = explode(':', $column);
                $isKey = substr($name, -1) === '*';
                $parts[] = '`' . rtrim($name, '*') . '` ' . ($isKey ? 'INT NOT NULL AUTO_INCREMENT PRIMARY KEY' : self::TYPES[$type]);
            }
            $db->query('CREATE TABLE `' . StoreDatabase::PREFIX . "$table` (" . implode(', ', $parts) . ') ENGINE=MyISAM');
        }
    }
}

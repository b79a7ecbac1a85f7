<?php
namespace OdooConnector\Test\Support;

use OdooConnector\Connector;

/** A small store with one of everything, as a release of OpenCart would hold it. */
final class DemoStore
{
    /** @var StoreDatabase */
    public $db;
    /** @var Connector */
    public $connector;
    /** @var string */
    public $line;
    /** @var int what the clock says */
    public $now = 1795466208;
    private $images;

    public function __construct(string $line = '4.1')
    {
        $this->line = $line;
        $this->db = new StoreDatabase($line === '3.0' ? 'utf8' : 'utf8mb4');
        StoreTables::make($this->db, $line);
        $this->images = sys_get_temp_dir() . '/odoo-connector-' . bin2hex(random_bytes(6)) . '/';
        mkdir($this->images . 'catalog', 0777, true);
        file_put_contents($this->images . 'catalog/mug & cup.png', 'a picture');
        $this->connector = $this->open();
        $this->connector->install();
        $this->fill();
    }

    /** Another process of the same store. */
    public function open(): Connector
    {
        return Connector::open($this->db, StoreDatabase::PREFIX, [
            'storeUrl' => 'https://shop.example/',
            'imageDir' => $this->images,
            'catalogDir' => __DIR__ . '/files/catalog/',
            'extensionDir' => $this->line === '3.0' ? '' : __DIR__ . '/files/extension/',
            'timezone' => 'Europe/Paris',
            'clock' => function (): int {
                return $this->now;
            },
        ]);
    }

    public function close(): void
    {
        $this->db->drop();
        unlink($this->images . 'catalog/mug & cup.png');
        rmdir($this->images . 'catalog');
        rmdir($this->images);
    }

    public function put(string $table, array $row): int
    {
        return $this->db->put($table, $row);
    }

    private function fill(): void
    {
        $language = $this->line === '4.1' ? 'config_language_catalog' : 'config_language';
        $settings = [
            $language => 'de-de', 'config_currency' => 'EUR', 'config_country_id' => 81, 'config_zone_id' => 1256,
            'config_customer_group_id' => 1, 'config_tax_default' => 'shipping', 'config_weight_class_id' => 1,
            'shipping_flat_tax_class_id' => 9, 'total_handling_tax_class_id' => 9,
        ];
        foreach ($settings as $key => $value) {
            $this->put('setting', ['store_id' => 0, 'code' => 'config', 'key' => $key, 'value' => $value, 'serialized' => 0]);
        }
        $this->put('language', ['language_id' => 1, 'name' => 'English', 'code' => 'en-gb', 'sort_order' => 1, 'status' => 1]);
        $this->put('language', ['language_id' => 2, 'name' => 'Deutsch', 'code' => 'de-de', 'sort_order' => 2, 'status' => 1]);
        foreach ([1 => ['kg', '1'], 2 => ['g', '1000'], 3 => ['lb', '2.20462262']] as $id => $class) {
            $this->put('weight_class', ['weight_class_id' => $id, 'value' => $class[1]]);
            $this->put('weight_class_description', ['weight_class_id' => $id, 'language_id' => 1, 'title' => $class[0], 'unit' => $class[0]]);
        }
        foreach ([['EUR', '2', '1'], ['USD', '2', '1.0845'], ['JPY', '0', '163.2731']] as $currency) {
            $this->put('currency', ['code' => $currency[0], 'title' => $currency[0], 'decimal_place' => $currency[1], 'value' => $currency[2], 'status' => 1]);
        }
        $this->put('order_status', ['order_status_id' => 1, 'language_id' => 1, 'name' => 'Pending']);
        $this->put('order_status', ['order_status_id' => 1, 'language_id' => 2, 'name' => 'Ausstehend']);
        $this->put('order_status', ['order_status_id' => 5, 'language_id' => 1, 'name' => 'Complete']);
        foreach ([['shipping', 'flat'], ['payment', 'cod'], ['payment', 'strange_pay'], ['module', 'odoo_connector']] as $extension) {
            $more = $this->line === '3.0' ? [] : ['extension' => 'opencart'];
            $this->put('extension', ['type' => $extension[0], 'code' => $extension[1]] + $more);
        }
        $this->place(81, 'DE', 'Germany', 1256, 'BE', 'Berlin');
        $this->place(223, 'US', 'United States', 3624, 'CA', 'California');
        DemoCatalogue::fill($this);
        DemoSales::fill($this);
    }

    private function place(int $countryId, string $iso, string $country, int $zoneId, string $code, string $zone): void
    {
        if ($this->line === '4.1') {
            $this->put('country', ['country_id' => $countryId, 'iso_code_2' => $iso]);
            $this->put('country_description', ['country_id' => $countryId, 'language_id' => 2, 'name' => $country]);
            $this->put('zone', ['zone_id' => $zoneId, 'country_id' => $countryId, 'code' => $code]);
            $this->put('zone_description', ['zone_id' => $zoneId, 'language_id' => 2, 'name' => $zone]);
        } else {
            $this->put('country', ['country_id' => $countryId, 'iso_code_2' => $iso, 'name' => $country]);
            $this->put('zone', ['zone_id' => $zoneId, 'country_id' => $countryId, 'code' => $code, 'name' => $zone]);
        }
    }
}

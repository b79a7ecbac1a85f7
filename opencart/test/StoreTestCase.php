<?php
namespace OdooConnector\Test;

use OdooConnector\Pairing;
use OdooConnector\Test\Support\DemoStore;
use PHPUnit\Framework\TestCase;

/** A demo store for each test. */
abstract class StoreTestCase extends TestCase
{
    const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';

    /** @var DemoStore[] */
    private $stores = [];

    protected function store(string $line = '4.1'): DemoStore
    {
        return $this->stores[] = new DemoStore($line);
    }

    protected function pair(DemoStore $store, string $endpoint = 'http://127.0.0.1:1', int $storeId = 0, array $switches = []): Pairing
    {
        $pairing = new Pairing($storeId, $endpoint, 'main', self::SECRET, '', $switches);
        $store->connector->pairings()->save($pairing);
        return $pairing;
    }

    /** @return string[] `entity id action`, as they wait, oldest first */
    protected function waiting(DemoStore $store, int $storeId = 0): array
    {
        $rows = $store->db->rows("SELECT * FROM oc_odoo_connector_outbox WHERE store_id = $storeId AND state = 'waiting' ORDER BY sequence");
        return array_map(static function (array $row): string {
            return "{$row['entity']} {$row['record_id']} {$row['action']}";
        }, $rows);
    }

    protected function tearDown(): void
    {
        foreach ($this->stores as $store) {
            $store->close();
        }
        $this->stores = [];
    }
}

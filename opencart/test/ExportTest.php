<?php
namespace OdooConnector\Test;

use OdooConnector\Entities;
use OdooConnector\Outbox;
use OdooConnector\Pairing;
use OdooConnector\Signature;
use OdooConnector\Test\Support\DemoSales;
use OdooConnector\Test\Support\DemoStore;

final class ExportTest extends StoreTestCase
{
    private function paired(string $line = '4.1'): DemoStore
    {
        $store = $this->store($line);
        $this->pair($store);
        return $store;
    }

    /** @param array|string $request @return array{0: int, 1: array} status and body */
    private function ask(DemoStore $store, $request, string $secret = self::SECRET, string $connection = 'main'): array
    {
        $body = is_string($request) ? $request : json_encode($request);
        $headers = ['x-connection' => $connection];
        foreach (Signature::headers($secret, 'msg_1', $store->now, $body) as $line) {
            list($name, $value) = explode(': ', $line, 2);
            $headers[$name] = $value;
        }
        $answer = $store->connector->exporter()->answer($headers, $body);
        return [$answer['status'], json_decode($answer['body'], true)];
    }

    public function testTellsWhatItCan(): void
    {
        list($status, $body) = $this->ask($this->paired(), ['mode' => 'capabilities']);
        $this->assertSame([200, 1, 500, true], [$status, $body['version'], $body['maxLimit'], $body['flush']]);
        $this->assertSame(Entities::ALL, array_column($body['entities'], 'entity'));
        $this->assertSame(['order'], array_column(array_filter($body['entities'], static function (array $one): bool {
            return $one['changedSince'];
        }), 'entity'));
    }

    public function testRefusesWhatItsConnectionHasNotSigned(): void
    {
        $store = $this->paired();
        $request = ['mode' => 'capabilities'];
        $other = Pairing::newSecret();
        $this->assertSame(401, $this->ask($store, $request, $other)[0]);
        $this->assertSame(401, $this->ask($store, $request, self::SECRET, 'other')[0]);
        $this->assertSame(401, $store->connector->exporter()->answer([], '{"mode":"capabilities"}')['status']);
        $this->assertSame(401, $this->ask($store, str_repeat(' ', 300000))[0]);
        $store->now += 0;
        $body = '{"mode":"capabilities"}';
        $old = ['x-connection' => 'main', 'webhook-id' => 'm', 'webhook-timestamp' => (string)($store->now - 400), 'webhook-signature' => explode(': ', Signature::headers(self::SECRET, 'm', $store->now - 400, $body)[2])[1]];
        $this->assertSame(401, $store->connector->exporter()->answer($old, $body)['status']);
    }

    public function testTakesTheFormerSecretForADay(): void
    {
        $store = $this->paired();
        $new = Pairing::newSecret();
        $store->connector->pairings()->save(new Pairing(0, 'https://api.example', 'main', $new));
        $request = ['mode' => 'capabilities'];
        $this->assertSame([200, 200], [$this->ask($store, $request)[0], $this->ask($store, $request, $new)[0]]);
        $store->now += 86401;
        $this->assertSame([401, 200], [$this->ask($store, $request)[0], $this->ask($store, $request, $new)[0]]);
    }

    /** @dataProvider badRequests */
    public function testRefusesBadRequests(int $status, $request): void
    {
        list($given, $body) = $this->ask($this->paired(), $request);
        $this->assertSame($status, $given);
        $this->assertNotEmpty($body['error']);
    }

    public function badRequests(): array
    {
        return [
            'no JSON' => [400, 'x'],
            'no mode' => [400, []],
            'another mode' => [400, ['mode' => 'drop']],
            'no limit' => [400, ['mode' => 'all', 'entity' => 'product']],
            'too much' => [400, ['mode' => 'all', 'entity' => 'product', 'limit' => 501]],
            'text as limit' => [400, ['mode' => 'all', 'entity' => 'product', 'limit' => '5']],
            'another entity' => [404, ['mode' => 'all', 'entity' => 'review', 'limit' => 5]],
            'no ids' => [400, ['mode' => 'ids', 'entity' => 'product', 'ids' => []]],
            'numbers as ids' => [400, ['mode' => 'ids', 'entity' => 'product', 'ids' => [50]]],
            'what nobody knows' => [400, ['mode' => 'changed', 'entity' => 'product', 'since' => '2026-11-20T00:00:00Z', 'limit' => 5]],
            'no time' => [400, ['mode' => 'changed', 'entity' => 'order', 'since' => 'yesterday', 'limit' => 5]],
        ];
    }

    public function testPagesById(): void
    {
        $store = $this->paired();
        foreach ([900, 60, 7] as $id) {
            $store->put('tax_rate', ['tax_rate_id' => $id, 'name' => "T$id", 'rate' => '1', 'type' => 'P']);
        }
        $seen = [];
        $after = null;
        do {
            list(, $page) = $this->ask($store, ['mode' => 'all', 'entity' => 'tax', 'limit' => 2] + ($after === null ? [] : ['after' => $after]));
            $this->assertSame(5, $page['total']);
            $seen = array_merge($seen, array_column($page['rows'], 'recordId'));
            $after = $page['nextAfter'];
        } while ($page['hasMore']);
        $this->assertSame(['7', '60', '86', '87', '900'], $seen);
        $this->assertNull($after);
    }

    public function testOfIdsTellsOnlyWhatExists(): void
    {
        $store = $this->paired();
        list(, $page) = $this->ask($store, ['mode' => 'ids', 'entity' => 'product', 'ids' => ['51', '404', '50x', '50', "50' OR 1=1"]]);
        $this->assertSame(['50', '51'], array_column($page['rows'], 'recordId'));
        list(, $page) = $this->ask($store, ['mode' => 'ids', 'entity' => 'order', 'ids' => ['1001', '1002']]);
        $this->assertSame(['1001'], array_column($page['rows'], 'recordId'), 'a draft is no order');
        list(, $page) = $this->ask($store, ['mode' => 'ids', 'entity' => 'carrier', 'ids' => ['flat', 'gone']]);
        $this->assertSame(['flat'], array_column($page['rows'], 'recordId'));
    }

    /** @dataProvider entities */
    public function testHashesAreThoseOfTheSnapshotsAndChangeWithThem(string $entity, string $change): void
    {
        $store = $this->paired();
        $hashes = function () use ($store, $entity): array {
            list(, $page) = $this->ask($store, ['mode' => 'hashes', 'entity' => $entity, 'limit' => 100]);
            $this->assertArrayNotHasKey('data', $page['rows'][0]);
            return array_column($page['rows'], 'hash', 'recordId');
        };
        list(, $page) = $this->ask($store, ['mode' => 'all', 'entity' => $entity, 'limit' => 100]);
        $before = $hashes();
        $this->assertSame(array_column($page['rows'], 'hash', 'recordId'), $before);
        $this->assertSame($before, $hashes());
        $store->connector = $store->open();
        $store->db->query($change);
        $this->assertNotSame($before, $hashes());
    }

    public function entities(): array
    {
        return [
            ['category', "UPDATE oc_category_description SET name = 'x' WHERE category_id = 71"],
            ['option', 'DELETE FROM oc_option_value WHERE option_value_id = 411'],
            ['product', 'UPDATE oc_product SET quantity = quantity - 1 WHERE product_id = 50'],
            ['product', "UPDATE oc_tax_rate SET rate = '21' WHERE tax_rate_id = 86"],
            ['customer', "UPDATE oc_address SET city = 'Bonn' WHERE address_id = 21"],
            ['tax', "UPDATE oc_tax_rate SET rate = '21' WHERE tax_rate_id = 86"],
            ['currency', "UPDATE oc_currency SET value = '1.2' WHERE code = 'USD'"],
            ['order-status', "UPDATE oc_order_status SET name = 'x' WHERE order_status_id = 5"],
            ['order', 'UPDATE oc_order SET order_status_id = 5 WHERE order_id = 1001'],
            ['order', "UPDATE oc_order_product SET quantity = 3 WHERE order_id = 1001"],
        ];
    }

    public function testAnOrderIsNotAnotherForAProductThatWasEdited(): void
    {
        $store = $this->paired();
        $request = ['mode' => 'ids', 'entity' => 'order', 'ids' => ['1001']];
        $before = $this->ask($store, $request)[1]['rows'][0];
        $store->connector = $store->open();
        $store->db->query("UPDATE oc_product SET price = '1' WHERE product_id = 50");
        $after = $this->ask($store, $request)[1]['rows'][0];
        $this->assertSame($before['hash'], $after['hash']);
        $this->assertNotSame($before['data']['products'], $after['data']['products']);
    }

    public function testChangedOrdersAreThoseThatWereEditedOrHadAnotherStatus(): void
    {
        $store = $this->paired();
        $changed = function (string $since) use ($store): array {
            return array_column($this->ask($store, ['mode' => 'changed', 'entity' => 'order', 'since' => $since, 'limit' => 10])[1]['rows'], 'recordId');
        };
        $this->assertSame(['1001', '1003'], $changed('2026-07-20T17:45:10Z'), 'inclusive, by the store’s own time zone');
        $this->assertSame([], $changed('2026-07-20T17:45:11Z'));
        $store->put('order_history', ['order_id' => 1003, 'order_status_id' => 5, 'date_added' => '2026-07-21 10:00:00']);
        $store->db->query("UPDATE oc_order SET date_modified = '2026-07-21 11:00:00' WHERE order_id = 1001");
        $this->assertSame(['1001', '1003'], $changed('2026-07-20T17:45:11Z'));
        $this->assertSame(['1001'], $changed('2026-07-21T08:00:01Z'));
    }

    public function testSaysWhichEventWasTheNewestBeforeTheRows(): void
    {
        $store = $this->paired();
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        list(, $page) = $this->ask($store, ['mode' => 'hashes', 'entity' => 'product', 'limit' => 10]);
        $this->assertSame($store->connector->outbox()->newest(), $page['sequence']);
        $this->assertSame('2026-11-23T20:36:48Z', $page['time']);
    }

    public function testFlushesTheOutboxOfItsStore(): void
    {
        $store = $this->paired();
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $this->assertSame([200, ['sent' => 0, 'waiting' => 1]], $this->ask($store, ['mode' => 'flush']));
    }

    public function testEachStoreHasItsOwnRecords(): void
    {
        $store = $this->paired();
        $store->connector->pairings()->save(new Pairing(1, 'https://api.example', 'two', self::SECRET));
        $store->put('store', ['store_id' => 1, 'name' => 'Two', 'url' => 'https://two.example/']);
        $store->put('product_to_store', ['product_id' => 50, 'store_id' => 1]);
        DemoSales::order($store, 1005, ['customer_id' => 7, 'store_id' => 1]);
        $of = function (string $connection, string $entity) use ($store): array {
            return array_column($this->ask($store, ['mode' => 'all', 'entity' => $entity, 'limit' => 10], self::SECRET, $connection)[1]['rows'], 'data', 'recordId');
        };
        $this->assertSame([[50, 51], [50]], [array_keys($of('main', 'product')), array_keys($of('two', 'product'))]);
        $this->assertSame([[1001, 1003], [1005]], [array_keys($of('main', 'order')), array_keys($of('two', 'order'))]);
        $this->assertSame([[7], [7]], [array_keys($of('main', 'customer')), array_keys($of('two', 'customer'))], 'one account buys in all stores');
        $this->assertSame('https://two.example/image/catalog/mug%20%26%20cup.png', $of('two', 'product')[50]['image']['url']);
        $this->assertSame('7', $of('two', 'order')[1005]['customerId']);
        $store->db->query('UPDATE oc_order SET order_status_id = 0 WHERE store_id = 1');
        $this->assertSame([], $of('two', 'customer'));
    }

    public function testTwoHundredProductsWithOptionsTakeFewStatements(): void
    {
        $store = $this->paired();
        for ($id = 100; $id < 300; $id++) {
            $store->put('product', ['product_id' => $id, 'model' => "P$id", 'price' => '1', 'status' => 1, 'tax_class_id' => 9, 'weight_class_id' => 1]);
            $store->put('product_to_store', ['product_id' => $id, 'store_id' => 0]);
            $store->put('product_to_category', ['product_id' => $id, 'category_id' => 72]);
            foreach ([1, 2] as $language) {
                $store->put('product_description', ['product_id' => $id, 'language_id' => $language, 'name' => "P$id", 'description' => '<p>' . str_repeat('words ', 50) . '</p>']);
            }
            foreach ([41 => [411, 412], 42 => [421, 422]] as $option => $values) {
                $of = $store->put('product_option', ['product_id' => $id, 'option_id' => $option, 'required' => 1]);
                foreach ($values as $value) {
                    $store->put('product_option_value', ['product_option_id' => $of, 'product_id' => $id, 'option_id' => $option, 'option_value_id' => $value, 'price' => '1', 'price_prefix' => '+', 'weight_prefix' => '+']);
                }
            }
        }
        $statements = count($store->db->statements);
        list($status, $page) = $this->ask($store, ['mode' => 'all', 'entity' => 'product', 'limit' => 202]);
        $this->assertSame([200, 202], [$status, count($page['rows'])]);
        $this->assertCount(2, $page['rows'][150]['data']['options'][0]['values']);
        $this->assertLessThan(30, count($store->db->statements) - $statements);
    }
}

<?php
namespace OdooConnector\Test;

use OdooConnector\Outbox;
use OdooConnector\Signature;
use OdooConnector\Test\Support\DemoSales;

final class FlushTest extends EndpointTestCase
{
    public function testSendsSignedWhatTheRecordsAreNow(): void
    {
        $store = $this->paired();
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $store->db->query("UPDATE oc_product SET price = '12.5' WHERE product_id = 50");
        $result = $store->connector->flush();
        $this->assertSame([1, 0, 0, null], [$result->sent, $result->rejected, $result->waiting, $result->problem]);
        list($request) = $this->endpoint->requests();
        $headers = $request['headers'];
        $this->assertSame('main', $headers['x-connection']);
        $this->assertTrue(Signature::verify([self::SECRET], $headers['webhook-id'], $headers['webhook-timestamp'], $headers['webhook-signature'], $request['raw'], $store->now));
        $event = $request['body']['events'][0];
        $this->assertSame(['product', 'upsert', '50', '2026-11-23T20:36:48Z'], [$event['entity'], $event['action'], $event['recordId'], $event['occurredAt']]);
        $this->assertSame('12.5000', $event['data']['price']);
        $this->assertSame('evt-' . $event['sequence'], $event['id']);
        $exported = $store->connector->catalogue()->source('product')->snapshots($store->connector->catalogue()->store(0), ['50']);
        $this->assertSame($exported['50']['hash'], $event['hash'], 'a sweep knows that it is in step');
    }

    public function testOfSeveralChangesOfARecordTheNewestIsSent(): void
    {
        $store = $this->paired();
        $outbox = $store->connector->outbox();
        foreach (['50', '51', '50'] as $id) {
            $outbox->add('product', $id, Outbox::UPSERT);
        }
        $newest = $outbox->newest();
        $store->connector->flush();
        $events = $this->endpoint->events();
        $this->assertSame(['51', '50'], array_column($events, 'recordId'));
        $this->assertSame($newest, $events[1]['sequence']);
        $this->assertSame([], $this->waiting($store));
    }

    public function testADeletedRecordIsToldWithWhatIdentifiedIt(): void
    {
        $store = $this->paired();
        $outbox = $store->connector->outbox();
        $outbox->add('product', '50', Outbox::UPSERT);
        $outbox->add('product', '50', Outbox::DELETE, ['model' => 'MUG', 'name' => 'Mug 😀']);
        $outbox->add('product', '404', Outbox::UPSERT);
        $store->connector->flush();
        $events = $this->endpoint->events();
        $this->assertCount(1, $events, 'what is gone needs no event of its own');
        $this->assertSame(['delete', ['model' => 'MUG', 'name' => 'Mug 😀']], [$events[0]['action'], $events[0]['data']]);
        $this->assertSame([], $this->waiting($store));
    }

    public function testDraftsAreNeverSent(): void
    {
        $store = $this->paired();
        $store->connector->resync('order', [1001, 1002]);
        $store->connector->flush();
        $this->assertSame(['1001'], array_column($this->endpoint->events(), 'recordId'));
        $this->assertSame([], $this->waiting($store));
    }

    public function testWhatSomebodyAskedForSaysSoWhateverChangedSince(): void
    {
        $store = $this->paired();
        $store->connector->resync('product', [50]);
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $store->connector->outbox()->add('product', '51', Outbox::UPSERT);
        $store->connector->flush();
        $this->assertSame([['50', true], ['51', null]], array_map(static function (array $event): array {
            return [$event['recordId'], isset($event['asked']) ? $event['asked'] : null];
        }, $this->endpoint->events()));
    }

    public function testManyEventsGoInRequestsOfFifty(): void
    {
        $store = $this->paired();
        for ($id = 100; $id < 220; $id++) {
            $store->put('customer', ['customer_id' => $id, 'store_id' => 0, 'firstname' => 'C', 'lastname' => (string)$id, 'email' => "c$id@example.com", 'status' => 1, 'custom_field' => '']);
        }
        $store->connector->resync('customer', range(100, 219));
        $this->assertSame(120, $store->connector->flush()->sent);
        $this->assertSame([50, 50, 20], array_map(static function (array $request): int {
            return count($request['body']['events']);
        }, $this->endpoint->requests()));
    }

    public function testRequestsStayBelowOneMebibyte(): void
    {
        $store = $this->paired();
        for ($id = 100; $id < 140; $id++) {
            $store->put('product', ['product_id' => $id, 'model' => "P$id", 'price' => '1', 'status' => 1]);
            $store->put('product_to_store', ['product_id' => $id, 'store_id' => 0]);
            $store->put('product_description', ['product_id' => $id, 'language_id' => 1, 'name' => "P$id", 'description' => str_repeat('é', 30000)]);
        }
        $store->connector->resync('product', range(100, 139));
        $this->assertSame(40, $store->connector->flush()->sent);
        $sizes = array_map('strlen', array_column($this->endpoint->requests(), 'raw'));
        $this->assertCount(3, $sizes);
        $this->assertLessThanOrEqual(1048576, max($sizes));
    }

    public function testRejectedEventsAreParkedAndTheRestGoesOn(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('reject:50');
        $store->connector->resync('product', [50, 51]);
        $result = $store->connector->flush();
        $this->assertSame([1, 1, 0, null], [$result->sent, $result->rejected, $result->waiting, $result->problem]);
        list($parked) = $store->connector->outbox()->parked(0, 10);
        $this->assertSame(['product', '50', 'SNAPSHOT_INVALID'], [$parked['entity'], $parked['recordId'], $parked['code']]);
        $this->assertStringContainsString('events.0.data.email is no address', $parked['reason']);
        $this->assertSame(1, $store->connector->outbox()->status(0)['parked']);
        $store->connector->flush();
        $this->assertCount(1, $this->endpoint->requests(), 'parked is parked');

        $this->endpoint->answer('accept');
        $this->assertSame(1, $store->connector->outbox()->retryParked(0));
        $this->assertSame(1, $store->connector->flush()->sent);
        $this->assertSame(0, $store->connector->outbox()->status(0)['parked']);
    }

    public function testARequestOfWhichAllIsRejectedParksAll(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('reject-all');
        $store->connector->resync('product', [50, 51]);
        $this->assertSame(2, $store->connector->flush()->rejected);
        $this->assertCount(2, $store->connector->outbox()->parked(0, 10));
    }

    public function testANewerEventOfARecordReplacesItsParkedOne(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('reject:50');
        $store->connector->resync('product', [50]);
        $store->connector->flush();
        $this->endpoint->answer('accept');
        $store->connector->resync('product', [50]);
        $store->connector->flush();
        $this->assertSame([], $store->connector->outbox()->parked(0, 10));
    }

    public function testDuplicatesAreForgotten(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('duplicate');
        $store->connector->resync('product', [50]);
        $this->assertSame([1, 0], [$store->connector->flush()->sent, count($this->waiting($store))]);
    }

    /** @dataProvider troubles */
    public function testKeepsEverythingWhileTheEndpointIsInTrouble(string $answer, string $problem, int $seconds): void
    {
        $store = $this->paired();
        $store->now = time();
        $at = gmdate('Y-m-d\TH:i:s\Z', $store->now);
        $this->endpoint->answer($answer);
        $store->connector->resync('product', [50, 51]);
        $result = $store->connector->flush(null, $seconds);
        $this->assertSame([0, 0, 2, $problem], [$result->sent, $result->rejected, $result->waiting, $result->problem['code']]);
        $status = $store->connector->outbox()->status(0);
        $this->assertSame([2, $at, $problem, null], [$status['waiting'], $status['oldest'], $status['problem']['code'], $status['lastSentAt']]);

        // Nobody tries by himself until the pause is over; whoever is asked does.
        $requests = count($this->endpoint->requests());
        $store->connector->flushDue(1);
        $this->assertCount($requests, $this->endpoint->requests());
        $this->endpoint->answer('accept');
        $store->now += 10;
        $sent = $store->open()->flushDue(5)->sent;
        $this->assertSame(2, $sent);
        $status = $store->connector->outbox()->status(0);
        $this->assertSame([0, null, null], [$status['waiting'], $status['oldest'], $status['problem']]);
        $this->assertNotNull($status['lastSentAt']);
    }

    public function troubles(): array
    {
        return [
            'HTTP 500' => ['500', 'ENDPOINT_UNAVAILABLE', 5],
            'HTTP 429' => ['429', 'ENDPOINT_UNAVAILABLE', 5],
            'a page of HTML' => ['html', 'ANSWER_UNREADABLE', 5],
            'half an answer' => ['broken', 'ANSWER_UNREADABLE', 5],
            'a refused signature' => ['401', 'SIGNATURE_REFUSED', 5],
            'a clock that differs' => ['skew', 'CLOCK_SKEW', 5],
            'a bad request' => ['400', 'REQUEST_REFUSED', 5],
        ];
    }

    public function testAnEndpointThatHangsIsGivenUp(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('hang');
        $store->connector->resync('product', [50]);
        $result = $store->connector->flush(null, 1);
        $this->assertSame(['ENDPOINT_TIMEOUT', 1], [$result->problem['code'], $result->waiting]);
    }

    public function testOnlyOneProcessSendsByItself(): void
    {
        $store = $this->paired();
        $store->connector->resync('product', [50]);
        $this->assertTrue($store->connector->outbox()->sending()->claim(0));
        $this->assertSame(0, $store->open()->flushDue()->sent, 'somebody else is at it');
        $this->assertSame(1, $store->open()->flush()->sent, 'whoever asks does not wait for him');
        $store->connector->resync('product', [51]);
        $store->now += 61;
        $this->assertSame(1, $store->open()->flushDue()->sent, 'he has died');
        $store->connector->resync('product', [51]);
        $this->assertSame(1, $store->open()->flushDue()->sent, 'and the next one let go');
    }

    public function testAnEndpointThatIsDownLosesNothing(): void
    {
        $store = $this->store();
        $this->pair($store, 'http://127.0.0.1:1');
        $store->connector->resync('product', [50, 51]);
        $this->assertSame('ENDPOINT_UNREACHABLE', $store->connector->flush()->problem['code']);
        $this->pair($store, $this->endpoint->url);
        $this->assertSame(2, $store->connector->flush()->sent);
    }

    public function testWhatWasNotJudgedIsSentAgain(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('half');
        $store->connector->resync('product', [50, 51]);
        $this->assertSame([1, 1], [$store->connector->flush()->sent, count($this->waiting($store))]);
        $this->endpoint->answer('accept');
        $this->assertSame(1, $store->connector->flush()->sent);
        $ids = array_column($this->endpoint->events(), 'id');
        $this->assertSame($ids[1], $ids[2], 'a repetition carries the same id');
    }

    public function testARecordThatCannotBeToldIsParkedAndTheOthersGo(): void
    {
        $store = $this->paired();
        DemoSales::order($store, 1004, ['customer_id' => 0]);
        $store->db->query("UPDATE oc_order SET date_added = '2026-13-45 00:00:00' WHERE order_id = 1004");
        $store->db->query("UPDATE oc_order SET currency_code = 'X' WHERE order_id = 1004");
        $store->put('product', ['product_id' => 60, 'model' => str_repeat('x', 10), 'price' => '1', 'status' => 1]);
        $store->put('product_to_store', ['product_id' => 60, 'store_id' => 0]);
        foreach (range(1, 20) as $language) {
            $store->put('language', ['language_id' => 100 + $language, 'code' => 'x' . $language, 'name' => 'x']);
            $store->put('product_description', ['product_id' => 60, 'language_id' => 100 + $language, 'name' => 'x', 'description' => str_repeat('€', 65000)]);
        }
        $store->connector->resync('product', [60, 51]);
        $result = $store->connector->flush();
        $this->assertSame([1, 1, 0], [$result->sent, $result->rejected, $result->waiting]);
        $this->assertSame('EVENT_TOO_LARGE', $store->connector->outbox()->parked(0, 1)[0]['code']);
    }

    public function testAnEventThatBreaksEveryRequestDoesNotHoldUpTheOthersForEver(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('500');
        $store->connector->resync('product', [50]);
        for ($try = 0; $try < 20; $try++) {
            $store->connector->flush();
        }
        $store->connector->resync('product', [51]);
        $this->endpoint->answer('accept');
        $before = count($this->endpoint->requests());
        $store->connector->flush();
        $this->assertSame('51', $this->endpoint->requests()[$before]['body']['events'][0]['recordId']);
    }

    public function testStoresOfOneInstallationHaveTheirOwnConnections(): void
    {
        $store = $this->paired();
        $store->put('store', ['store_id' => 1, 'name' => 'Two', 'url' => 'https://two.example/']);
        $this->pair($store, $this->endpoint->url . '/two', 1);
        DemoSales::order($store, 1005, ['customer_id' => 0, 'store_id' => 1]);
        $store->put('product_to_store', ['product_id' => 51, 'store_id' => 1]);
        foreach (['order' => ['1001', '1005'], 'product' => ['50', '51']] as $entity => $ids) {
            foreach ($ids as $id) {
                $store->connector->outbox()->add($entity, $id, Outbox::UPSERT);
            }
        }
        $store->connector->flush();
        $told = [];
        foreach ($this->endpoint->requests() as $request) {
            foreach ($request['body']['events'] as $event) {
                $told[$request['uri']][] = "{$event['action']} {$event['entity']} {$event['recordId']}";
            }
        }
        $this->assertSame(['upsert order 1001', 'upsert product 50', 'upsert product 51'], $told['/v1/events']);
        $this->assertSame(['upsert order 1005', 'delete product 50', 'upsert product 51'], $told['/two/v1/events'], 'a product that is not in a store is not in its Odoo');
    }
}

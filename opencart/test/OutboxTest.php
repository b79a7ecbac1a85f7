<?php
namespace OdooConnector\Test;

use OdooConnector\Outbox;
use OdooConnector\Pairing;

final class OutboxTest extends StoreTestCase
{
    public function testNothingWaitsWhileNoStoreIsPaired(): void
    {
        $store = $this->store();
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $this->assertSame([], $this->waiting($store));
        $this->assertSame(0, $store->connector->flush()->waiting);
    }

    public function testAChangeIsOneStatementForAllPairedStores(): void
    {
        $store = $this->store();
        $this->pair($store);
        $this->pair($store, 'http://127.0.0.1:1', 1);
        $before = count($store->db->statements);
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $this->assertSame(1, count($store->db->statements) - $before);
        $this->assertSame([['product 50 upsert'], ['product 50 upsert']], [$this->waiting($store), $this->waiting($store, 1)]);
    }

    public function testSwitchesAreRespectedByChangesAndNotByRequests(): void
    {
        $store = $this->store();
        $this->pair($store, 'http://127.0.0.1:1', 0, ['product' => false]);
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $store->connector->outbox()->add('order', '1001', Outbox::UPSERT);
        $this->assertSame(2, $store->connector->resync('product', [50, '51', 50]));
        $this->assertSame(['order 1001 upsert', 'product 50 upsert', 'product 51 upsert'], $this->waiting($store));
        $this->assertFalse($store->connector->pairings()->of(0)->sends('product'));
    }

    public function testThousandsOfRecordsAreNotedAtOnce(): void
    {
        $store = $this->store();
        $this->pair($store);
        $store->connector->resync('product', range(1, 1203));
        $this->assertCount(1203, $this->waiting($store));
    }

    public function testARowIsLeasedByOneOnly(): void
    {
        $store = $this->store();
        $this->pair($store);
        $store->connector->resync('product', [1, 2, 3]);
        $this->assertCount(2, $store->connector->outbox()->lease(0, 2, 120));
        $this->assertCount(1, $store->open()->outbox()->lease(0, 50, 120));
        $this->assertCount(0, $store->open()->outbox()->lease(0, 50, 120));
        $store->now += 121;
        $this->assertCount(3, $store->open()->outbox()->lease(0, 50, 120), 'whoever took them has died');
    }

    public function testSequencesGrowWhateverHappensToTheTable(): void
    {
        $store = $this->store();
        $this->pair($store);
        $outbox = $store->connector->outbox();
        $start = $outbox->newest();
        $outbox->add('product', '50', Outbox::UPSERT);
        $newest = $outbox->newest();
        $this->assertGreaterThan($start, $newest);
        $outbox->settle([$newest]);
        $this->assertSame($newest, $outbox->newest(), 'the newest is known although it was delivered');
        $outbox->add('product', '51', Outbox::UPSERT);
        $this->assertGreaterThan($newest, $outbox->newest());
        $before = $outbox->newest();
        $store->db->query('DROP TABLE oc_odoo_connector_outbox');
        $store->now += 60;
        $store->connector->install();
        $this->assertGreaterThan($before, $outbox->newest());
    }

    public function testInstallingAgainKeepsEverythingAndAddsWhatIsMissing(): void
    {
        $store = $this->store();
        $this->pair($store);
        $store->connector->outbox()->add('product', '50', Outbox::UPSERT);
        $store->db->query('ALTER TABLE oc_odoo_connector_pairing DROP COLUMN verify_tls');
        $store->connector->install();
        $store->connector->install();
        $this->assertSame(['product 50 upsert'], $this->waiting($store));
        $this->assertTrue($store->connector->pairings()->of(0)->verifyTls);
    }

    public function testAPairingIsKeptAsItIs(): void
    {
        $store = $this->store();
        $pairings = $store->connector->pairings();
        $pairings->save(new Pairing(2, 'https://api.example/', 'shop_2', self::SECRET, 'https://console.example', ['order' => false], false));
        $read = $pairings->of(2);
        $this->assertSame(['https://api.example', 'shop_2', self::SECRET, 'https://console.example', false], [$read->endpoint, $read->connection, $read->secret, $read->console, $read->verifyTls]);
        $this->assertSame([false, true], [$read->sends('order'), $read->sends('product')]);
        $this->assertNull($pairings->of(0));
        $pairings->remove(2);
        $this->assertSame([], $pairings->all());
    }

    public function testPausesGrowUpToAnHour(): void
    {
        foreach ([1 => [3, 8], 4 => [20, 60], 30 => [1800, 5400]] as $attempts => $range) {
            for ($try = 0; $try < 20; $try++) {
                $pause = Outbox::pause($attempts);
                $this->assertGreaterThanOrEqual($range[0], $pause);
                $this->assertLessThanOrEqual($range[1], $pause);
            }
        }
    }
}

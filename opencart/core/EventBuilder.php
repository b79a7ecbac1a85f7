<?php
namespace OdooConnector;

/** Makes events of outbox rows, with the records as they are now. */
final class EventBuilder
{
    private $catalogue;

    public function __construct(Snapshot\Catalogue $catalogue)
    {
        $this->catalogue = $catalogue;
    }

    /** @param array<int, array<string, ?string>> $rows of one store's outbox, oldest first */
    public function build(int $storeId, array $rows): Batch
    {
        $batch = new Batch();
        $records = $this->byRecord($rows);
        $snapshots = $this->snapshots($storeId, $records);
        foreach ($records as $key => $of) {
            $newest = end($of);
            $sequence = (int)$newest['sequence'];
            $event = [
                'id' => 'evt-' . $sequence,
                'entity' => $newest['entity'],
                'action' => Outbox::UPSERT,
                'recordId' => $newest['record_id'],
                'sequence' => $sequence,
                'occurredAt' => Outbox::iso($newest['occurred_at']),
            ] + (in_array('1', array_column($of, 'asked'), false) ? ['asked' => true] : []);
            $found = isset($snapshots[$key]) ? $snapshots[$key] : null;
            if ($found instanceof \Throwable) {
                $this->fail($batch, $of, 'SNAPSHOT_FAILED', get_class($found) . ': ' . $found->getMessage());
                continue;
            }
            if ($newest['action'] === Outbox::DELETE) {
                $note = Json::decode((string)$newest['tombstone']);
                $event = ['action' => Outbox::DELETE, 'data' => (object)($note ?: [])] + $event;
            } elseif ($found === null) {
                // It is gone, which its own event tells, or it is none of this store's.
                $batch->settled = array_merge($batch->settled, array_map('intval', array_column($of, 'sequence')));
                continue;
            } elseif ($found === Snapshot\Catalogue::WITHDRAWN) {
                $event = ['action' => Outbox::DELETE, 'data' => new \stdClass()] + $event;
            } else {
                $event += ['hash' => $found['hash'], 'data' => $found['data']];
            }
            $this->put($batch, $event, $of);
        }
        return $batch;
    }

    private function put(Batch $batch, array $event, array $rows): void
    {
        $json = Json::encode($event);
        if ($batch->add($event['id'], $json, $rows)) {
            return;
        }
        if (strlen($json) > Flusher::MAX_BODY_BYTES - 128) {
            $this->fail($batch, $rows, 'EVENT_TOO_LARGE', 'The record has ' . strlen($json) . ' bytes; 1 MiB is allowed.');
        } else {
            $batch->left = array_merge($batch->left, array_map('intval', array_column($rows, 'sequence')));
        }
    }

    /** Parks the newest row of a record; the others would say the same. */
    private function fail(Batch $batch, array $rows, string $code, string $reason): void
    {
        $newest = array_pop($rows);
        $batch->failed[(int)$newest['sequence']] = ['code' => $code, 'reason' => $reason];
        $batch->settled = array_merge($batch->settled, array_map('intval', array_column($rows, 'sequence')));
    }

    /** @return array<string, array<int, array>> the rows of each record, the records in order of their newest */
    private function byRecord(array $rows): array
    {
        $records = [];
        foreach ($rows as $row) {
            $key = $row['entity'] . ' ' . $row['record_id'];
            $before = isset($records[$key]) ? $records[$key] : [];
            unset($records[$key]);
            $records[$key] = array_merge($before, [$row]);
        }
        return $records;
    }

    /** @return array<string, mixed> key → what Catalogue::find says, or what was thrown over that record */
    private function snapshots(int $storeId, array $records): array
    {
        $wanted = [];
        foreach ($records as $of) {
            $newest = end($of);
            if ($newest['action'] === Outbox::UPSERT) {
                $wanted[$newest['entity']][] = $newest['record_id'];
            }
        }
        $found = [];
        foreach ($wanted as $entity => $ids) {
            foreach ($this->catalogue->findEach($storeId, $entity, $ids) as $id => $snapshot) {
                $found[$entity . ' ' . $id] = $snapshot;
            }
        }
        return $found;
    }
}

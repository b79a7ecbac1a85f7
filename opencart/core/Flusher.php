<?php
namespace OdooConnector;

/** Sends what waits in the outbox of one store, oldest first, in requests of at most 50 events and 1 MiB. */
final class Flusher
{
    const MAX_EVENTS = 50;
    const MAX_BODY_BYTES = 1048576;
    /** Of one request; longer than any answer should take. */
    const ANSWER_SECONDS = 15;
    const LEASE_SECONDS = 120;

    private $outbox;
    private $events;
    private $courier;
    private $clock;

    public function __construct(Outbox $outbox, EventBuilder $events, Courier $courier, callable $clock)
    {
        $this->outbox = $outbox;
        $this->events = $events;
        $this->courier = $courier;
        $this->clock = $clock;
    }

    /**
     * Sends until nothing is due, something fails, or the time is over.
     *
     * @param bool $asked whether a person or the connector asks: then pauses after failures do not count
     */
    public function flush(Pairing $pairing, int $seconds, bool $asked, FlushResult $result): void
    {
        $storeId = $pairing->storeId;
        $until = ($this->clock)() + $seconds;
        if ($asked) {
            $this->outbox->hurry($storeId);
        } elseif ($this->outbox->pauses($storeId)) {
            return;
        }
        do {
            $rows = $this->outbox->lease($storeId, $this->size($storeId), self::LEASE_SECONDS);
            if ($rows === []) {
                return;
            }
            try {
                $this->send($pairing, $rows, max(1, min(self::ANSWER_SECONDS, $until - ($this->clock)())), $result);
            } catch (Problem $problem) {
                $this->outbox->wentWrong($storeId, $problem);
                $result->problem = $problem->told();
                return;
            }
        } while (($this->clock)() < $until);
    }

    /** Fewer at a time while requests fail, so that one event that breaks them all is found. */
    private function size(int $storeId): int
    {
        $failures = (int)$this->outbox->health($storeId)['failures'];
        return max(1, self::MAX_EVENTS >> min(10, (int)floor($failures / 3)));
    }

    private function send(Pairing $pairing, array $rows, int $seconds, FlushResult $result): void
    {
        $batch = $this->events->build($pairing->storeId, $rows);
        $this->outbox->settle($batch->settled);
        foreach ($batch->failed as $sequence => $reason) {
            $this->outbox->park($sequence, $reason['code'], $reason['reason']);
            $result->rejected++;
        }
        $this->outbox->release($batch->left);
        if ($batch->events === []) {
            return;
        }
        try {
            $verdicts = $this->courier->bring($pairing, $batch->body(), $seconds);
        } catch (Problem $problem) {
            $this->outbox->postpone($batch->rows());
            throw $problem;
        }
        $this->outbox->wentWell($pairing->storeId);
        $this->judge($pairing->storeId, $batch, $verdicts, $result);
    }

    private function judge(int $storeId, Batch $batch, array $verdicts, FlushResult $result): void
    {
        $settled = [];
        $unjudged = [];
        foreach ($batch->events as $event) {
            $row = $event['row'];
            $status = isset($verdicts[$event['id']]) ? $verdicts[$event['id']]['status'] : '';
            if ($status === 'accepted' || $status === 'duplicate') {
                $settled = array_merge($settled, $event['sequences']);
                $result->sent++;
                $this->outbox->forgetParked($storeId, $row['entity'], $row['record_id'], (int)$row['sequence']);
            } elseif ($status === 'rejected') {
                $this->outbox->park((int)$row['sequence'], $verdicts[$event['id']]['code'], $verdicts[$event['id']]['reason']);
                // The older ones of the record would say the same.
                $settled = array_merge($settled, array_diff($event['sequences'], [(int)$row['sequence']]));
                $result->rejected++;
            } else {
                $unjudged = array_merge($unjudged, $event['rows']);
            }
        }
        $this->outbox->settle($settled);
        $this->outbox->postpone($unjudged);
    }
}

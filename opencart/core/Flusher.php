<?php
namespace OdooConnector;

/** Sends what waits in the outbox of one store, oldest first, in requests of at most 50 events and 1 MiB. */
final class Flusher
{
    const MAX_EVENTS = 50;
    const MAX_BODY_BYTES = 1048576;
    /** Of one request; longer than any answer should take. */
    const ANSWER_SECONDS = 10;
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

    /** For whoever asks, a person or the connector: pauses after failures do not count. */
    public function flush(Pairing $pairing, int $seconds, FlushResult $result): void
    {
        $this->outbox->hurry($pairing->storeId);
        $this->sendAll($pairing, $seconds, $result);
    }

    /** For whoever was not asked: sends what is due unless a pause lasts, or somebody else is at it. */
    public function flushDue(Pairing $pairing, int $seconds, FlushResult $result): void
    {
        $storeId = $pairing->storeId;
        $sending = $this->outbox->sending();
        $until = ($this->clock)() + $seconds;
        // What was noted just before somebody else stopped looking would wait for the next change.
        while ($this->outbox->hasDue($storeId) && ($this->clock)() < $until && !$sending->pauses($storeId) && $sending->claim($storeId)) {
            try {
                $this->sendAll($pairing, $until - ($this->clock)(), $result);
            } finally {
                $sending->release($storeId);
            }
        }
    }

    /** Sends until nothing is due, something fails, or the time is over. */
    private function sendAll(Pairing $pairing, int $seconds, FlushResult $result): void
    {
        $storeId = $pairing->storeId;
        $until = ($this->clock)() + $seconds;
        do {
            $rows = $this->outbox->lease($storeId, $this->size($storeId), self::LEASE_SECONDS);
            if ($rows === []) {
                return;
            }
            try {
                $this->send($pairing, $rows, max(1, min(self::ANSWER_SECONDS, $until - ($this->clock)())), $result);
            } catch (Problem $problem) {
                $this->outbox->sending()->wentWrong($storeId, $problem);
                $result->problem = $problem->told();
                return;
            }
        } while (($this->clock)() < $until);
    }

    /** Fewer at a time while requests fail, so that one event that breaks them all is found. */
    private function size(int $storeId): int
    {
        $failures = (int)$this->outbox->sending()->health($storeId)['failures'];
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
        $sending = $this->outbox->sending();
        $wasFailing = (int)$sending->health($pairing->storeId)['failures'] > 0;
        $sending->wentWell($pairing->storeId);
        if ($wasFailing) {
            // What paused because of the failures need not wait any longer.
            $this->outbox->hurry($pairing->storeId);
        }
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

<?php
namespace OdooConnector;

/** What became of leased rows: the events of one request, and rows that need none. */
final class Batch
{
    /** @var array<int, array{id: string, json: string, row: array, rows: array, sequences: int[]}> */
    public $events = [];
    /** @var int[] sequences of rows of which there is nothing to say */
    public $settled = [];
    /** @var array<int, array{code: string, reason: string}> sequence → why it cannot be sent */
    public $failed = [];
    /** @var int[] sequences that do not fit into this request */
    public $left = [];
    /** @var int */
    private $bytes = 0;

    /** @return bool false: the request is full */
    public function add(string $id, string $json, array $rows): bool
    {
        $more = strlen($json) + 1;
        if ($this->bytes + $more > Flusher::MAX_BODY_BYTES - 64) {
            return false;
        }
        $this->bytes += $more;
        $sequences = array_map('intval', array_column($rows, 'sequence'));
        $this->events[] = ['id' => $id, 'json' => $json, 'row' => end($rows), 'rows' => $rows, 'sequences' => $sequences];
        return true;
    }

    public function body(): string
    {
        return '{"events":[' . implode(',', array_column($this->events, 'json')) . ']}';
    }

    /** @return array<int, array> the outbox rows behind the events */
    public function rows(): array
    {
        return $this->events === [] ? [] : array_merge(...array_column($this->events, 'rows'));
    }
}

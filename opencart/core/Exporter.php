<?php
namespace OdooConnector;

/** The export endpoint: what the connector asks, and the answer. docs/export.md is the contract. */
final class Exporter
{
    const VERSION = 1;
    const MAX_LIMIT = 500;
    const MAX_REQUEST_BYTES = 262144;
    const FLUSH_SECONDS = 25;

    private $connector;
    private $clock;

    public function __construct(Connector $connector, callable $clock)
    {
        $this->connector = $connector;
        $this->clock = $clock;
    }

    /**
     * Answers a request.
     *
     * @param array<string, string> $headers by name in lower case
     * @param string $body raw: parsed POST data would be HTML-escaped
     * @return array{status: int, body: string} JSON
     */
    public function answer(array $headers, string $body): array
    {
        $storeId = strlen($body) > self::MAX_REQUEST_BYTES ? null : $this->storeOf($headers, $body);
        if ($storeId === null) {
            return self::refused(401, 'The request is not signed with the secret of this store.');
        }
        $request = Json::decode($body);
        try {
            return $this->of($storeId, is_array($request) ? $request : []);
        } catch (\InvalidArgumentException $problem) {
            return self::refused(400, $problem->getMessage());
        } catch (\OutOfBoundsException $problem) {
            return self::refused(404, $problem->getMessage());
        }
    }

    /** The store whose connection signed the request. Two stores may be paired with connections of one name at different connectors. */
    private function storeOf(array $headers, string $body): ?int
    {
        $header = static function (string $name) use ($headers): string {
            return isset($headers[$name]) ? (string)$headers[$name] : '';
        };
        $found = null;
        foreach ($this->connector->pairings()->secretsOf($header('x-connection')) as $storeId => $secrets) {
            $fits = Signature::verify(
                $secrets,
                $header('webhook-id'),
                $header('webhook-timestamp'),
                $header('webhook-signature'),
                $body,
                ($this->clock)()
            );
            $found = $fits && $found === null ? $storeId : $found;
        }
        return $found;
    }

    private function of(int $storeId, array $request): array
    {
        $mode = isset($request['mode']) && is_string($request['mode']) ? $request['mode'] : '';
        if ($mode === 'capabilities') {
            return self::answered($this->capabilities());
        }
        if ($mode === 'flush') {
            $result = $this->connector->flush($storeId, self::FLUSH_SECONDS);
            return self::answered(['sent' => $result->sent, 'waiting' => $result->waiting]);
        }
        if (in_array($mode, ['all', 'changed', 'ids', 'hashes'], true)) {
            return self::answered($this->page($storeId, $mode, new ExportRequest($request, self::MAX_LIMIT)));
        }
        throw new \InvalidArgumentException('The request does not have the expected shape: mode.');
    }

    private function capabilities(): array
    {
        $entities = [];
        foreach (Entities::ALL as $entity) {
            $source = $this->connector->catalogue()->source($entity);
            $entities[] = ['entity' => $entity, 'changedSince' => $source->tellsChanges()];
        }
        return ['version' => self::VERSION, 'maxLimit' => self::MAX_LIMIT, 'flush' => true, 'entities' => $entities];
    }

    private function page(int $storeId, string $mode, ExportRequest $request): array
    {
        $entity = $request->entity();
        $source = $this->connector->catalogue()->source($entity);
        if ($source === null) {
            throw new \OutOfBoundsException('There is no entity "' . $entity . '".');
        }
        $store = $this->connector->catalogue()->store($storeId);
        $only = $mode === 'ids' ? $request->ids() : ($mode === 'hashes' && $request->has('ids') ? $request->ids() : null);
        $since = $mode === 'changed' ? $request->since() : null;
        if ($since !== null && !$source->tellsChanges()) {
            throw new \InvalidArgumentException('The store does not know what changed of "' . $entity . '".');
        }
        // Before the rows are read: what happens meanwhile is newer than they are.
        $page = [
            'entity' => $entity,
            'sequence' => $this->connector->outbox()->newest(),
            'time' => gmdate('Y-m-d\TH:i:s\Z', ($this->clock)()),
        ];
        $limit = $only === null ? $request->limit() : count($only);
        $ids = $source->ids($store, $only === null ? $request->after() : null, $limit + 1, $only, $since);
        $hasMore = count($ids) > $limit;
        $ids = array_slice($ids, 0, $limit);
        $rows = [];
        foreach ($source->snapshots($store, $ids) as $id => $snapshot) {
            $row = ['recordId' => (string)$id, 'hash' => $snapshot['hash']];
            $rows[] = $mode === 'hashes' ? $row : $row + ['data' => $snapshot['data']];
        }
        return $page + [
            'rows' => $rows,
            'nextAfter' => $hasMore ? end($ids) : null,
            'hasMore' => $hasMore,
            'total' => $only === null ? $source->count($store, $since) : count($rows),
        ];
    }

    private static function answered(array $body): array
    {
        return ['status' => 200, 'body' => Json::encode($body)];
    }

    private static function refused(int $status, string $error): array
    {
        return ['status' => $status, 'body' => Json::encode(['error' => substr($error, 0, 500)])];
    }
}

<?php
namespace OdooConnector;

/** Brings a request's worth of events to the connector, and reads what it says of each. */
final class Courier
{
    const CLOCK_SKEW_SECONDS = 240;

    private $clock;

    public function __construct(callable $clock)
    {
        $this->clock = $clock;
    }

    /**
     * @param string $body of `POST /v1/events`
     * @return array<string, array{status: string, code: string, reason: string}> event id → verdict; one that is missing was not judged
     * @throws Problem all events are kept
     */
    public function bring(Pairing $pairing, string $body, int $seconds): array
    {
        $id = 'msg_' . bin2hex(random_bytes(16));
        $signed = Signature::headers($pairing->secret, $id, ($this->clock)(), $body);
        $headers = array_merge(['content-type: application/json', 'x-connection: ' . $pairing->connection], $signed);
        $answer = Http::ask($pairing->endpoint . '/v1/events', $headers, $body, $seconds, $pairing->verifyTls);
        $told = Json::decode($answer['body']);
        $verdicts = is_array($told) && isset($told['events']) && is_array($told['events']) ? self::verdicts($told['events']) : null;
        if ($answer['status'] === 202 && $verdicts !== null) {
            return $verdicts;
        }
        // Where every event is rejected the status is 400, and the verdicts are there all the same.
        if ($answer['status'] === 400 && $verdicts !== null) {
            return array_filter($verdicts, static function (array $verdict): bool {
                return $verdict['status'] === 'rejected';
            });
        }
        throw $this->problem($answer, $told);
    }

    /** What an answer other than the expected one means. @param mixed $told its JSON, or null */
    public function problem(array $answer, $told): Problem
    {
        $status = $answer['status'];
        $isTold = is_array($told) && isset($told['code']) && is_string($told['code']);
        $detail = $isTold && isset($told['detail']) && is_string($told['detail']) ? substr($told['detail'], 0, 500) : '';
        $params = ['status' => $status, 'detail' => $detail];
        if ($status === 401 || $status === 403) {
            $skew = $answer['date'] === null ? 0 : ($this->clock)() - $answer['date'];
            if (abs($skew) > self::CLOCK_SKEW_SECONDS) {
                $message = 'The clock of this server differs from the connector’s by ' . abs($skew) . ' seconds; at most 300 are allowed.';
                return new Problem('CLOCK_SKEW', $message, ['seconds' => $skew]);
            }
            return new Problem('SIGNATURE_REFUSED', 'The connector does not know this connection, or not with this secret.', $params);
        }
        if ($isTold && $status >= 400 && $status < 500 && $status !== 408 && $status !== 429) {
            return new Problem('REQUEST_REFUSED', "The connector refuses the request ({$told['code']}): $detail", $params + ['code' => $told['code']]);
        }
        if ($status >= 500 || $status === 408 || $status === 429) {
            return new Problem('ENDPOINT_UNAVAILABLE', "The connector answers with HTTP status $status.", $params);
        }
        return new Problem('ANSWER_UNREADABLE', "What answers at the endpoint is not the connector (HTTP status $status).", $params);
    }

    private static function verdicts(array $events): array
    {
        $verdicts = [];
        foreach ($events as $event) {
            if (!is_array($event) || !isset($event['id'], $event['status']) || !is_string($event['id'])) {
                continue;
            }
            $reasons = [isset($event['detail']) && is_string($event['detail']) ? $event['detail'] : ''];
            foreach (isset($event['errors']) && is_array($event['errors']) ? array_slice($event['errors'], 0, 10) : [] as $error) {
                $reasons[] = (isset($error['path']) ? $error['path'] : '') . ' ' . (isset($error['reason']) ? $error['reason'] : '');
            }
            $verdicts[$event['id']] = [
                'status' => $event['status'],
                'code' => isset($event['code']) && is_string($event['code']) ? $event['code'] : 'EVENT_INVALID',
                'reason' => trim(implode("\n", $reasons)),
            ];
        }
        return $verdicts;
    }
}

<?php
namespace OdooConnector;

/**
 * What a person can mend. The code is stable, the admin translates it; the message is English, for logs.
 *
 * PAIRING_CODE_BAD, PAIRING_MISSING, SECRET_BAD, ENDPOINT_BAD, CURL_MISSING, ENDPOINT_UNREACHABLE,
 * ENDPOINT_TIMEOUT, TLS_FAILED, SIGNATURE_REFUSED, CLOCK_SKEW, ANSWER_UNREADABLE, ENDPOINT_UNAVAILABLE,
 * REQUEST_REFUSED; of single events: SNAPSHOT_FAILED, EVENT_TOO_LARGE, and the connector's own codes.
 */
final class Problem extends \RuntimeException
{
    private $problem;
    private $params;

    /** @param array<string, string|int> $params what the translated sentence can name */
    public function __construct(string $problem, string $message, array $params = [], ?\Throwable $cause = null)
    {
        parent::__construct($message, 0, $cause);
        $this->problem = $problem;
        $this->params = $params;
    }

    public function problem(): string
    {
        return $this->problem;
    }

    public function params(): array
    {
        return $this->params;
    }

    /** @return array{code: string, message: string} */
    public function told(): array
    {
        return ['code' => $this->problem, 'message' => $this->getMessage()];
    }
}

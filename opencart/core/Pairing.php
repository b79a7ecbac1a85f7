<?php
namespace OdooConnector;

/** One OpenCart store paired with one connection of the connector. */
final class Pairing
{
    const CODE_PREFIX = 'oco1.';
    const SECRET_PREFIX = 'whsec_';

    /** @var int */
    public $storeId;
    /** @var string origin of the connector's API, without a slash at its end */
    public $endpoint;
    /** @var string */
    public $connection;
    /** @var string `whsec_…` */
    public $secret;
    /** @var string origin of the console, without a slash at its end */
    public $console;
    /** @var array<string, bool> entity → whether its changes are sent in real time; absent: they are */
    public $switches;
    /** @var bool */
    public $verifyTls;

    /** @throws Problem ENDPOINT_BAD, SECRET_BAD or PAIRING_CODE_BAD, for what cannot work */
    public function __construct(
        int $storeId,
        string $endpoint,
        string $connection,
        string $secret,
        string $console = '',
        array $switches = [],
        bool $verifyTls = true
    ) {
        $this->storeId = $storeId;
        $this->endpoint = self::address($endpoint);
        if (!preg_match('/^[a-z][a-z0-9_]{0,39}$/', $connection)) {
            throw new Problem('PAIRING_CODE_BAD', 'The connection has no valid name.');
        }
        $this->connection = $connection;
        if (Signature::key($secret) === null) {
            throw new Problem('SECRET_BAD', 'The secret does not begin with "whsec_", or a part of it is missing.');
        }
        $this->secret = $secret;
        $this->console = $console === '' ? self::origin($this->endpoint) : self::address($console);
        $this->switches = $switches;
        $this->verifyTls = $verifyTls;
    }

    /** @throws Problem PAIRING_CODE_BAD if the text is no pairing code, or only a part of one */
    public static function fromCode(string $code, int $storeId): self
    {
        $code = preg_replace('/\s+/', '', $code);
        if (strncmp($code, self::CODE_PREFIX, strlen(self::CODE_PREFIX)) !== 0) {
            throw new Problem('PAIRING_CODE_BAD', 'A pairing code begins with "oco1.".');
        }
        $json = base64_decode(strtr(substr($code, strlen(self::CODE_PREFIX)), '-_', '+/'), true);
        $told = $json === false ? null : json_decode($json, true);
        foreach (['endpoint', 'connection', 'secret'] as $name) {
            if (!is_array($told) || !isset($told[$name]) || !is_string($told[$name])) {
                throw new Problem('PAIRING_CODE_BAD', 'The pairing code is incomplete.');
            }
        }
        $console = isset($told['console']) && is_string($told['console']) ? $told['console'] : '';
        return new self($storeId, $told['endpoint'], $told['connection'], $told['secret'], $console);
    }

    /** A fresh secret as Standard Webhooks wants it. */
    public static function newSecret(): string
    {
        return self::SECRET_PREFIX . base64_encode(random_bytes(32));
    }

    /** Whether changes of the entity are sent in real time. */
    public function sends(string $entity): bool
    {
        return !isset($this->switches[$entity]) || $this->switches[$entity];
    }

    private static function address(string $url): string
    {
        $url = rtrim(trim($url), '/');
        if (!preg_match('~^https?://[^\s/?#@]+(/[^\s?#]*)?$~i', $url)) {
            throw new Problem('ENDPOINT_BAD', 'The endpoint must be an address such as https://connector.example.');
        }
        return $url;
    }

    private static function origin(string $url): string
    {
        return preg_replace('~^(https?://[^/]+).*$~i', '$1', $url);
    }
}

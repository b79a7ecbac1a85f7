<?php
namespace OdooConnector;

/** Signatures by the Standard Webhooks convention: HMAC-SHA256 over `id.timestamp.body`. */
final class Signature
{
    const TOLERANCE_SECONDS = 300;

    /** The bytes of a `whsec_…` secret, or null where it is none. */
    public static function key(string $secret): ?string
    {
        if (strncmp($secret, Pairing::SECRET_PREFIX, strlen(Pairing::SECRET_PREFIX)) !== 0) {
            return null;
        }
        $key = base64_decode(substr($secret, strlen(Pairing::SECRET_PREFIX)), true);
        return $key === false || strlen($key) < 16 ? null : $key;
    }

    /** @return string[] the header lines of a signed request */
    public static function headers(string $secret, string $id, int $at, string $body): array
    {
        return ['webhook-id: ' . $id, 'webhook-timestamp: ' . $at, 'webhook-signature: ' . self::sign($secret, $id, $at, $body)];
    }

    /**
     * Whether one of the secrets signed this body within five minutes. All are compared, each in constant time.
     *
     * @param string[] $secrets
     * @param string $signatures as in the header: one or several, with spaces between them
     */
    public static function verify(array $secrets, string $id, string $timestamp, string $signatures, string $body, int $now): bool
    {
        if ($id === '' || !preg_match('/^\d{1,12}$/', $timestamp) || abs($now - (int)$timestamp) > self::TOLERANCE_SECONDS) {
            return false;
        }
        $given = array_slice(preg_split('/\s+/', trim($signatures)), 0, 10);
        $fits = false;
        foreach ($secrets as $secret) {
            $expected = self::sign($secret, $id, (int)$timestamp, $body);
            foreach ($given as $signature) {
                $fits = hash_equals($expected, $signature) || $fits;
            }
        }
        return $fits;
    }

    private static function sign(string $secret, string $id, int $at, string $body): string
    {
        $key = self::key($secret);
        if ($key === null) {
            throw new Problem('SECRET_BAD', 'The secret does not begin with "whsec_", or a part of it is missing.');
        }
        return 'v1,' . base64_encode(hash_hmac('sha256', $id . '.' . $at . '.' . $body, $key, true));
    }
}

<?php
namespace OdooConnector;

/** Bearer tokens for the connector's API: JWT by HS256, with a key of their own made of the connection's secret. */
final class Token
{
    const ROLES = ['viewer', 'manager'];

    /** @param string $user who it is given to, for the log */
    public static function mint(Pairing $pairing, string $user, string $role, int $now, int $seconds): string
    {
        if (!in_array($role, self::ROLES, true)) {
            throw new \InvalidArgumentException('The role is viewer or manager.');
        }
        $head = self::part(['alg' => 'HS256', 'typ' => 'JWT']);
        $claims = self::part([
            'connection' => $pairing->connection,
            'role' => $role,
            'sub' => self::subject($user),
            'iss' => 'opencart-odoo',
            'aud' => 'opencart-odoo-api',
            'iat' => $now,
            'exp' => $now + $seconds,
        ]);
        $key = hash_hkdf('sha256', $pairing->secret, 32, 'opencart-odoo bearer token', '');
        return "$head.$claims." . self::base64url(hash_hmac('sha256', "$head.$claims", $key, true));
    }

    private static function subject(string $user): string
    {
        $user = Json::text($user);
        return $user === '' ? 'OpenCart' : substr($user, 0, 255);
    }

    private static function part(array $claims): string
    {
        return self::base64url(Json::encode($claims));
    }

    private static function base64url(string $bytes): string
    {
        return rtrim(strtr(base64_encode($bytes), '+/', '-_'), '=');
    }
}

<?php
namespace OdooConnector\Admin;

use OdooConnector\Entities;
use OdooConnector\Pairing;
use OdooConnector\Problem;

/**
 * What somebody entered in the settings of a store, made a pairing.
 */
final class SettingsForm
{
    /**
     * A pairing code goes before what is entered by hand. An empty secret keeps the one there is.
     *
     * @param array<string, mixed> $form   code, endpoint, connection, console, secret: texts; verify_tls: '1' or '';
     *                                     switches: the entities that are on
     * @param Pairing|null         $former the store's pairing until now
     * @return Pairing|null null if nothing is entered and the store was not paired
     * @throws Problem PAIRING_CODE_BAD, SECRET_BAD, ENDPOINT_BAD
     */
    public static function read(int $storeId, array $form, ?Pairing $former): ?Pairing
    {
        $pairing = self::entered($storeId, $form, $former);
        if ($pairing === null) {
            return null;
        }
        $pairing->verifyTls = !empty($form['verify_tls']);
        // The switches are only shown once the store is paired: until then nothing is switched off.
        if ($former !== null) {
            $pairing->switches = array_fill_keys(Entities::ALL, false);
            foreach ((array) ($form['switches'] ?? []) as $entity) {
                if (isset($pairing->switches[$entity])) {
                    $pairing->switches[$entity] = true;
                }
            }
        }
        return $pairing;
    }

    /** Whether a pairing code was pasted. */
    public static function isPasted(array $form): bool
    {
        return self::text($form, 'code') !== '';
    }

    private static function entered(int $storeId, array $form, ?Pairing $former): ?Pairing
    {
        if (self::isPasted($form)) {
            return Pairing::fromCode(self::text($form, 'code'), $storeId);
        }
        $endpoint = self::text($form, 'endpoint');
        $secret = self::text($form, 'secret');
        if ($former === null && $endpoint === '' && $secret === '') {
            return null;
        }
        if ($secret === '' && $former !== null) {
            $secret = $former->secret;
        }
        return new Pairing($storeId, $endpoint, self::text($form, 'connection'), $secret, self::text($form, 'console'));
    }

    private static function text(array $form, string $name): string
    {
        return isset($form[$name]) && is_string($form[$name]) ? trim($form[$name]) : '';
    }
}

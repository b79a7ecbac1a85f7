<?php
namespace OdooConnector\Admin;

use OdooConnector\Entities;
use OdooConnector\Pairing;

/**
 * What the page of settings shows. The secret is not among it.
 */
final class SettingsPage
{
    const PARKED_SHOWN = 50;

    /**
     * @return array{paired: bool, endpoint: string, connection: string, console: string, verify_tls: bool,
     *               entities: array<int, array{name: string, title: string, on: bool}>}
     */
    public static function connection(?Pairing $pairing, Texts $texts): array
    {
        $entities = [];
        foreach (Entities::ALL as $entity) {
            $entities[] = [
                'name' => $entity,
                'title' => $texts->get('entity_' . $entity),
                'on' => $pairing === null || $pairing->sends($entity),
            ];
        }
        return [
            'paired' => $pairing !== null,
            'endpoint' => $pairing === null ? '' : $pairing->endpoint,
            'connection' => $pairing === null ? 'main' : $pairing->connection,
            'console' => $pairing === null ? '' : $pairing->console,
            'verify_tls' => $pairing === null || $pairing->verifyTls,
            'entities' => $entities,
        ];
    }

    /**
     * @param array $status what Outbox::status says
     * @param array $parked what Outbox::parked says
     * @return array{waiting: int, oldest: ?string, parked: int, last_sent: ?string, problem: ?array, rows: array}
     *         the problem and each row's `reason` are notices
     */
    public static function outbox(array $status, array $parked, Texts $texts, Messages $messages): array
    {
        $problem = $status['problem'];
        return [
            'waiting' => $status['waiting'],
            'oldest' => $status['oldest'],
            'parked' => $status['parked'],
            'last_sent' => $status['lastSentAt'],
            'problem' => $problem === null ? null : $messages->problem($problem['code'], [], $problem['message']),
            'parked_more' => count($parked) < $status['parked']
                ? $texts->get('text_parked_more', ['shown' => count($parked), 'total' => $status['parked']])
                : '',
            'rows' => array_map(static function (array $row) use ($texts, $messages): array {
                return [
                    'record' => $texts->get('record_' . $row['entity'], ['id' => $row['recordId']]),
                    'deleted' => $row['action'] === 'delete',
                    'since' => $row['occurredAt'],
                    'reason' => $messages->problem($row['code'], [], $row['reason']),
                ];
            }, $parked),
        ];
    }
}

<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** How an order is shipped or paid: a text and a code on 3.x, JSON from 4.0.2 on. */
final class OrderMethod
{
    /**
     * @param array $order row of the table
     * @param string $kind shipping or payment
     * @return array{code: string, name: string, taxClassId: ?int}|null `taxClassId`: null where it is not said
     */
    public static function of(array $order, string $kind): ?array
    {
        $told = Json::decode((string)$order[$kind . '_method']);
        if (is_array($told)) {
            if (!isset($told['code'])) {
                return null;
            }
            $name = Json::text(isset($told['name']) ? (string)$told['name'] : '');
            $taxClassId = isset($told['tax_class_id']) ? (int)$told['tax_class_id'] : null;
            return ['code' => (string)$told['code'], 'name' => self::plain($name), 'taxClassId' => $taxClassId];
        }
        $code = isset($order[$kind . '_code']) ? (string)$order[$kind . '_code'] : '';
        return $code === '' ? null : ['code' => $code, 'name' => self::plain(Json::text($order[$kind . '_method'])), 'taxClassId' => null];
    }

    /** Some extensions put a logo into their title. */
    private static function plain(string $name): string
    {
        return Text::limited(trim(strip_tags($name)), 255);
    }
}

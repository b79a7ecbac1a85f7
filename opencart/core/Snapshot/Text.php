<?php
namespace OdooConnector\Snapshot;

final class Text
{
    /** At most so many UTF-16 units, as the connector counts them; no character is cut in two. */
    public static function limited(string $text, int $limit): string
    {
        if (strlen($text) <= $limit) {
            return $text;
        }
        $units = 0;
        $bytes = 0;
        $length = strlen($text);
        while ($bytes < $length) {
            $lead = ord($text[$bytes]);
            $size = $lead < 0x80 ? 1 : ($lead < 0xE0 ? 2 : ($lead < 0xF0 ? 3 : 4));
            $units += $size === 4 ? 2 : 1;
            if ($units > $limit) {
                return substr($text, 0, $bytes);
            }
            $bytes += $size;
        }
        return $text;
    }
}

<?php
namespace OdooConnector\Snapshot;

/** Decimal numbers as text. What has to be computed the database computes, in DECIMAL. */
final class Decimal
{
    /** Without zeros at its end: `2.5000` → `2.5`. */
    public static function short(?string $number): string
    {
        $number = (string)$number;
        if (strpos($number, '.') !== false) {
            $number = rtrim(rtrim($number, '0'), '.');
        }
        return $number === '' || $number === '-0' || $number === '-' ? '0' : $number;
    }

    /** With the sign that OpenCart keeps in a column of its own. */
    public static function signed(string $number, string $prefix): string
    {
        return $prefix === '-' && trim($number, '0.') !== '' ? '-' . $number : $number;
    }

    /** In units of 1/10,000, for comparisons. */
    public static function tenThousandths(string $number): int
    {
        $isNegative = $number !== '' && $number[0] === '-';
        $parts = explode('.', ltrim($number, '+-'));
        $fraction = str_pad(substr(isset($parts[1]) ? $parts[1] : '', 0, 4), 4, '0');
        $value = (int)$parts[0] * 10000 + (int)$fraction;
        return $isNegative ? -$value : $value;
    }
}

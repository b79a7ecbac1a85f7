<?php
namespace OdooConnector;

/** JSON without surprises: invalid UTF-8 is replaced, not fatal, and slashes stay as they are. */
final class Json
{
    /** @throws \JsonException where a value cannot be written at all */
    public static function encode($value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE);
    }

    /** In ASCII, for columns whose connection may not know all of Unicode. */
    public static function ascii($value): string
    {
        return json_encode($value, JSON_THROW_ON_ERROR | JSON_INVALID_UTF8_SUBSTITUTE | JSON_UNESCAPED_SLASHES);
    }

    /** @return mixed null where it is no JSON */
    public static function decode(string $text)
    {
        return json_decode($text, true);
    }

    /** The text as OpenCart shows it: it stores names HTML-escaped. */
    public static function text(?string $stored): string
    {
        return html_entity_decode((string)$stored, ENT_QUOTES, 'UTF-8');
    }
}

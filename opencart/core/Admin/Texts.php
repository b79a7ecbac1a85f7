<?php
namespace OdooConnector\Admin;

/**
 * The strings of the admin pages in one language; what is not translated is English.
 *
 * OpenCart's own loader is not used: it keeps one container for a whole request, and menu and buttons,
 * which are made while another page is, would change that page's headings.
 */
final class Texts
{
    const FALLBACK = 'en-gb';

    /** @var array<string, string> */
    private $texts;

    /** @param array<string, string> $texts */
    public function __construct(array $texts)
    {
        $this->texts = $texts;
    }

    /**
     * @param string $pattern path of a file of strings, `%s` is the locale
     * @param string $locale  e.g. `de-de`; one that there is no file of is English
     */
    public static function open(string $pattern, string $locale): self
    {
        $texts = self::file($pattern, self::FALLBACK);
        if ($locale !== self::FALLBACK && preg_match('/^[a-z]{2,3}([-_][a-z0-9]{2,8})*$/iD', $locale)) {
            $texts = self::file($pattern, $locale) + $texts;
        }
        return new self($texts);
    }

    public function has(string $key): bool
    {
        return isset($this->texts[$key]);
    }

    /**
     * @param array<string, scalar|null> $params what `{name}` in the text stands for
     * @return string the text; its key where there is none, so that a forgotten one is seen
     */
    public function get(string $key, array $params = []): string
    {
        $named = [];
        foreach ($params as $name => $value) {
            $named['{' . $name . '}'] = (string) $value;
        }
        return strtr($this->texts[$key] ?? $key, $named);
    }

    /** @return array<string, string> */
    public function all(): array
    {
        return $this->texts;
    }

    private static function file(string $pattern, string $locale): array
    {
        $file = sprintf($pattern, $locale);
        if (!is_file($file)) {
            return [];
        }
        $_ = [];
        require $file;
        return $_;
    }
}

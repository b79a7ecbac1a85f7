<?php
namespace OdooConnector\Admin;

/**
 * The address of a page of the console, for the frame that shows it.
 */
final class ConsolePage
{
    /** @var string what the frame shows */
    public $address;
    /** @var string scheme, host and port: whom messages are exchanged with */
    public $origin;
    /** @var string path within the console, with its query */
    public $path;

    /**
     * @param string $console address of the console
     * @param string $asked   the path that somebody asks for; one that is none opens the first page
     */
    public static function of(string $console, string $asked): self
    {
        $page = new self();
        $page->path = self::path($asked);
        $page->origin = self::originOf($console);
        $page->address = rtrim($console, '/') . $page->path
            . (strpos($page->path, '?') === false ? '?' : '&') . 'embed=1';
        return $page;
    }

    /** @return string `https://console.example:8443`; empty if the address is none */
    public static function originOf(string $address): string
    {
        $parts = parse_url($address);
        if (!is_array($parts) || !isset($parts['scheme'], $parts['host'])) {
            return '';
        }
        return strtolower($parts['scheme'] . '://' . $parts['host'])
            . (isset($parts['port']) ? ':' . $parts['port'] : '');
    }

    /** A path cannot leave the console: no host, no way up, nothing that ends an attribute. */
    private static function path(string $asked): string
    {
        $isPath = preg_match('~^/(?!/)[A-Za-z0-9/_.:%-]*(\?[A-Za-z0-9=&_.:%+,-]*)?$~D', $asked);
        return $isPath && strpos($asked, '..') === false ? $asked : '/';
    }
}

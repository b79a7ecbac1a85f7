<?php
namespace OdooConnector\Snapshot;

/** What of the store is not in its database. What is not given is taken from OpenCart's constants. */
final class Surroundings
{
    /** @var string of the default store, with a slash at its end; empty: not known */
    public $storeUrl;
    /** @var string */
    public $imageDir;
    /** @var string */
    public $catalogDir;
    /** @var string empty up to OpenCart 3 */
    public $extensionDir;
    /** @var \DateTimeZone of the times in the store's tables */
    public $timezone;

    /** @param array $options of Connector::open */
    public function __construct(array $options)
    {
        // Both applications must say the same, or hashes would change with who makes them.
        $isAdmin = defined('HTTP_CATALOG');
        $urls = $isAdmin ? ['HTTPS_CATALOG', 'HTTP_CATALOG'] : ['HTTPS_SERVER', 'HTTP_SERVER'];
        $this->storeUrl = isset($options['storeUrl']) ? $options['storeUrl'] : self::constant($urls);
        $this->imageDir = isset($options['imageDir']) ? $options['imageDir'] : self::constant(['DIR_IMAGE']);
        $catalog = self::constant($isAdmin ? ['DIR_CATALOG'] : ['DIR_APPLICATION']);
        $this->catalogDir = isset($options['catalogDir']) ? $options['catalogDir'] : $catalog;
        $this->extensionDir = isset($options['extensionDir']) ? $options['extensionDir'] : self::constant(['DIR_EXTENSION']);
        $this->timezone = new \DateTimeZone(isset($options['timezone']) ? $options['timezone'] : date_default_timezone_get());
    }

    private static function constant(array $names): string
    {
        foreach ($names as $name) {
            if (defined($name)) {
                return (string)constant($name);
            }
        }
        return '';
    }

    /** A time of the store's tables in UTC, ISO 8601; null for none. */
    public function utc(?string $local): ?string
    {
        if ($local === null || $local === '' || strncmp($local, '0000', 4) === 0) {
            return null;
        }
        $at = new \DateTime($local, $this->timezone);
        return $at->setTimezone(new \DateTimeZone('UTC'))->format('Y-m-d\TH:i:s\Z');
    }
}

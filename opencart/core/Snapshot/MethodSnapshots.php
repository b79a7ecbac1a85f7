<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Installed shipping or payment extensions, by their code; called as their storefront language file calls them. */
abstract class MethodSnapshots extends Source
{
    protected $isNumbered = false;

    /** `shipping` or `payment`, as OpenCart's table of extensions says it. */
    abstract protected function type(): string;

    protected function records(StoreContext $store): array
    {
        $from = '(SELECT DISTINCT code FROM {extension} WHERE type = ?) methods';
        return ['from' => $from, 'id' => 'code', 'where' => '1', 'params' => [$this->type()]];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        $found = [];
        foreach ($ids as $code) {
            $found[$code] = ['name' => $this->name($store, $code)];
        }
        return $found;
    }

    private function name(StoreContext $store, string $code): string
    {
        if (preg_match('/^[A-Za-z0-9_]+$/', $code)) {
            foreach ($store->languageCodes() as $language) {
                foreach ($this->files($language, $code) as $file) {
                    $texts = self::texts($file);
                    foreach (['text_title', 'heading_title'] as $key) {
                        $name = isset($texts[$key]) && is_string($texts[$key]) ? self::plain($texts[$key]) : '';
                        if ($name !== '') {
                            return Text::limited($name, 255);
                        }
                    }
                }
            }
        }
        return ucwords(str_replace('_', ' ', $code));
    }

    /** @return string[] */
    private function files(string $language, string $code): array
    {
        $around = $this->catalogue->surroundings;
        $type = $this->type();
        $files = [$around->catalogDir . "language/$language/extension/$type/$code.php"];
        if ($around->extensionDir !== '') {
            $files = array_merge($files, glob($around->extensionDir . "*/catalog/language/$language/$type/$code.php") ?: []);
        }
        return array_values(array_filter($files, 'is_file'));
    }

    /** A language file of OpenCart fills `$_`. */
    private static function texts(string $file): array
    {
        $_ = [];
        ob_start();
        try {
            include $file;
        } finally {
            ob_end_clean();
        }
        return $_;
    }

    private static function plain(string $text): string
    {
        return trim(preg_replace('/\s+/', ' ', strip_tags(Json::text($text))));
    }
}

<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** One store of the installation: its settings, languages and place. */
final class StoreContext
{
    /** @var int */
    public $storeId;
    private $tables;
    private $surroundings;
    private $settings = [];
    /** @var bool|null */
    private $isAlone;
    /** @var array<string, string> language id → code, the store's default language first */
    private $languages = [];

    public function __construct(Tables $tables, Surroundings $surroundings, int $storeId)
    {
        $this->storeId = $storeId;
        $this->tables = $tables;
        $this->surroundings = $surroundings;
        $sql = 'SELECT `key`, value FROM {setting} WHERE store_id IN (0, ?) AND serialized = 0 ORDER BY store_id';
        foreach ($tables->rows($sql, [$storeId]) as $row) {
            $this->settings[$row['key']] = (string)$row['value'];
        }
        // 4.1 calls it by another name.
        $default = $this->setting('config_language_catalog') ?: $this->setting('config_language');
        $sql = 'SELECT language_id, code FROM {language} ORDER BY code = ? DESC, status DESC, sort_order, language_id';
        foreach ($tables->rows($sql, [$default]) as $row) {
            $this->languages[$row['language_id']] = $row['code'];
        }
    }

    public function setting(string $key): string
    {
        return isset($this->settings[$key]) ? $this->settings[$key] : '';
    }

    public function languageCode(?string $languageId): string
    {
        return isset($this->languages[$languageId]) ? $this->languages[$languageId] : '';
    }

    public function languageCodes(): array
    {
        return array_values($this->languages);
    }

    /** The store's default language. */
    public function languageId(): int
    {
        reset($this->languages);
        return (int)key($this->languages);
    }

    /** @return array{0: int, 1: int} country and zone of the store */
    public function home(): array
    {
        return [(int)$this->setting('config_country_id'), (int)$this->setting('config_zone_id')];
    }

    /** Whether the installation has no other store. */
    public function isAlone(): bool
    {
        if ($this->isAlone === null) {
            $this->isAlone = $this->tables->rows('SELECT 1 FROM {store} LIMIT 1') === [];
        }
        return $this->isAlone;
    }

    /** Where the store's images are, with a slash at its end; empty: not known. */
    public function url(): string
    {
        $url = $this->surroundings->storeUrl;
        if ($this->storeId !== 0) {
            $ssl = $this->tables->has('store', 'ssl') ? "IF(`ssl` <> '', `ssl`, url)" : 'url';
            $rows = $this->tables->rows("SELECT $ssl AS url FROM {store} WHERE store_id = ?", [$this->storeId]);
            $url = $rows === [] || $rows[0]['url'] === '' ? $url : $rows[0]['url'];
        }
        return $url === '' ? '' : rtrim($url, '/') . '/';
    }

    /**
     * What records are called in each language, the default language first; a language without a name is left out.
     *
     * @param string $table of the descriptions
     * @param string $key the column with the record's id
     * @param string[] $ids
     * @param bool $withDescription
     * @return array<string, array<int, array{languageCode: string, name: string}>> id → names
     */
    public function names(string $table, string $key, array $ids, bool $withDescription = false): array
    {
        if ($ids === []) {
            return [];
        }
        $more = $withDescription ? ', description' : '';
        $names = [];
        $rows = $this->tables->grouped($key, "SELECT `$key`, language_id, name$more FROM {{$table}} WHERE `$key` IN (?)", [$ids]);
        foreach ($rows as $id => $descriptions) {
            $by = array_column($descriptions, null, 'language_id');
            foreach ($this->languages as $languageId => $code) {
                if (!isset($by[$languageId]) || trim($by[$languageId]['name']) === '') {
                    continue;
                }
                $name = ['languageCode' => $code, 'name' => Json::text($by[$languageId]['name'])];
                if ($withDescription && (string)$by[$languageId]['description'] !== '') {
                    $name['description'] = Text::limited(Json::text($by[$languageId]['description']), 65535);
                }
                $names[$id][] = $name;
            }
        }
        return $names;
    }

    /** What a record is called where nobody gave it a name. */
    public function unnamed(string $id): array
    {
        return [['languageCode' => $this->languageCode((string)$this->languageId()), 'name' => '#' . $id]];
    }
}

<?php
namespace OdooConnector\Admin;

/**
 * What the pages need of the OpenCart around them, the same on both lines.
 */
final class OpenCart
{
    /** @var object OpenCart's registry */
    private $registry;
    /** @var Line */
    private $line;

    /** @param object $registry with get() and has() */
    public function __construct($registry, Line $line)
    {
        $this->registry = $registry;
        $this->line = $line;
    }

    /** @param string $kind access or modify */
    public function can(string $kind): bool
    {
        return (bool) $this->registry->get('user')->hasPermission($kind, $this->line->route);
    }

    public function canInstall(): bool
    {
        return (bool) $this->registry->get('user')->hasPermission('modify', $this->line->modulesPermission);
    }

    public function userName(): string
    {
        return (string) $this->registry->get('user')->getUserName();
    }

    public function isPost(): bool
    {
        $server = $this->registry->get('request')->server;
        return ($server['REQUEST_METHOD'] ?? '') === 'POST';
    }

    /** Locale of the person's admin, as OpenCart writes it: `en-gb`. */
    public function locale(): string
    {
        $config = $this->registry->get('config');
        return strtolower((string) ($config->get('config_admin_language') ?: $config->get('config_language_admin')));
    }

    /** @return array<string, mixed> the query, with what OpenCart escaped as it was sent */
    public function query(): array
    {
        return self::decoded($this->registry->get('request')->get);
    }

    /** @return array<string, mixed> the form, with what OpenCart escaped as it was sent */
    public function form(): array
    {
        return self::decoded($this->registry->get('request')->post);
    }

    /** The address of one of the module's methods, ready for a browser but not escaped for HTML. */
    public function link(string $method, array $query = []): string
    {
        return $this->pageLink($this->line->action($method), $query);
    }

    public function pageLink(string $route, array $query = []): string
    {
        $query = ['user_token' => $this->registry->get('session')->data['user_token'] ?? ''] + $query;
        $url = $this->registry->get('url')->link($route, http_build_query($query), true);
        return html_entity_decode($url, ENT_QUOTES, 'UTF-8');
    }

    /** @return array<int, array{id: int, name: string, url: string}> the default store first */
    public function stores(): array
    {
        $stores = [['id' => 0, 'name' => (string) $this->registry->get('config')->get('config_name'), 'url' => $this->line->catalogUrl]];
        foreach ($this->model('setting/store')->getStores() as $store) {
            $url = empty($store['ssl']) ? $store['url'] : $store['ssl'];
            $stores[] = ['id' => (int) $store['store_id'], 'name' => $store['name'], 'url' => rtrim($url, '/') . '/'];
        }
        return array_map(static function (array $store): array {
            return ['name' => html_entity_decode($store['name'], ENT_QUOTES, 'UTF-8')] + $store;
        }, $stores);
    }

    /** @return object one of OpenCart's models */
    public function model(string $route)
    {
        $this->registry->get('load')->model($route);
        return $this->registry->get('model_' . str_replace('/', '_', $route));
    }

    /** @return mixed a setting of the module */
    public function setting(string $name)
    {
        return $this->registry->get('config')->get('module_odoo_connector_' . $name);
    }

    /** @param array<string, scalar> $settings all of the module's; what is not among them is forgotten */
    public function saveSettings(array $settings): void
    {
        $named = [];
        foreach ($settings as $name => $value) {
            $named['module_odoo_connector_' . $name] = $value;
            $this->registry->get('config')->set('module_odoo_connector_' . $name, $value);
        }
        $this->model('setting/setting')->editSetting('module_odoo_connector', $named);
    }

    public function render(string $template, array $data): string
    {
        return (string) $this->registry->get('load')->view($this->line->templates . $template, $data);
    }

    /** Answers with a page of the admin. */
    public function page(string $template, string $title, array $data): void
    {
        $this->registry->get('document')->setTitle($title);
        foreach (['header', 'column_left', 'footer'] as $part) {
            $data[$part] = $this->registry->get('load')->controller('common/' . $part);
        }
        $this->registry->get('response')->setOutput($this->render($template, $data));
    }

    /** Answers a script. Tokens and secrets may be among it: nobody keeps a copy. */
    public function json(array $data): void
    {
        $response = $this->registry->get('response');
        $response->addHeader('Content-Type: application/json');
        $response->addHeader('Cache-Control: no-store');
        $response->setOutput(json_encode($data));
    }

    /** @return mixed */
    private static function decoded($value)
    {
        if (is_array($value)) {
            return array_map([self::class, 'decoded'], $value);
        }
        return is_string($value) ? html_entity_decode($value, ENT_QUOTES, 'UTF-8') : $value;
    }
}

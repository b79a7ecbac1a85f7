<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Test\Support\StoreDatabase;

/**
 * As much of an OpenCart registry as the admin pages touch: what people send goes in, what they are answered
 * comes out. It is also each of the services.
 */
final class FakeOpenCart
{
    public $get = ['user_token' => 'token'];
    public $post = [];
    public $server = ['REQUEST_METHOD' => 'GET'];
    public $data = ['user_token' => 'token'];
    /** @var StoreDatabase */
    public $db;
    /** @var string[] */
    public $permissions = [];
    /** @var array<string, mixed> */
    public $config = ['config_name' => 'Shop', 'config_admin_language' => 'en-gb'];
    /** @var array<int, array{code: string, trigger: string, action: string}> */
    public $events = [];
    /** @var array<int, array{store_id: int, name: string, url: string, ssl: string}> */
    public $stores = [];
    /** @var string[] */
    public $log = [];
    public $output = '';
    public $headers = [];
    /** What OpenCart 4 gives for a setting that there is not. */
    private $missing;
    private $line;

    public function __construct(StoreDatabase $db, int $line)
    {
        $this->db = $db;
        $this->line = $line;
        $this->missing = $line === 3 ? null : '';
    }

    /** A service of the registry, or a setting. */
    public function get(string $name)
    {
        if (in_array($name, ['user', 'request', 'session', 'url', 'response', 'load', 'document', 'log', 'config'], true) || strpos($name, 'model_') === 0) {
            return $this;
        }
        return array_key_exists($name, $this->config) ? $this->config[$name] : $this->missing;
    }

    public function set(string $name, $value): void
    {
        $this->config[$name] = $value;
    }

    public function hasPermission(string $kind, string $route): bool
    {
        return in_array("$kind $route", $this->permissions, true);
    }

    public function getUserName(): string
    {
        return 'maud';
    }

    public function link(string $route, string $query): string
    {
        return "https://shop.example/admin/index.php?route=$route&amp;" . str_replace('&', '&amp;', $query);
    }

    public function setOutput(string $output): void
    {
        $this->output = $output;
    }

    public function addHeader(string $header): void
    {
        $this->headers[] = $header;
    }

    public function setTitle(string $title): void
    {
    }

    public function model(string $route): void
    {
    }

    public function controller(string $route): string
    {
        return $route;
    }

    public function view(string $template, array $data): string
    {
        return $template . json_encode($data);
    }

    public function write(string $line): void
    {
        $this->log[] = $line;
    }

    public function getStores(): array
    {
        return $this->stores;
    }

    public function editSetting(string $code, array $settings): void
    {
        foreach (array_keys($this->config) as $name) {
            if (strpos($name, $code) === 0) {
                unset($this->config[$name]);
            }
        }
        $this->config = $settings + $this->config;
    }

    /** OpenCart 3 takes its arguments one by one, 4 an array. */
    public function addEvent($event, $trigger = null, $action = null, $status = null, $sortOrder = null): void
    {
        if ($this->line === 3) {
            $event = ['code' => $event, 'trigger' => $trigger, 'action' => $action, 'status' => $status, 'sort_order' => $sortOrder];
        }
        if (!$event['status']) {
            throw new \LogicException('The event would never fire.');
        }
        $this->events[] = ['code' => $event['code'], 'trigger' => $event['trigger'], 'action' => $event['action']];
    }

    public function deleteEventByCode(string $code): void
    {
        $this->events = array_values(array_filter($this->events, static function (array $event) use ($code): bool {
            return $event['code'] !== $code;
        }));
    }

    /** What OpenCart does when a module is uninstalled, beside calling it. */
    public function forgetSettings(): void
    {
        $this->editSetting('module_odoo_connector', []);
    }
}

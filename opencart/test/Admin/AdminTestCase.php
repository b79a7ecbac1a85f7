<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\Line;
use OdooConnector\Admin\Module;
use OdooConnector\Connector;
use OdooConnector\Pairing;
use OdooConnector\Test\Support\StoreDatabase;
use PHPUnit\Framework\TestCase;

/** The module in an OpenCart whose database is real. */
abstract class AdminTestCase extends TestCase
{
    /** @var StoreDatabase */
    protected $db;
    /** @var FakeOpenCart */
    protected $opencart;
    /** @var Line */
    protected $line;

    protected function setUp(): void
    {
        $this->db = new StoreDatabase();
        $this->open(4);
    }

    protected function tearDown(): void
    {
        $this->db->drop();
    }

    /** An OpenCart of that line, with somebody who may do everything. */
    protected function open(int $line): void
    {
        $languages = sys_get_temp_dir() . '/none/';
        $this->line = $line === 3 ? Line::three($languages, 'https://shop.example/') : Line::four($languages, 'https://shop.example/');
        $this->line->language = TextsTest::files();
        $this->opencart = new FakeOpenCart($this->db, $line);
        $this->allow('access', 'modify', 'install');
    }

    protected function allow(string ...$kinds): void
    {
        $this->opencart->permissions = array_map(function (string $kind): string {
            return $kind === 'install' ? 'modify ' . $this->line->modulesPermission : $kind . ' ' . $this->line->route;
        }, $kinds);
    }

    protected function module(): Module
    {
        return new Module($this->opencart, $this->line, $this->connector());
    }

    protected function connector(): Connector
    {
        return Connector::open($this->db, StoreDatabase::PREFIX);
    }

    protected function pair(int $storeId = 0): Pairing
    {
        // Nothing listens there.
        $pairing = new Pairing($storeId, 'http://127.0.0.1:9', 'main', SettingsFormTest::SECRET, 'https://console.example');
        $this->connector()->pairings()->save($pairing);
        return $pairing;
    }

    /** @return array what a script is answered that sends this form */
    protected function post(array $form, callable $to): array
    {
        $this->opencart->server['REQUEST_METHOD'] = 'POST';
        // As OpenCart's request does.
        array_walk_recursive($form, static function (&$value): void {
            $value = htmlspecialchars($value, ENT_COMPAT, 'UTF-8');
        });
        $this->opencart->post = $form;
        $to($this->module());
        $this->assertContains('Cache-Control: no-store', $this->opencart->headers);
        return json_decode($this->opencart->output, true);
    }
}

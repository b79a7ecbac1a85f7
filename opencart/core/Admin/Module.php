<?php
namespace OdooConnector\Admin;

use OdooConnector\Connector;

/**
 * The admin side of the extension, for a controller of OpenCart.
 */
final class Module
{
    /** @var OpenCart */
    private $opencart;
    /** @var Line */
    private $line;
    /** @var Connector */
    private $connector;
    /** @var Texts */
    private $texts;
    /** @var callable(string): void */
    private $log;

    /** @param object $registry OpenCart's */
    public function __construct($registry, Line $line, Connector $connector)
    {
        $this->opencart = new OpenCart($registry, $line);
        $this->line = $line;
        $this->connector = $connector;
        $this->texts = Texts::open($line->language, $this->opencart->locale());
        $this->log = [$registry->get('log'), 'write'];
    }

    public function settings(): SettingsActions
    {
        return new SettingsActions($this->opencart, $this->line, $this->connector, $this->texts, $this->log);
    }

    public function console(): ConsoleActions
    {
        return new ConsoleActions($this->opencart, $this->line, $this->connector, $this->texts, $this->log);
    }

    public function sync(): SyncActions
    {
        return new SyncActions($this->opencart, $this->line, $this->connector, $this->texts, $this->log);
    }

    /** OpenCart calls it after its own installation; nobody else may. */
    public function install(): void
    {
        if ($this->opencart->canInstall()) {
            (new Setup($this->opencart, $this->line, $this->connector))->install();
        }
    }

    public function uninstall(): void
    {
        if ($this->opencart->canInstall()) {
            (new Setup($this->opencart, $this->line, $this->connector))->uninstall();
        }
    }
}

<?php
namespace OdooConnector\Admin;

use OdooConnector\Connector;
use OdooConnector\Schema;
use OdooConnector\Triggers;

/**
 * Installs the extension into OpenCart, mends what is half installed, and takes it out again. Tables with the
 * outbox and the pairings always stay.
 */
final class Setup
{
    const MENU = 'odoo_connector_menu';
    const BUTTONS = 'odoo_connector_sync';

    /** @var OpenCart */
    private $opencart;
    /** @var Line */
    private $line;
    /** @var Connector */
    private $connector;

    public function __construct(OpenCart $opencart, Line $line, Connector $connector)
    {
        $this->opencart = $opencart;
        $this->line = $line;
        $this->connector = $connector;
    }

    /** Can be repeated: what is there is made anew. */
    public function install(): void
    {
        // A setting that there is not is null on OpenCart 3 and an empty text on 4.
        $status = (string) $this->opencart->setting('status');
        $this->enable($status === '' || $status === '1');
    }

    /** @param bool $isEnabled disabled, changes are not recorded; the menu stays */
    public function enable(bool $isEnabled): void
    {
        $this->connector->install();
        $this->forgetEvents();
        foreach ($this->events() as $event) {
            if ($isEnabled || $event['code'] === self::MENU) {
                $this->addEvent($event);
            }
        }
        $this->opencart->saveSettings(['status' => $isEnabled ? 1 : 0, 'stamp' => $this->stamp()]);
    }

    /**
     * Makes tables that are not there, and registers the events again if the files are of another release than what
     * is registered: an upgrade of OpenCart 3.
     */
    public function mend(): void
    {
        $this->connector->install();
        if ($this->opencart->setting('stamp') !== $this->stamp()) {
            $this->install();
        }
    }

    /** OpenCart itself forgets the module's settings. */
    public function uninstall(): void
    {
        $this->forgetEvents();
    }

    /** @return array<int, array{code: string, trigger: string, action: string}> all that OpenCart shall call */
    public function events(): array
    {
        $events = [];
        foreach (Triggers::all() as $trigger) {
            $events[] = [
                'code' => Triggers::CODE,
                'trigger' => $trigger['trigger'],
                'action' => $trigger['application'] === 'catalog'
                    ? $this->line->catalogRoute . $this->line->separator . $trigger['handler']
                    : $this->line->action($trigger['handler']),
            ];
        }
        $events[] = ['code' => self::MENU, 'trigger' => 'admin/view/common/column_left/before', 'action' => $this->line->action('menu')];
        foreach (SyncButton::views($this->line->version) as $view) {
            $events[] = ['code' => self::BUTTONS, 'trigger' => "admin/view/$view/after", 'action' => $this->line->action('button')];
        }
        return $events;
    }

    private function forgetEvents(): void
    {
        $model = $this->opencart->model('setting/event');
        foreach ([Triggers::CODE, self::MENU, self::BUTTONS] as $code) {
            $model->deleteEventByCode($code);
        }
    }

    private function addEvent(array $event): void
    {
        $model = $this->opencart->model('setting/event');
        if ($this->line->version === 3) {
            $model->addEvent($event['code'], $event['trigger'], $event['action'], 1, 0);
        } else {
            $model->addEvent($event + ['description' => 'Odoo Connector', 'status' => true, 'sort_order' => 0]);
        }
    }

    private function stamp(): string
    {
        return sha1(serialize([Release::VERSION, $this->events(), Schema::TABLES]));
    }
}

<?php
namespace OdooConnector\Admin;

use OdooConnector\Connector;
use OdooConnector\Problem;

/**
 * What the module's pages share: who may do what, and how something that goes wrong is told.
 */
abstract class Actions
{
    /** @var OpenCart */
    protected $opencart;
    /** @var Line */
    protected $line;
    /** @var Connector */
    protected $connector;
    /** @var Texts */
    protected $texts;
    /** @var Messages */
    protected $messages;
    /** @var callable(string): void */
    private $log;

    /** @param callable(string): void $log OpenCart's error log */
    public function __construct(OpenCart $opencart, Line $line, Connector $connector, Texts $texts, callable $log)
    {
        $this->opencart = $opencart;
        $this->line = $line;
        $this->connector = $connector;
        $this->texts = $texts;
        $this->messages = new Messages($texts);
        $this->log = $log;
    }

    /**
     * Answers a script that sent a form. OpenCart has checked the user's token before.
     *
     * @param string $kind the permission it takes: access or modify
     * @param callable(array): array $do takes the form; returns what the script is told, e.g. `notice`
     */
    protected function answer(string $kind, callable $do): void
    {
        $this->opencart->json($this->attempt($kind, $do));
    }

    /** Does something to a page of OpenCart, which must come out whatever goes wrong with ours. */
    protected function aside(callable $do): void
    {
        try {
            $do();
        } catch (\Throwable $error) {
            $this->note($error);
        }
    }

    /** Only what and where: a message of the database quotes the statement, and that can hold the secret. */
    private function note(\Throwable $error): void
    {
        ($this->log)('Odoo Connector: ' . get_class($error) . ' at ' . basename($error->getFile()) . ':' . $error->getLine());
    }

    private function attempt(string $kind, callable $do): array
    {
        if (!$this->opencart->isPost()) {
            return ['notice' => $this->messages->problem('METHOD')];
        }
        if (!$this->opencart->can($kind)) {
            return ['notice' => $this->messages->problem('PERMISSION')];
        }
        try {
            return $do($this->opencart->form());
        } catch (Problem $problem) {
            return ['notice' => $this->messages->of($problem)];
        } catch (\Throwable $error) {
            $this->note($error);
            return ['notice' => $this->messages->problem('UNEXPECTED')];
        }
    }

    /** @param array<string, mixed> $told query or form; @return array{id: int, name: string, url: string} the store it names, else the default one */
    protected function store(array $told): array
    {
        $asked = isset($told['store_id']) && is_scalar($told['store_id']) ? (int) $told['store_id'] : 0;
        $stores = $this->opencart->stores();
        foreach ($stores as $store) {
            if ($store['id'] === $asked) {
                return $store;
            }
        }
        return $stores[0];
    }

    /** What every template gets. */
    protected function shared(): array
    {
        return [
            't' => $this->texts->all(),
            'locale' => $this->opencart->locale(),
            'line' => $this->line->version,
            'assets' => $this->line->assets,
            'release' => Release::VERSION,
            'may_change' => $this->opencart->can('modify'),
            // What the scripts say by themselves: when nothing of the store's answers them.
            'script_texts' => [
                'close' => $this->texts->get('button_close'),
                'expired' => $this->messages->problem('SESSION_EXPIRED'),
                'failed' => $this->messages->problem('STORE_UNREACHABLE'),
            ],
        ];
    }

    /**
     * @param array{text: string, href: string} $above where the page belongs
     * @return array<int, array{text: string, href: string}>
     */
    protected function breadcrumbs(array $above, string $title, string $href): array
    {
        return [
            ['text' => $this->texts->get('text_home'), 'href' => $this->opencart->pageLink('common/dashboard')],
            $above,
            ['text' => $title, 'href' => $href],
        ];
    }

    /** The address of OpenCart's list of modules. */
    protected function modules(): string
    {
        return $this->opencart->pageLink('marketplace/extension', ['type' => 'module']);
    }
}

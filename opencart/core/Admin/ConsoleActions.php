<?php
namespace OdooConnector\Admin;

use OdooConnector\Pairing;

/**
 * The page that shows the connector's console inside the admin, and the menu that leads there.
 */
final class ConsoleActions extends Actions
{
    const TOKEN_SECONDS = 300;
    /** How long the console may take to say that it is there. */
    const READY_MILLISECONDS = 8000;

    /** GET: the page, `page` is a path of the console. */
    public function page(): void
    {
        $query = $this->opencart->query() + $this->firstPaired();
        $store = $this->store($query);
        $pairing = $this->connector->pairings()->of($store['id']);
        $asked = isset($query['page']) && is_string($query['page']) ? $query['page'] : '/';
        $shown = ConsolePage::of($pairing === null ? '' : $pairing->console, $asked);
        $title = Menu::titleOf(strtok($shown->path, '?'), $this->texts);
        $stores = [];
        foreach ($this->opencart->stores() as $one) {
            $stores[] = $one + ['href' => $this->opencart->link('console', ['page' => $shown->path, 'store_id' => $one['id']])];
        }
        $this->opencart->page('console', $title, $this->shared() + [
            'title' => $title,
            'breadcrumbs' => $this->breadcrumbs(
                ['text' => $this->texts->get('menu_title'), 'href' => $this->opencart->link('console', ['store_id' => $store['id']])],
                $title,
                $this->opencart->link('console', ['page' => $shown->path, 'store_id' => $store['id']])
            ),
            'stores' => $stores,
            'store_id' => $store['id'],
            'settings' => $this->opencart->link('', ['store_id' => $store['id']]),
            'alone' => $pairing === null ? '' : rtrim($pairing->console, '/') . $shown->path,
            'notice' => $pairing === null ? $this->messages->problem('PAIRING_MISSING') : null,
            'frame' => $pairing === null ? null : [
                'address' => $shown->address,
                'origin' => $shown->origin,
                'token' => $this->opencart->link('token'),
                'probe' => $this->opencart->link('probe'),
                'store_id' => $store['id'],
                'locale' => $this->opencart->locale(),
                'ready' => self::READY_MILLISECONDS,
            ],
        ]);
    }

    /** The menu names no store: then it is the default one, or the first that is paired. */
    private function firstPaired(): array
    {
        foreach ($this->connector->pairings()->all() as $pairing) {
            return ['store_id' => $pairing->storeId];
        }
        return [];
    }

    /** POST: a token for the console, with the person's name and permission. */
    public function token(): void
    {
        $this->answer('access', function (array $form): array {
            $storeId = $this->store($form)['id'];
            $role = $this->opencart->can('modify') ? 'manager' : 'viewer';
            $expires = time() + self::TOKEN_SECONDS;
            return [
                'token' => $this->connector->token($storeId, $this->opencart->userName(), $role, self::TOKEN_SECONDS),
                'expiresAt' => gmdate('Y-m-d\TH:i:s\Z', $expires),
            ];
        });
    }

    /** POST: why the console does not show up. */
    public function probe(): void
    {
        $this->answer('access', function (array $form): array {
            $pairing = $this->connector->pairings()->of($this->store($form)['id']);
            if (!$pairing instanceof Pairing) {
                return ['notice' => $this->messages->problem('PAIRING_MISSING')];
            }
            $parent = isset($form['parent']) && is_string($form['parent']) ? ConsolePage::originOf($form['parent']) : '';
            return ['notice' => $this->messages->of(ConsoleProbe::look($pairing, $parent))];
        });
    }

    /** Adds the menu to what the left column shows. Whoever may not see the pages does not see it. */
    public function menu(array &$data): void
    {
        if (!isset($data['menus']) || !$this->opencart->can('access')) {
            return;
        }
        $this->aside(function () use (&$data) {
            $console = function (string $path): string {
                return $this->opencart->link('console', ['page' => $path]);
            };
            $data['menus'][] = Menu::build($this->texts, $this->line->icons . 'fa-exchange', $console, $this->opencart->link(''));
        });
    }
}

<?php
namespace OdooConnector\Admin;

use OdooConnector\Entities;

/**
 * The buttons *Sync to Odoo* on OpenCart's own pages.
 */
final class SyncActions extends Actions
{
    const SECONDS = 10;
    /** OpenCart's lists show no more at a time. */
    const MAX_RECORDS = 1000;

    /** Puts the button into a page. Whoever may not use it does not see it. */
    public function button(string $view, string &$page): void
    {
        if (!$this->opencart->can('modify')) {
            return;
        }
        $on = SyncButton::on($this->line->version, $view, $this->opencart->query());
        if ($on !== null) {
            $this->aside(function () use ($on, &$page) {
                $sync = $on + ['url' => $this->opencart->link('sync')];
                $page = SyncButton::into($page, $this->opencart->render('sync', $this->shared() + ['sync' => $sync]));
            });
        }
    }

    /** POST: records what was chosen, and sends it. */
    public function sync(): void
    {
        $this->answer('modify', function (array $form): array {
            $entity = isset($form['entity']) && in_array($form['entity'], Entities::ALL, true) ? $form['entity'] : '';
            $ids = array_filter(array_map('intval', array_filter((array) ($form['selected'] ?? []), 'is_scalar')));
            $ids = array_slice(array_values(array_unique($ids)), 0, self::MAX_RECORDS);
            if ($entity === '' || $ids === []) {
                return ['notice' => $this->messages->warning('text_sync_none')];
            }
            if ($this->connector->pairings()->all() === []) {
                return ['notice' => $this->messages->problem('PAIRING_MISSING')];
            }
            $queued = $this->connector->resync($entity, $ids);
            return ['notice' => (new Results($this->messages))->sync($queued, $this->connector->flush(null, self::SECONDS))];
        });
    }
}

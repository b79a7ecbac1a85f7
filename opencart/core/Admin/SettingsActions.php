<?php
namespace OdooConnector\Admin;

use OdooConnector\ConnectionTest;
use OdooConnector\Pairing;
use OdooConnector\Problem;

/**
 * The page of settings of a store, and its buttons.
 */
final class SettingsActions extends Actions
{
    const SEND_SECONDS = 20;

    /** GET: the page. */
    public function page(): void
    {
        if ($this->opencart->can('modify')) {
            (new Setup($this->opencart, $this->line, $this->connector))->mend();
        }
        $store = $this->store($this->opencart->query());
        $title = $this->texts->get('heading_title');
        $stores = [];
        foreach ($this->opencart->stores() as $one) {
            $stores[] = $one + ['href' => $this->opencart->link('', ['store_id' => $one['id']])];
        }
        $urls = ['back' => $this->modules()];
        foreach (['save', 'test', 'generate', 'unpair', 'send', 'retry'] as $method) {
            $urls[$method] = $this->opencart->link($method);
        }
        $this->opencart->page('settings', $title, $this->shared() + [
            'title' => $title,
            'breadcrumbs' => $this->breadcrumbs(
                ['text' => $this->texts->get('text_extension'), 'href' => $this->modules()],
                $title,
                $this->opencart->link('', ['store_id' => $store['id']])
            ),
            'urls' => $urls,
            'stores' => $stores,
            'store_id' => $store['id'],
            'status' => (bool) $this->opencart->setting('status'),
            'connection' => SettingsPage::connection($this->connector->pairings()->of($store['id']), $this->texts),
            'export_url' => $this->exportUrl($store),
            'outbox_html' => $this->outbox($store['id']),
        ]);
    }

    /** POST: keeps what was entered, and says whether it works. */
    public function save(): void
    {
        $this->answer('modify', function (array $form): array {
            $store = $this->store($form);
            $storeId = $store['id'];
            $former = $this->connector->pairings()->of($storeId);
            $pairing = SettingsForm::read($storeId, $form, $former);
            (new Setup($this->opencart, $this->line, $this->connector))->enable(!empty($form['status']));
            if ($pairing === null) {
                return ['notice' => $this->messages->success('text_saved_unpaired'), 'reload' => true];
            }
            $this->connector->pairings()->save($pairing);
            // Whoever pastes the code again wants to know, and the connector may not have been told the first time.
            $notice = !SettingsForm::isPasted($form) && $this->isSameConnection($pairing, $former)
                ? $this->messages->success('text_saved')
                : $this->pairedNotice($pairing, $this->exportUrl($store));
            return ['notice' => $notice, 'reload' => true];
        });
    }

    /** POST: tests what is entered, saved or not. */
    public function test(): void
    {
        $this->answer('modify', function (array $form): array {
            $storeId = $this->store($form)['id'];
            $pairing = SettingsForm::read($storeId, $form, $this->connector->pairings()->of($storeId));
            return ['notice' => (new Results($this->messages))->verdict((new ConnectionTest('time'))->of($pairing))];
        });
    }

    /** POST: a fresh secret, for whoever enters it in the connector first. It is kept nowhere yet. */
    public function generate(): void
    {
        $this->answer('modify', function (array $form): array {
            $connection = isset($form['connection']) && is_string($form['connection']) ? $form['connection'] : '';
            return [
                'secret' => Pairing::newSecret(),
                'hint' => $this->texts->get('text_secret_generated', ['connection' => $connection]),
            ];
        });
    }

    /** POST: forgets the pairing; the outbox stays. */
    public function unpair(): void
    {
        $this->answer('modify', function (array $form): array {
            $this->connector->pairings()->remove($this->store($form)['id']);
            return ['notice' => $this->messages->success('text_unpaired'), 'reload' => true];
        });
    }

    /** POST: sends what waits. */
    public function send(): void
    {
        $this->answer('modify', function (array $form): array {
            $storeId = $this->store($form)['id'];
            return ['notice' => $this->flush($storeId), 'outbox' => $this->outbox($storeId)];
        });
    }

    /** POST: what is parked waits again, and is sent. */
    public function retry(): void
    {
        $this->answer('modify', function (array $form): array {
            $storeId = $this->store($form)['id'];
            $count = $this->connector->outbox()->retryParked($storeId);
            $notice = $this->flush($storeId);
            $notice['text'] = $this->texts->get('text_retried', ['count' => $count, 'result' => $notice['text']]);
            return ['notice' => $notice, 'outbox' => $this->outbox($storeId)];
        });
    }

    private function flush(int $storeId): array
    {
        if ($this->connector->pairings()->of($storeId) === null) {
            return $this->messages->problem('PAIRING_MISSING');
        }
        return (new Results($this->messages))->flush($this->connector->flush($storeId, self::SEND_SECONDS));
    }

    private function outbox(int $storeId): string
    {
        $outbox = $this->connector->outbox();
        $parked = $outbox->parked($storeId, SettingsPage::PARKED_SHOWN);
        $shown = SettingsPage::outbox($outbox->status($storeId), $parked, $this->texts, $this->messages);
        return $this->opencart->render('outbox', $this->shared() + ['outbox' => $shown]);
    }

    private function isSameConnection(Pairing $pairing, ?Pairing $former): bool
    {
        return $former !== null
            && [$pairing->endpoint, $pairing->connection, $pairing->console, $pairing->verifyTls, $pairing->secret]
            === [$former->endpoint, $former->connection, $former->console, $former->verifyTls, $former->secret];
    }

    private function exportUrl(array $store): string
    {
        return $store['url'] . 'index.php?route=' . $this->line->exportRoute;
    }

    private function pairedNotice(Pairing $pairing, string $exportUrl): array
    {
        $notice = (new Results($this->messages))->verdict($this->connector->test($pairing->storeId));
        $notice['text'] = $this->texts->get('text_pairing_saved', ['verdict' => $notice['text']]);
        if ($notice['level'] === 'danger') {
            $notice['level'] = 'warning';
            return $notice;
        }
        try {
            $this->connector->tellExportAddress($pairing->storeId, $exportUrl, $this->opencart->userName());
        } catch (Problem $problem) {
            $told = $this->messages->of($problem);
            return ['level' => 'warning', 'remedy' => $told['text'] . ' ' . $told['remedy']]
                + ['text' => $this->texts->get('text_export_untold')] + $told;
        }
        return $notice;
    }
}

<?php
namespace OdooConnector\Admin;

use OdooConnector\FlushResult;
use OdooConnector\Verdict;

/**
 * What came of something, as a notice.
 */
final class Results
{
    /** @var Messages */
    private $messages;

    public function __construct(Messages $messages)
    {
        $this->messages = $messages;
    }

    /** Of a test of the connection. */
    public function verdict(Verdict $verdict): array
    {
        if ($verdict->ok && $verdict->code === 'OK') {
            return $this->messages->success('text_test_ok');
        }
        $notice = $this->messages->problem($verdict->code, [], $verdict->message);
        // The connection itself is right: what is not is told, but nothing has to be done on this page.
        $notice['level'] = $verdict->ok ? 'warning' : 'danger';
        return $notice;
    }

    /** Of sending what waits. */
    public function flush(FlushResult $result): array
    {
        if ($result->problem !== null) {
            return $this->messages->problem($result->problem['code'], [], $result->problem['message']);
        }
        $counts = ['sent' => $result->sent, 'rejected' => $result->rejected, 'waiting' => $result->waiting];
        if ($result->rejected > 0) {
            return $this->messages->warning('text_flush_rejected', $counts);
        }
        $nothing = $result->sent === 0 && $result->waiting === 0;
        return $this->messages->success($nothing ? 'text_flush_nothing' : 'text_flush_sent', $counts);
    }

    /**
     * Of *Sync to Odoo*.
     *
     * @param int $queued how many records were chosen, 1 or more
     */
    public function sync(int $queued, FlushResult $result): array
    {
        $counts = ['queued' => $queued, 'waiting' => $result->waiting, 'rejected' => $result->rejected];
        if ($result->problem !== null) {
            $notice = $this->messages->problem($result->problem['code'], [], $result->problem['message']);
            $notice['level'] = 'warning';
            $notice['text'] = $this->messages->success('text_sync_queued', $counts)['text'] . ' ' . $notice['text'];
            return $notice;
        }
        if ($result->rejected > 0) {
            return $this->messages->warning('text_sync_rejected', $counts);
        }
        if ($result->waiting > 0) {
            return $this->messages->warning('text_sync_waiting', $counts);
        }
        return $result->sent === 0
            ? $this->messages->warning('text_sync_nothing')
            : $this->messages->success('text_sync_sent', $counts);
    }
}

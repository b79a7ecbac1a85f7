<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\Messages;
use OdooConnector\Admin\Results;
use OdooConnector\Admin\SettingsPage;
use OdooConnector\Admin\Texts;
use OdooConnector\FlushResult;
use OdooConnector\Pairing;
use OdooConnector\Verdict;
use PHPUnit\Framework\TestCase;

final class ResultsTest extends TestCase
{
    public function testAVerdictSaysWhatToDo(): void
    {
        $ok = $this->results()->verdict(new Verdict(true, 'OK', 'All is well.', []));
        $this->assertSame(['success', ''], [$ok['level'], $ok['remedy']]);

        $degraded = $this->results()->verdict(new Verdict(true, 'ODOO_DEGRADED', 'Some records do not arrive.', []));
        $this->assertSame(['warning', 'Some records do not arrive.'], [$degraded['level'], $degraded['detail']]);

        $refused = $this->results()->verdict(new Verdict(false, 'SIGNATURE_REFUSED', 'Refused.', []));
        $this->assertSame(['danger', 'SIGNATURE_REFUSED'], [$refused['level'], $refused['code']]);
        $this->assertStringContainsString('pairing code', $refused['remedy']);
    }

    public function testAnUnknownCodeIsStillTold(): void
    {
        $notice = $this->messages()->problem('FROM_THE_FUTURE', [], 'Something new.');
        $this->assertStringContainsString('FROM_THE_FUTURE', $notice['text']);
        $this->assertSame('Something new.', $notice['detail']);
    }

    public function testSendingNow(): void
    {
        $this->assertSame('Nothing was waiting.', $this->results()->flush($this->flushed(0, 0, 0))['text']);
        $this->assertSame('3 sent, 2 still waiting.', $this->results()->flush($this->flushed(3, 0, 2))['text']);
        $refused = $this->results()->flush($this->flushed(3, 1, 0));
        $this->assertSame(['warning', '3 sent, 1 refused and parked, 0 still waiting.'], [$refused['level'], $refused['text']]);
        $down = $this->results()->flush($this->flushed(0, 0, 5, ['code' => 'ENDPOINT_TIMEOUT', 'message' => 'x']));
        $this->assertSame(['danger', 'ENDPOINT_TIMEOUT'], [$down['level'], $down['code']]);
    }

    public function testSyncToOdoo(): void
    {
        $this->assertSame('success', $this->results()->sync(2, $this->flushed(2, 0, 0))['level']);
        $this->assertStringContainsString('drafts', $this->results()->sync(2, $this->flushed(0, 0, 0))['text']);
        $this->assertStringContainsString('refused 1', $this->results()->sync(2, $this->flushed(1, 1, 0))['text']);
        $this->assertStringContainsString('7 events', $this->results()->sync(2, $this->flushed(0, 0, 7))['text']);
        $down = $this->results()->sync(2, $this->flushed(0, 0, 7, ['code' => 'ENDPOINT_UNREACHABLE', 'message' => 'x']));
        $this->assertSame('warning', $down['level'], 'nothing is lost');
        $this->assertStringStartsWith('2 recorded', $down['text']);
    }

    public function testThePageOfSettingsNeverHoldsTheSecret(): void
    {
        $shown = SettingsPage::connection(new Pairing(0, 'https://api.example', 'main', SettingsFormTest::SECRET, '', ['tax' => false], false), $this->texts());
        $this->assertStringNotContainsString('whsec_', json_encode($shown));
        $this->assertSame([true, false], [$shown['paired'], $shown['verify_tls']]);
        $this->assertSame(['name' => 'tax', 'title' => 'Taxes', 'on' => false], $shown['entities'][1]);
    }

    public function testParkedEventsAreNamedWithTheirReason(): void
    {
        $status = ['waiting' => 4, 'oldest' => '2026-11-24T10:00:00Z', 'parked' => 2, 'lastSentAt' => null, 'problem' => ['code' => 'CLOCK_SKEW', 'message' => '400 s']];
        $row = ['sequence' => 1, 'entity' => 'customer', 'recordId' => '7', 'action' => 'delete', 'occurredAt' => '2026-11-24T09:00:00Z', 'code' => 'SNAPSHOT_INVALID', 'reason' => 'data.email is missing'];
        $shown = SettingsPage::outbox($status, [$row], $this->texts(), $this->messages());
        $this->assertSame('CLOCK_SKEW', $shown['problem']['code']);
        $this->assertSame('The first 1 of 2 are listed.', $shown['parked_more']);
        $this->assertSame(['Customer 7', true], [$shown['rows'][0]['record'], $shown['rows'][0]['deleted']]);
        $this->assertSame('data.email is missing', $shown['rows'][0]['reason']['detail']);
    }

    private function flushed(int $sent, int $rejected, int $waiting, ?array $problem = null): FlushResult
    {
        $result = new FlushResult();
        $result->sent = $sent;
        $result->rejected = $rejected;
        $result->waiting = $waiting;
        $result->problem = $problem;
        return $result;
    }

    private function results(): Results
    {
        return new Results($this->messages());
    }

    private function messages(): Messages
    {
        return new Messages($this->texts());
    }

    private function texts(): Texts
    {
        return Texts::open(TextsTest::files(), 'en-gb');
    }
}

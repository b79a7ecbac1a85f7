<?php
namespace OdooConnector\Test;

final class ConnectionVerdictTest extends EndpointTestCase
{
    /** @dataProvider verdicts */
    public function testTestsAConnection(string $answer, bool $ok, string $code): void
    {
        $store = $this->paired();
        $store->now = time();
        $this->endpoint->answer($answer);
        $verdict = $store->connector->test(0);
        $this->assertSame([$ok, $code], [$verdict->ok, $verdict->code]);
        $this->assertTrue($verdict->detail['reached']);
    }

    public function verdicts(): array
    {
        return [
            'all is well' => ['accept', true, 'OK'],
            'some records do not arrive' => ['degraded', true, 'ODOO_DEGRADED'],
            'none does' => ['down', false, 'ODOO_DOWN'],
            'another secret' => ['401', false, 'SIGNATURE_REFUSED'],
            'another time' => ['skew', false, 'CLOCK_SKEW'],
            'another server' => ['html', false, 'ANSWER_UNREADABLE'],
        ];
    }

    public function testTestsWhatIsNotThere(): void
    {
        $store = $this->store();
        $this->assertSame('PAIRING_MISSING', $store->connector->test(0)->code);
        $this->pair($store, 'http://127.0.0.1:1');
        $this->assertSame('ENDPOINT_UNREACHABLE', $store->connector->test(0)->code);
    }
}

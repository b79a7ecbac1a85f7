<?php
namespace OdooConnector;

/** Asks the connector how it is, with a token of its own: what that needs is what events need. */
final class ConnectionTest
{
    const SECONDS = 10;

    private $clock;

    public function __construct(callable $clock)
    {
        $this->clock = $clock;
    }

    public function of(?Pairing $pairing): Verdict
    {
        $detail = ['endpoint' => '', 'reached' => false, 'verified' => false, 'clockSkewSeconds' => null, 'odoo' => null];
        if ($pairing === null) {
            return new Verdict(false, 'PAIRING_MISSING', 'This store is not paired.', $detail);
        }
        $detail['endpoint'] = $pairing->endpoint;
        try {
            $now = ($this->clock)();
            $token = Token::mint($pairing, 'test connection', 'viewer', $now, 60);
            $headers = ['authorization: Bearer ' . $token];
            $answer = Http::ask($pairing->endpoint . '/v1/health', $headers, null, self::SECONDS, $pairing->verifyTls);
            $detail['reached'] = true;
            $detail['clockSkewSeconds'] = $answer['date'] === null ? null : $now - $answer['date'];
            $told = Json::decode($answer['body']);
            if ($answer['status'] !== 200 || !is_array($told) || !isset($told['status'], $told['message'])) {
                throw (new Courier($this->clock))->problem($answer, $told);
            }
        } catch (Problem $problem) {
            return new Verdict(false, $problem->problem(), $problem->getMessage(), $detail + $problem->params());
        }
        $detail['verified'] = true;
        $detail['odoo'] = isset($told['odoo']) && is_array($told['odoo']) ? $told['odoo'] : null;
        if (abs((int)$detail['clockSkewSeconds']) > Courier::CLOCK_SKEW_SECONDS) {
            $message = 'The clock of this server differs from the connector’s by ' . abs($detail['clockSkewSeconds']) . ' seconds.';
            return new Verdict(false, 'CLOCK_SKEW', $message, $detail);
        }
        $codes = ['ok' => 'OK', 'degraded' => 'ODOO_DEGRADED', 'down' => 'ODOO_DOWN'];
        $code = isset($codes[$told['status']]) ? $codes[$told['status']] : 'ANSWER_UNREADABLE';
        return new Verdict($code === 'OK' || $code === 'ODOO_DEGRADED', $code, (string)$told['message'], $detail);
    }
}

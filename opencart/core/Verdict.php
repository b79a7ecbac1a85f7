<?php
namespace OdooConnector;

/** What came of testing a connection. */
final class Verdict
{
    /** @var bool */
    public $ok;
    /** @var string `OK`, `ODOO_DEGRADED`, `ODOO_DOWN`, or the code of a Problem */
    public $code;
    /** @var string English; the admin translates the code */
    public $message;
    /** @var array{endpoint: string, reached: bool, verified: bool, clockSkewSeconds: ?int, odoo: ?array} `odoo`: what `GET /v1/health` says of it */
    public $detail;

    public function __construct(bool $ok, string $code, string $message, array $detail)
    {
        $this->ok = $ok;
        $this->code = $code;
        $this->message = $message;
        $this->detail = $detail;
    }
}

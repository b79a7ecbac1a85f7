<?php
namespace OdooConnector;

/**
 * What the module's controllers of both applications call. Nothing ever goes out of here that would break
 * the shopper's checkout or the merchant's form: what fails is written to the log.
 */
final class Handlers
{
    private $open;
    private $log;

    /**
     * @param callable $open gives a Connector
     * @param callable|null $log takes a line; absent: PHP's error log
     */
    public function __construct(callable $open, ?callable $log = null)
    {
        $this->open = $open;
        $this->log = $log === null ? 'error_log' : $log;
    }

    /** A model's method is about to run. */
    public function before(string $route, array $args): void
    {
        try {
            ($this->open)()->changes()->before($route, $args);
        } catch (\Throwable $thrown) {
            $this->tell($route, $thrown);
        }
    }

    /** A model's method has run. @param mixed $output its answer */
    public function after(string $route, array $args, $output): void
    {
        try {
            $connector = ($this->open)();
            $connector->changes()->after($route, $args, $output);
            AfterResponse::once(static function () use ($connector) {
                $connector->flushDue();
            });
        } catch (\Throwable $thrown) {
            $this->tell($route, $thrown);
        }
    }

    private function tell(string $route, \Throwable $thrown): void
    {
        try {
            // Only where it happened: a message of the database holds the statement, and that holds personal data.
            $place = basename($thrown->getFile()) . ':' . $thrown->getLine();
            ($this->log)('Odoo connector: ' . $route . ' was not noted: ' . get_class($thrown) . ' at ' . $place);
        } catch (\Throwable $silent) {
            error_log('Odoo connector: the log cannot be written');
        }
    }
}

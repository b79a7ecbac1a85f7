<?php
namespace OdooConnector;

/**
 * Work for when the shopper has the answer. Only where the server can end the response first; elsewhere
 * the shopper would wait, and the connector asks for the outbox itself.
 */
final class AfterResponse
{
    private static $isPlanned = false;

    /** Does the work once, however often it is asked for in a request. */
    public static function once(callable $work): void
    {
        $finish = self::finisher();
        if (self::$isPlanned || $finish === null) {
            return;
        }
        self::$isPlanned = true;
        register_shutdown_function(static function () use ($work, $finish) {
            try {
                // Another request of the same shopper must not wait for the session's lock.
                if (session_status() === PHP_SESSION_ACTIVE) {
                    session_write_close();
                }
                // OpenCart writes its own session in a shutdown function that was registered later.
                register_shutdown_function(static function () use ($work, $finish) {
                    try {
                        $finish();
                        ignore_user_abort(true);
                        $work();
                    } catch (\Throwable $thrown) {
                        error_log('odoo_connector: ' . $thrown->getMessage());
                    }
                });
            } catch (\Throwable $thrown) {
                error_log('odoo_connector: ' . $thrown->getMessage());
            }
        });
    }

    private static function finisher(): ?string
    {
        foreach (['fastcgi_finish_request', 'litespeed_finish_request'] as $function) {
            if (function_exists($function)) {
                return $function;
            }
        }
        return null;
    }
}

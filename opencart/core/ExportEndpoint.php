<?php
namespace OdooConnector;

/** The export endpoint as both releases' controllers serve it: reads the request as PHP got it, answers whatever happens. */
final class ExportEndpoint
{
    const HEADERS = [
        'HTTP_X_CONNECTION' => 'x-connection',
        'HTTP_WEBHOOK_ID' => 'webhook-id',
        'HTTP_WEBHOOK_TIMESTAMP' => 'webhook-timestamp',
        'HTTP_WEBHOOK_SIGNATURE' => 'webhook-signature',
    ];
    const REASONS = [
        200 => 'OK', 400 => 'Bad Request', 401 => 'Unauthorized', 404 => 'Not Found', 405 => 'Method Not Allowed', 500 => 'Internal Server Error',
    ];
    const SECONDS = 60;

    /**
     * @param callable $open gives a Connector
     * @param array $server $_SERVER
     * @param callable $log takes a line
     * @return array{headers: string[], body: string} the first header is the status line
     */
    public static function serve(callable $open, array $server, callable $log): array
    {
        if (!isset($server['REQUEST_METHOD']) || $server['REQUEST_METHOD'] !== 'POST') {
            return self::answer(405, '{"error":"The connector asks with POST."}');
        }
        if (function_exists('set_time_limit')) {
            set_time_limit(self::SECONDS);
        }
        try {
            $headers = [];
            foreach (self::HEADERS as $name => $header) {
                $headers[$header] = isset($server[$name]) ? (string)$server[$name] : '';
            }
            $body = (string)file_get_contents('php://input', false, null, 0, Exporter::MAX_REQUEST_BYTES + 1);
            $answer = $open()->exporter()->answer($headers, $body);
            return self::answer($answer['status'], $answer['body']);
        } catch (\Throwable $thrown) {
            $log('Odoo connector: the export failed: ' . get_class($thrown) . ' at ' . basename($thrown->getFile()) . ':' . $thrown->getLine());
            return self::answer(500, '{"error":"The store cannot read its records. Its error log says where."}');
        }
    }

    private static function answer(int $status, string $body): array
    {
        return [
            'headers' => [
                'HTTP/1.1 ' . $status . ' ' . self::REASONS[$status],
                'Content-Type: application/json; charset=utf-8',
                'Cache-Control: no-store',
            ],
            'body' => $body,
        ];
    }
}

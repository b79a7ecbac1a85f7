<?php
namespace OdooConnector\Admin;

use OdooConnector\Http;
use OdooConnector\Pairing;
use OdooConnector\Problem;

/**
 * Finds out why a frame with the console stays empty. A browser does not tell the page around a frame, so the
 * store looks for itself.
 */
final class ConsoleProbe
{
    const SECONDS = 5;

    /**
     * @param string $parent origin of the admin, as the browser has it: `https://shop.example`
     * @return Problem CONSOLE_INSECURE, CONSOLE_UNREACHABLE, CONSOLE_UNREADABLE, CONSOLE_REFUSES_FRAME, or
     *                 CONSOLE_SILENT if everything looks right from here
     */
    public static function look(Pairing $pairing, string $parent): Problem
    {
        $origin = ConsolePage::originOf($pairing->console);
        $params = ['origin' => $origin, 'parent' => $parent];
        if (strpos($parent, 'https:') === 0 && strpos($origin, 'https:') !== 0) {
            return new Problem('CONSOLE_INSECURE', "$parent cannot show $origin", $params);
        }
        try {
            $answer = Http::ask($pairing->console . '/config.json', [], null, self::SECONDS, $pairing->verifyTls);
        } catch (Problem $problem) {
            return new Problem('CONSOLE_UNREACHABLE', $problem->getMessage(), $params, $problem);
        }
        return self::judge($answer['status'], $answer['body'], $params);
    }

    /** @param array{origin: string, parent: string} $params */
    public static function judge(int $status, string $body, array $params): Problem
    {
        $config = json_decode($body, true);
        if ($status >= 500) {
            return new Problem('CONSOLE_UNREACHABLE', "/config.json was answered with status $status", $params);
        }
        if ($status !== 200 || !is_array($config)) {
            return new Problem('CONSOLE_UNREADABLE', "/config.json was answered with status $status", $params);
        }
        if (!in_array($params['parent'], (array) ($config['parents'] ?? []), true)) {
            return new Problem('CONSOLE_REFUSES_FRAME', '/config.json does not list this origin among "parents"', $params);
        }
        return new Problem('CONSOLE_SILENT', 'The console allows this origin and answers the store', $params);
    }
}

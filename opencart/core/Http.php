<?php
namespace OdooConnector;

/** Requests to the connector. */
final class Http
{
    const CONNECT_SECONDS = 5;
    /** Answers of the connector are small: what is larger is not its own. */
    const MAX_ANSWER_BYTES = 4194304;

    /**
     * @param string[] $headers lines
     * @param string|null $body absent: a GET
     * @param string $method of a request with a body
     * @return array{status: int, body: string, date: ?int} `date`: the connector's clock, seconds
     * @throws Problem CURL_MISSING, ENDPOINT_UNREACHABLE, ENDPOINT_TIMEOUT, TLS_FAILED, ANSWER_UNREADABLE
     */
    public static function ask(string $url, array $headers, ?string $body, int $seconds, bool $verifyTls, string $method = 'POST'): array
    {
        if (!function_exists('curl_init')) {
            throw new Problem('CURL_MISSING', 'PHP has no cURL extension here.');
        }
        $date = null;
        $answer = '';
        $curl = curl_init($url);
        curl_setopt_array($curl, [
            CURLOPT_HTTPHEADER => array_merge(['accept: application/json', 'expect:'], $headers),
            CURLOPT_CONNECTTIMEOUT => min(self::CONNECT_SECONDS, $seconds),
            CURLOPT_TIMEOUT => max(1, $seconds),
            CURLOPT_NOSIGNAL => true,
            // A redirect would carry the signed request elsewhere.
            CURLOPT_FOLLOWLOCATION => false,
            CURLOPT_SSL_VERIFYPEER => $verifyTls,
            CURLOPT_SSL_VERIFYHOST => $verifyTls ? 2 : 0,
            CURLOPT_HEADERFUNCTION => static function ($curl, string $line) use (&$date): int {
                if (stripos($line, 'date:') === 0) {
                    $date = strtotime(trim(substr($line, 5))) ?: null;
                }
                return strlen($line);
            },
            CURLOPT_WRITEFUNCTION => static function ($curl, string $part) use (&$answer): int {
                $answer .= $part;
                return strlen($answer) > self::MAX_ANSWER_BYTES ? 0 : strlen($part);
            },
        ]);
        if (defined('CURLOPT_PROTOCOLS')) {
            curl_setopt($curl, CURLOPT_PROTOCOLS, CURLPROTO_HTTP | CURLPROTO_HTTPS);
        }
        if ($body !== null) {
            curl_setopt($curl, CURLOPT_CUSTOMREQUEST, $method);
            curl_setopt($curl, CURLOPT_POSTFIELDS, $body);
        }
        curl_exec($curl);
        $error = curl_errno($curl);
        $told = curl_error($curl);
        $status = (int)curl_getinfo($curl, CURLINFO_RESPONSE_CODE);
        unset($curl);
        if ($error !== 0) {
            throw self::problem($error, $told, $url);
        }
        return ['status' => $status, 'body' => $answer, 'date' => $date];
    }

    private static function problem(int $error, string $told, string $url): Problem
    {
        $host = (string)parse_url($url, PHP_URL_HOST);
        $params = ['host' => $host, 'detail' => $told];
        if ($error === CURLE_OPERATION_TIMEDOUT) {
            return new Problem('ENDPOINT_TIMEOUT', "The connector at $host does not answer in time.", $params);
        }
        if (in_array($error, [35, 51, 53, 54, 58, 59, 60, 64, 66, 77, 80, 82, 83, 90, 91], true)) {
            return new Problem('TLS_FAILED', "The connection to $host is not trusted: $told", $params);
        }
        if (in_array($error, [CURLE_WRITE_ERROR, CURLE_PARTIAL_FILE, CURLE_GOT_NOTHING], true)) {
            return new Problem('ANSWER_UNREADABLE', "The connector at $host sent half an answer.", $params);
        }
        return new Problem('ENDPOINT_UNREACHABLE', "The connector at $host cannot be reached: $told", $params);
    }
}

<?php
namespace OdooConnector;

/** Tells the connector where it reads the store's tables, so that nobody has to copy an address. */
final class ExportAddress
{
    const SECONDS = 10;
    const TOKEN_SECONDS = 60;

    private $clock;

    public function __construct(callable $clock)
    {
        $this->clock = $clock;
    }

    /**
     * @param string $user who pairs; for the connector's log
     * @throws Problem as for any request; REQUEST_REFUSED where the connection has no settings yet
     */
    public function tell(Pairing $pairing, string $url, string $user): void
    {
        $settings = $this->ask($pairing, $user, null);
        $current = isset($settings['settings']['exportUrl']) ? $settings['settings']['exportUrl'] : null;
        if ($current !== $url) {
            $version = isset($settings['version']) ? (int)$settings['version'] : 0;
            $this->ask($pairing, $user, json_encode(['version' => $version, 'settings' => ['exportUrl' => $url]]));
        }
    }

    private function ask(Pairing $pairing, string $user, ?string $body): array
    {
        $token = Token::mint($pairing, $user, 'manager', ($this->clock)(), self::TOKEN_SECONDS);
        $headers = ['authorization: Bearer ' . $token, 'content-type: application/json'];
        $answer = Http::ask($pairing->endpoint . '/v1/settings', $headers, $body, self::SECONDS, $pairing->verifyTls, 'PATCH');
        $told = Json::decode($answer['body']);
        if ($answer['status'] !== 200 || !is_array($told)) {
            throw (new Courier($this->clock))->problem($answer, $told);
        }
        return $told;
    }
}

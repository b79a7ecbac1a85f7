<?php
namespace OdooConnector\Test;

use OdooConnector\Pairing;
use OdooConnector\Problem;
use OdooConnector\Signature;
use OdooConnector\Token;
use PHPUnit\Framework\TestCase;

final class SignatureTest extends TestCase
{
    // The example of the Standard Webhooks specification.
    const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
    const ID = 'msg_p5jXN8AQM9LWM0D4loKWxJek';
    const AT = 1614265330;
    const BODY = '{"test": 2432232314}';
    const SIGNED = 'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=';

    public function testSignsAsTheConventionSays(): void
    {
        $headers = Signature::headers(self::SECRET, self::ID, self::AT, self::BODY);
        $this->assertSame(['webhook-id: ' . self::ID, 'webhook-timestamp: ' . self::AT, 'webhook-signature: ' . self::SIGNED], $headers);
    }

    /** @dataProvider verdicts */
    public function testVerifies(bool $expected, array $different): void
    {
        $given = $different + ['secrets' => [self::SECRET], 'id' => self::ID, 'at' => (string)self::AT, 'signed' => self::SIGNED, 'body' => self::BODY, 'now' => self::AT];
        $this->assertSame($expected, Signature::verify($given['secrets'], $given['id'], $given['at'], $given['signed'], $given['body'], $given['now']));
    }

    public function verdicts(): array
    {
        $other = 'whsec_' . base64_encode(str_repeat('x', 32));
        return [
            'the right one' => [true, []],
            'one of two secrets' => [true, ['secrets' => [$other, self::SECRET]]],
            'one of two signatures' => [true, ['signed' => 'v1,AAAA ' . self::SIGNED]],
            'nearly five minutes old' => [true, ['now' => self::AT + 300]],
            'too old' => [false, ['now' => self::AT + 301]],
            'from the future' => [false, ['now' => self::AT - 301]],
            'another body' => [false, ['body' => self::BODY . ' ']],
            'another id' => [false, ['id' => 'msg_2']],
            'another time' => [false, ['at' => (string)(self::AT + 1)]],
            'no secret' => [false, ['secrets' => []]],
            'another secret' => [false, ['secrets' => [$other]]],
            'no signature' => [false, ['signed' => '']],
            'no time' => [false, ['at' => '']],
            'no id' => [false, ['id' => '']],
        ];
    }

    public function testFreshSecretsCanSignAndDiffer(): void
    {
        $secrets = [Pairing::newSecret(), Pairing::newSecret()];
        $this->assertNotSame($secrets[0], $secrets[1]);
        $this->assertSame(32, strlen(Signature::key($secrets[0])));
    }

    public function testReadsAPairingCode(): void
    {
        $json = '{"endpoint":"https://api.example/","connection":"main","secret":"' . self::SECRET . '","console":"https://console.example"}';
        $pairing = Pairing::fromCode(" oco1." . rtrim(strtr(base64_encode($json), '+/', '-_'), '=') . "\n", 3);
        $this->assertSame([3, 'https://api.example', 'main', self::SECRET, 'https://console.example'], [$pairing->storeId, $pairing->endpoint, $pairing->connection, $pairing->secret, $pairing->console]);
        $this->assertTrue($pairing->verifyTls);
    }

    /** @dataProvider badCodes */
    public function testSaysWhatIsWrongWithAPairingCode(string $code, string $problem): void
    {
        try {
            Pairing::fromCode($code, 0);
            $this->fail('It was taken.');
        } catch (Problem $thrown) {
            $this->assertSame($problem, $thrown->problem());
            $this->assertStringNotContainsString(substr(self::SECRET, 6), $thrown->getMessage() . json_encode($thrown->params()));
        }
    }

    public function badCodes(): array
    {
        $code = static function (array $different): string {
            return 'oco1.' . base64_encode(json_encode($different + ['endpoint' => 'https://api.example', 'connection' => 'main', 'secret' => self::SECRET]));
        };
        return [
            'empty' => ['', 'PAIRING_CODE_BAD'],
            'another prefix' => ['oco2.abc', 'PAIRING_CODE_BAD'],
            'a part of one' => [substr($code([]), 0, 40), 'PAIRING_CODE_BAD'],
            'no secret' => [$code(['secret' => '']), 'SECRET_BAD'],
            'a strange endpoint' => [$code(['endpoint' => 'javascript:alert(1)']), 'ENDPOINT_BAD'],
            'a login in the endpoint' => [$code(['endpoint' => 'https://me@evil.example']), 'ENDPOINT_BAD'],
            'a strange connection' => [$code(['connection' => 'a b']), 'PAIRING_CODE_BAD'],
        ];
    }

    public function testMintsTokens(): void
    {
        $token = Token::mint(new Pairing(0, 'https://api.example', 'main', self::SECRET), 'Zoë', 'viewer', 1795466208, 300);
        list($head, $claims, $signature) = array_map(static function (string $part): string {
            return base64_decode(strtr($part, '-_', '+/'));
        }, explode('.', $token));
        $this->assertSame(['alg' => 'HS256', 'typ' => 'JWT'], json_decode($head, true));
        $expected = ['connection' => 'main', 'role' => 'viewer', 'sub' => 'Zoë', 'iss' => 'opencart-odoo', 'aud' => 'opencart-odoo-api', 'iat' => 1795466208, 'exp' => 1795466508];
        $this->assertSame($expected, json_decode($claims, true));
        $key = hash_hkdf('sha256', self::SECRET, 32, 'opencart-odoo bearer token', '');
        $this->assertSame(hash_hmac('sha256', substr($token, 0, strrpos($token, '.')), $key, true), $signature);
    }
}

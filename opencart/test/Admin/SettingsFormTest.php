<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\SettingsForm;
use OdooConnector\Pairing;
use OdooConnector\Problem;
use PHPUnit\Framework\TestCase;

final class SettingsFormTest extends TestCase
{
    const SECRET = 'whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=';

    public function testACodeSaysEverything(): void
    {
        $code = 'oco1.' . rtrim(strtr(base64_encode(json_encode([
            'endpoint' => 'https://api.example', 'connection' => 'shop', 'secret' => self::SECRET, 'console' => 'https://console.example',
        ])), '+/', '-_'), '=');
        $pairing = SettingsForm::read(2, ['code' => "  $code\n", 'endpoint' => 'https://other.example', 'verify_tls' => '1'], null);
        $this->assertSame(
            [2, 'https://api.example', 'shop', self::SECRET, 'https://console.example', true],
            [$pairing->storeId, $pairing->endpoint, $pairing->connection, $pairing->secret, $pairing->console, $pairing->verifyTls]
        );
        $this->assertTrue($pairing->sends('order'), 'nothing is switched off before there are switches to see');
    }

    public function testAnEmptySecretKeepsTheFormerOne(): void
    {
        $form = ['endpoint' => 'https://new.example', 'connection' => 'main', 'secret' => '', 'verify_tls' => '1'];
        $this->assertSame(self::SECRET, SettingsForm::read(0, $form, $this->former())->secret);
    }

    public function testWhatIsNotTickedIsSwitchedOff(): void
    {
        $form = ['endpoint' => 'https://api.example', 'connection' => 'main', 'switches' => ['order', 'nonsense']];
        $pairing = SettingsForm::read(0, $form, $this->former());
        $this->assertTrue($pairing->sends('order'));
        $this->assertFalse($pairing->sends('product'));
        $this->assertFalse($pairing->verifyTls, 'what is not sent is off');
    }

    public function testNothingEnteredIsNoPairing(): void
    {
        $this->assertNull(SettingsForm::read(0, ['endpoint' => ' ', 'connection' => 'main', 'secret' => ''], null));
    }

    public function testHalfAPairingIsRefused(): void
    {
        $this->expectExceptionObject(new Problem('SECRET_BAD', 'The secret does not begin with "whsec_", or a part of it is missing.'));
        SettingsForm::read(0, ['endpoint' => 'https://api.example', 'connection' => 'main', 'secret' => ['an', 'array']], null);
    }

    private function former(): Pairing
    {
        return new Pairing(0, 'https://api.example', 'main', self::SECRET);
    }
}

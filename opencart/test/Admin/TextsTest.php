<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\Texts;
use OdooConnector\Entities;
use PHPUnit\Framework\TestCase;

final class TextsTest extends TestCase
{
    public function languages(): array
    {
        $languages = [];
        foreach (glob(dirname(sprintf(self::files(), '*'))) as $directory) {
            $languages[basename($directory)] = [basename($directory)];
        }
        return $languages;
    }

    /** @dataProvider languages */
    public function testALanguageSaysEverythingThatEnglishSaysWithTheSamePlaceholders(string $locale): void
    {
        $english = $this->file('en-gb');
        $texts = $this->file($locale);
        $this->assertSame(array_keys($english), array_keys($texts));
        foreach ($english as $key => $text) {
            $this->assertNotSame('', trim($texts[$key]), $key);
            $this->assertSame($this->placeholders($text), $this->placeholders($texts[$key]), $key);
        }
    }

    public function testEveryProblemSaysWhatToDo(): void
    {
        $texts = $this->file('en-gb');
        foreach (array_keys($texts) as $key) {
            if (strpos($key, 'problem_') === 0 && $key !== 'problem_unknown') {
                $this->assertArrayHasKey(str_replace('problem_', 'remedy_', $key), $texts);
            }
        }
    }

    public function testEveryProblemIsInTheDocumentation(): void
    {
        $documented = file_get_contents(__DIR__ . '/../../../docs/extension.md');
        foreach (array_keys($this->file('en-gb')) as $key) {
            if (strpos($key, 'problem_') === 0 && $key !== 'problem_unknown') {
                $this->assertStringContainsString('`' . substr($key, strlen('problem_')) . '`', $documented);
            }
        }
    }

    /** @dataProvider languages */
    public function testWhereAPairingCodeIsMadeIsCalledAsTheConsoleCallsIt(string $locale): void
    {
        $console = file_get_contents(__DIR__ . '/../../../console/src/i18n/' . substr($locale, 0, 2) . '/common.ts');
        $this->assertSame(1, preg_match("/'setup\.title': '([^']+)'/", $console, $found));
        $this->assertStringContainsString($found[1], $this->file($locale)['text_pair_first']);
    }

    /** @dataProvider languages */
    public function testWhoMayHoldTheConsoleIsSetWhereTheDocumentationSaysSo(string $locale): void
    {
        foreach (['deploy.md', 'extension.md'] as $page) {
            $this->assertStringContainsString('`consoleParents`', file_get_contents(__DIR__ . '/../../../docs/' . $page));
        }
        $this->assertStringContainsString('consoleParents', $this->file($locale)['remedy_CONSOLE_REFUSES_FRAME']);
    }

    /** @dataProvider languages */
    public function testTheSignsOfAConnectionsNameAreThoseThatAPairingTakes(string $locale): void
    {
        $this->assertMatchesRegularExpression('/a–z, 0–9 \w+ [“„]_[“”]/u', $this->file($locale)['remedy_PAIRING_CODE_BAD']);
    }

    public function testEveryCodeOfTheExtensionIsTranslated(): void
    {
        $texts = $this->file('en-gb');
        $codes = [];
        foreach (new \RecursiveIteratorIterator(new \RecursiveDirectoryIterator(__DIR__ . '/../../core')) as $file) {
            if (substr((string) $file, -4) === '.php') {
                preg_match_all("/(?:new Problem|->problem|new Verdict)\((?:false, |true, )?'([A-Z_]+)'/", file_get_contents((string) $file), $found);
                $codes = array_merge($codes, $found[1]);
            }
        }
        $this->assertContains('SIGNATURE_REFUSED', $codes);
        foreach (array_unique($codes) as $code) {
            $this->assertArrayHasKey('problem_' . $code, $texts);
        }
    }

    public function testEveryEntityHasItsNames(): void
    {
        foreach (Entities::ALL as $entity) {
            $this->assertArrayHasKey('entity_' . $entity, $this->file('en-gb'));
            $this->assertArrayHasKey('record_' . $entity, $this->file('en-gb'));
        }
    }

    public function testNoStringOfATemplateIsMissing(): void
    {
        $texts = $this->file('en-gb');
        foreach (glob(self::folder() . '/template/*.twig') as $template) {
            preg_match_all('/\bt\.([A-Za-z_]+)/', file_get_contents($template), $found);
            foreach ($found[1] as $key) {
                $this->assertArrayHasKey($key, $texts, basename($template));
            }
        }
    }

    public function testALocaleWithoutAFileIsEnglish(): void
    {
        $english = Texts::open(self::files(), 'en-gb')->get('button_save');
        $this->assertSame($english, Texts::open(self::files(), 'xx-xx')->get('button_save'));
        $this->assertSame($english, Texts::open(self::files(), '../en-gb')->get('button_save'));
        $this->assertSame($english, Texts::open(self::files(), '')->get('button_save'));
        $this->assertNotSame($english, Texts::open(self::files(), 'de-de')->get('button_save'));
    }

    public function testAForgottenTextIsSeen(): void
    {
        $this->assertSame('text_forgotten', (new Texts([]))->get('text_forgotten'));
        $this->assertSame('3 of x', (new Texts(['k' => '{n} of {x}']))->get('k', ['n' => 3, 'x' => 'x']));
    }

    private static function folder(): string
    {
        return dirname(__DIR__, 2) . '/shared/admin';
    }

    /** Where a language's texts are, `%s` being its locale. */
    public static function files(): string
    {
        return self::folder() . '/language/%s/odoo_connector.php';
    }

    private function file(string $locale): array
    {
        $_ = [];
        require sprintf(self::files(), $locale);
        return $_;
    }

    private function placeholders(string $text): array
    {
        preg_match_all('/\{\w+\}/', $text, $found);
        $placeholders = array_unique($found[0]);
        sort($placeholders);
        return $placeholders;
    }
}

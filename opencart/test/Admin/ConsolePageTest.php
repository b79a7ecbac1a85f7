<?php
namespace OdooConnector\Test\Admin;

use OdooConnector\Admin\ConsolePage;
use OdooConnector\Admin\ConsoleProbe;
use PHPUnit\Framework\TestCase;

final class ConsolePageTest extends TestCase
{
    public function testTheFrameShowsAPageOfTheConsole(): void
    {
        $page = ConsolePage::of('https://Console.example:8443/app', '/records/customer');
        $this->assertSame('https://Console.example:8443/app/records/customer?embed=1', $page->address);
        $this->assertSame('https://console.example:8443', $page->origin);
    }

    public function testADeepLinkKeepsItsQuery(): void
    {
        $page = ConsolePage::of('https://console.example', '/records/customer/guest%3Aa?q=b&state=failed');
        $this->assertSame('https://console.example/records/customer/guest%3Aa?q=b&state=failed&embed=1', $page->address);
    }

    public function elsewhere(): array
    {
        return [['//evil.example'], ['https://evil.example'], ['/a/../../b'], ['javascript:alert(1)'], ['/a"onload="x'], ['/a#b'], [''], ['/\\evil.example'], ["/a\n"]];
    }

    /** @dataProvider elsewhere */
    public function testWhatLeadsElsewhereOpensTheFirstPage(string $asked): void
    {
        $this->assertSame('https://console.example/?embed=1', ConsolePage::of('https://console.example', $asked)->address);
    }

    public function testTheReasonOfAnEmptyFrameIsFound(): void
    {
        $params = ['origin' => 'https://console.example', 'parent' => 'https://shop.example'];
        $judge = static function (int $status, string $body) use ($params): string {
            return ConsoleProbe::judge($status, $body, $params)->problem();
        };
        $this->assertSame('CONSOLE_SILENT', $judge(200, '{"api":"","parents":["https://shop.example"]}'));
        $this->assertSame('CONSOLE_REFUSES_FRAME', $judge(200, '{"api":"","parents":["https://other.example"]}'));
        $this->assertSame('CONSOLE_REFUSES_FRAME', $judge(200, '{"api":""}'));
        $this->assertSame('CONSOLE_UNREADABLE', $judge(200, '<html>'));
        $this->assertSame('CONSOLE_UNREADABLE', $judge(404, '{}'));
        $this->assertSame('CONSOLE_UNREACHABLE', $judge(502, ''));
    }
}

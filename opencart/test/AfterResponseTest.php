<?php
namespace OdooConnector\Test;

use OdooConnector\ExportEndpoint;
use PHPUnit\Framework\TestCase;

/** In a process of its own, since it is about the end of one. */
final class AfterResponseTest extends TestCase
{
    private function runAlone(string $code): string
    {
        $start = 'require ' . var_export(__DIR__ . '/../core/autoload.php', true) . '; use OdooConnector\AfterResponse; ';
        return (string)shell_exec(PHP_BINARY . ' -d display_errors=1 -d error_log=/dev/null -r ' . escapeshellarg($start . $code));
    }

    public function testWorksOnceAndAfterTheAnswerIsOut(): void
    {
        $code = 'function litespeed_finish_request() { echo "answered "; }'
            . 'register_shutdown_function(function () { echo "session "; });'
            . 'foreach ([1, 2] as $n) { AfterResponse::once(function () use ($n) { echo "sent $n"; }); }'
            . 'register_shutdown_function(function () { echo "later "; });'
            . 'echo "page ";';
        $this->assertSame('page session later answered sent 1', $this->runAlone($code));
    }

    public function testWhereTheShopperWouldWaitNothingIsDone(): void
    {
        $this->assertSame('page', $this->runAlone('AfterResponse::once(function () { echo "sent"; }); echo "page";'));
    }

    public function testWhatFailsIsNotShown(): void
    {
        $code = 'function litespeed_finish_request() {} AfterResponse::once(function () { throw new TypeError("secret"); }); echo "page";';
        $this->assertSame('page', $this->runAlone($code));
    }

    public function testTheExportEndpointTakesPostOnlyAndHidesWhatWentWrong(): void
    {
        $log = [];
        $tell = static function (string $line) use (&$log) {
            $log[] = $line;
        };
        $broken = static function () {
            throw new \RuntimeException("SELECT 'secret'");
        };
        $answer = ExportEndpoint::serve($broken, ['REQUEST_METHOD' => 'GET'], $tell);
        $this->assertSame('HTTP/1.1 405 Method Not Allowed', $answer['headers'][0]);
        $answer = ExportEndpoint::serve($broken, ['REQUEST_METHOD' => 'POST'], $tell);
        $this->assertSame('HTTP/1.1 500 Internal Server Error', $answer['headers'][0]);
        $this->assertStringNotContainsString('secret', $answer['body'] . $log[0]);
        $this->assertNotNull(json_decode($answer['body'])->error);
    }
}

<?php
namespace OdooConnector\Test\Support;

/** A connector of a few lines: answers as it is told, and keeps what it was sent. One process, ended with close(). */
final class Endpoint
{
    /** @var string */
    public $url;
    private $process;
    private $folder;

    public function __construct()
    {
        $this->folder = sys_get_temp_dir() . '/odoo-connector-endpoint-' . bin2hex(random_bytes(6));
        mkdir($this->folder);
        $this->answer('accept');
        $listener = stream_socket_server('tcp://127.0.0.1:0');
        $address = stream_socket_get_name($listener, false);
        fclose($listener);
        $env = ['ENDPOINT_FOLDER' => $this->folder] + getenv();
        $command = [PHP_BINARY, '-S', $address, __DIR__ . '/endpoint-router.php'];
        $this->process = proc_open($command, [1 => ['file', '/dev/null', 'w'], 2 => ['file', '/dev/null', 'w']], $pipes, null, $env);
        $this->url = 'http://' . $address;
        for ($try = 0; $try < 500 && @file_get_contents($this->url . '/ready') !== 'ready'; $try++) {
            usleep(10000);
        }
    }

    /**
     * What it says from now on: `accept`, `duplicate`, `reject-all`, `reject:<record id>`, `half` (verdicts of half of the events),
     * `html`, `broken` (JSON that ends early), `hang`, `skew` (refused by a clock an hour ahead), or an HTTP status.
     */
    public function answer(string $how): void
    {
        file_put_contents($this->folder . '/answer', $how);
    }

    /** @return array<int, array{headers: array, body: array, raw: string}> what it was sent, oldest first */
    public function requests(): array
    {
        $requests = [];
        foreach (glob($this->folder . '/request-*') as $file) {
            $requests[] = json_decode(file_get_contents($file), true);
        }
        return $requests;
    }

    /** @return array<int, array> all events it was sent */
    public function events(): array
    {
        $events = array_column(array_column($this->requests(), 'body'), 'events');
        return $events === [] ? [] : array_merge(...$events);
    }

    public function close(): void
    {
        proc_terminate($this->process, 9);
        proc_close($this->process);
        array_map('unlink', glob($this->folder . '/*'));
        rmdir($this->folder);
    }
}

<?php
namespace OdooConnector\Test;

use OdooConnector\Test\Support\DemoStore;
use OdooConnector\Test\Support\Endpoint;

/** A connector for each test, and stores that are paired with it. */
abstract class EndpointTestCase extends StoreTestCase
{
    /** @var Endpoint */
    protected $endpoint;

    protected function setUp(): void
    {
        $this->endpoint = new Endpoint();
    }

    protected function tearDown(): void
    {
        $this->endpoint->close();
        parent::tearDown();
    }

    protected function paired(string $line = '4.1'): DemoStore
    {
        $store = $this->store($line);
        $this->pair($store, $this->endpoint->url);
        return $store;
    }
}

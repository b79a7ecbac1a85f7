<?php
namespace OdooConnector\Test;

use OdooConnector\Problem;

final class ExportAddressTest extends EndpointTestCase
{
    const URL = 'https://shop.example/export';

    public function testTellsTheConnectorWhereToReadTheStore(): void
    {
        $this->paired()->connector->tellExportAddress(0, self::URL, 'Ann');
        $requests = $this->endpoint->requests();
        $this->assertSame(['GET', 'PATCH'], array_column($requests, 'method'));
        $this->assertSame(['version' => 3, 'settings' => ['exportUrl' => self::URL]], $requests[1]['body']);
        $this->assertSame('Ann', $this->claims($requests[1])['sub']);
        $this->assertSame('manager', $this->claims($requests[1])['role']);
    }

    public function testSaysNothingThatIsKnown(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('known');
        $store->connector->tellExportAddress(0, self::URL, 'Ann');
        $this->assertCount(1, $this->endpoint->requests());
    }

    public function testSaysWhatStandsInTheWay(): void
    {
        $store = $this->paired();
        $this->endpoint->answer('409');
        try {
            $store->connector->tellExportAddress(0, self::URL, 'Ann');
            $this->fail('It was refused.');
        } catch (Problem $problem) {
            $this->assertSame('REQUEST_REFUSED', $problem->problem());
        }
        $this->expectException(Problem::class);
        $this->store()->connector->tellExportAddress(0, self::URL, 'Ann');
    }

    private function claims(array $request): array
    {
        $payload = explode('.', substr($request['headers']['authorization'], 7))[1];
        return json_decode(base64_decode(strtr($payload, '-_', '+/')), true);
    }
}

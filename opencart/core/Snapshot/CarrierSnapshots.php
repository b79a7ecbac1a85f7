<?php
namespace OdooConnector\Snapshot;

final class CarrierSnapshots extends MethodSnapshots
{
    protected function type(): string
    {
        return 'shipping';
    }
}

<?php
namespace OdooConnector\Snapshot;

final class PaymentMethodSnapshots extends MethodSnapshots
{
    protected function type(): string
    {
        return 'payment';
    }
}

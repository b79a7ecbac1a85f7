<?php
namespace OdooConnector\Snapshot;

final class OrderStatusSnapshots extends Source
{
    protected function records(StoreContext $store): array
    {
        $from = '(SELECT DISTINCT order_status_id FROM {order_status}) statuses';
        return ['from' => $from, 'id' => 'order_status_id', 'where' => '', 'params' => []];
    }

    protected function build(StoreContext $store, array $ids): array
    {
        $names = $store->names('order_status', 'order_status_id', $this->keys($ids));
        $found = [];
        foreach ($ids as $id) {
            $found[$id] = ['names' => isset($names[$id]) ? $names[$id] : $store->unnamed($id)];
        }
        return $found;
    }
}

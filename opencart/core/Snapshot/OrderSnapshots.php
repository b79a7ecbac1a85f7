<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Orders that were placed: those of status 0 are drafts of the checkout. */
final class OrderSnapshots extends Source
{
    protected function records(StoreContext $store): array
    {
        return ['from' => '{order}', 'id' => 'order_id', 'where' => 'order_status_id > 0 AND store_id = ?', 'params' => [$store->storeId]];
    }

    public function tellsChanges(): bool
    {
        return true;
    }

    /** 4.1 does not touch date_modified when the status changes, but writes down each change. */
    protected function changedSince(string $since): array
    {
        $local = (new \DateTime($since))->setTimezone($this->catalogue->surroundings->timezone)->format('Y-m-d H:i:s');
        return ['(date_modified >= ? OR order_id IN (SELECT order_id FROM {order_history} WHERE date_added >= ?))', [$local, $local]];
    }

    /** Products have events of their own: an order is none the different for a product that was edited since. */
    protected function hash(array $data): string
    {
        unset($data['products']);
        return parent::hash($data);
    }

    protected function build(StoreContext $store, array $ids): array
    {
        $orders = $this->tables->rows('SELECT * FROM {order} WHERE order_id IN (?) ORDER BY order_id', [$this->keys($ids)]);
        $parts = new OrderParts($this->tables, $this->catalogue, $store, $orders);
        $found = [];
        foreach ($orders as $order) {
            $found[$order['order_id']] = $this->one($store, $order, $parts);
        }
        return $found;
    }

    private function one(StoreContext $store, array $order, OrderParts $parts): array
    {
        $taxes = $parts->taxesOf($order);
        $lines = $parts->lines($order, $taxes);
        $data = ['orderId' => $order['order_id']];
        $customer = $parts->customer($order);
        if ($customer !== null) {
            $data['customerId'] = $order['customer_id'];
        }
        $data['customer'] = $customer === null ? $this->guest($store, $order) : $customer;
        foreach (['payment', 'shipping'] as $kind) {
            $address = $parts->address($order, $kind);
            if ($address !== null) {
                $data[$kind . 'Address'] = $address;
            }
        }
        foreach (['shipping', 'payment'] as $kind) {
            $method = OrderMethod::of($order, $kind);
            if ($method !== null) {
                $data[$kind . 'Method'] = ['code' => $method['code'], 'name' => $method['name']];
            }
        }
        return $data + [
            'lines' => $lines,
            'vouchers' => $parts->vouchers($order),
            'totals' => $parts->totals($order, $taxes),
            'products' => (object)$parts->products($order),
            'currencyCode' => $order['currency_code'],
            'currencyValue' => $order['currency_value'],
            'currencyDecimals' => $parts->currencyDecimals($order['currency_code']),
            'statusId' => $order['order_status_id'],
            'statusName' => $parts->statusName($order['order_status_id']),
            'comment' => Text::limited(Json::text($order['comment']), 65535),
            'placedAt' => $this->catalogue->surroundings->utc($order['date_added']),
        ];
    }

    /** Who has no account, or none any more. */
    private function guest(StoreContext $store, array $order): array
    {
        $taxIds = new TaxIds($this->tables);
        return [
            'firstName' => Json::text($order['firstname']),
            'lastName' => Json::text($order['lastname']),
            'email' => trim(Json::text($order['email'])),
            'telephone' => Json::text($order['telephone']),
            'languageCode' => $store->languageCode($order['language_id']),
            'company' => Json::text($order['payment_company']),
            'vat' => $taxIds->in($order['custom_field']) ?: $taxIds->in($order['payment_custom_field']),
        ];
    }
}

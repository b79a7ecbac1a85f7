<?php
namespace OdooConnector\Snapshot;

use OdooConnector\Json;

/** Customers who have an account, with all their addresses. */
final class CustomerSnapshots extends Source
{
    protected function records(StoreContext $store): array
    {
        $of = ['from' => '{customer}', 'id' => 'customer_id', 'where' => 'store_id = ?', 'params' => [$store->storeId]];
        if (!$store->isAlone()) {
            // One account buys in all stores: its orders have brought it to the Odoo of each.
            $of['where'] = '(store_id = ? OR customer_id IN (SELECT customer_id FROM {order} WHERE store_id = ? AND order_status_id > 0))';
            $of['params'][] = $store->storeId;
        }
        return $of;
    }

    protected function build(StoreContext $store, array $ids): array
    {
        return $this->all($store, $ids);
    }

    /**
     * Customers whatever store they registered in.
     *
     * @param string[] $ids
     * @return array<string, array> customer id → snapshot
     */
    public function all(StoreContext $store, array $ids): array
    {
        $ids = $this->keys($ids);
        if ($ids === []) {
            return [];
        }
        $addresses = $this->tables->grouped('customer_id', 'SELECT * FROM {address} WHERE customer_id IN (?) ORDER BY address_id', [$ids]);
        $all = $addresses === [] ? [] : array_merge(...array_values($addresses));
        $places = new Places($this->tables, $store);
        $places->prepare(array_column($all, 'country_id'), array_column($all, 'zone_id'));
        $taxIds = new TaxIds($this->tables);
        $found = [];
        foreach ($this->tables->rows('SELECT * FROM {customer} WHERE customer_id IN (?)', [$ids]) as $row) {
            $own = isset($addresses[$row['customer_id']]) ? $addresses[$row['customer_id']] : [];
            $default = $this->defaultAddress($row, $own);
            $found[$row['customer_id']] = [
                'firstName' => Json::text($row['firstname']),
                'lastName' => Json::text($row['lastname']),
                'email' => trim(Json::text($row['email'])),
                'telephone' => Json::text($row['telephone']),
                'languageCode' => $store->languageCode($row['language_id']),
                'company' => $default === null ? '' : Json::text($default['company']),
                'vat' => $taxIds->in($row['custom_field']) ?: ($default === null ? '' : $taxIds->in($default['custom_field'])),
                'active' => (int)$row['status'] === 1,
                'addresses' => array_map(static function (array $address) use ($places): array {
                    return ['addressId' => $address['address_id']] + self::address($address, $places);
                }, $own),
            ];
        }
        return $found;
    }

    /** @param array $row of address */
    private static function address(array $row, Places $places): array
    {
        $country = $places->country($row['country_id']);
        $zone = $places->zone($row['zone_id']);
        return [
            'firstName' => Json::text($row['firstname']),
            'lastName' => Json::text($row['lastname']),
            'company' => Json::text($row['company']),
            'address1' => Json::text($row['address_1']),
            'address2' => Json::text($row['address_2']),
            'city' => Json::text($row['city']),
            'postcode' => Json::text($row['postcode']),
            'countryCode' => $country['code'],
            'countryName' => $country['name'],
            'zoneCode' => $zone['code'],
            'zoneName' => $zone['name'],
        ];
    }

    /** 3.x notes it with the customer, 4.x with the address. */
    private function defaultAddress(array $customer, array $addresses): ?array
    {
        foreach ($addresses as $address) {
            $isDefault = isset($customer['address_id'])
                ? $customer['address_id'] === $address['address_id']
                : isset($address['default']) && (int)$address['default'] === 1;
            if ($isDefault) {
                return $address;
            }
        }
        return null;
    }
}

<?php
namespace OdooConnector;

/**
 * What OpenCart's events mean for the connector. Each method of a model that ends well becomes one statement
 * into the outbox, nothing else: records are read when they are sent. `$args` holds plain passwords: of it only ids are used.
 */
final class Changes
{
    /** Records whose id is the model's answer, or that are told by their first argument. */
    const ADDED = [
        'catalog/category addCategory' => Entities::CATEGORY,
        'catalog/product addProduct' => Entities::PRODUCT,
        'catalog/product addVariant' => Entities::PRODUCT,
        'catalog/option addOption' => Entities::OPTION,
        'customer/customer addCustomer' => Entities::CUSTOMER,
        'account/customer addCustomer' => Entities::CUSTOMER,
        'localisation/tax_rate addTaxRate' => Entities::TAX,
        'localisation/order_status addOrderStatus' => Entities::ORDER_STATUS,
    ];
    const EDITED = [
        'catalog/category editCategory' => Entities::CATEGORY,
        'catalog/product editProduct' => Entities::PRODUCT,
        'catalog/option editOption' => Entities::OPTION,
        'customer/customer editCustomer' => Entities::CUSTOMER,
        'customer/customer addAddress' => Entities::CUSTOMER,
        'customer/customer editAddress' => Entities::CUSTOMER,
        'customer/customer deleteAddresses' => Entities::CUSTOMER,
        'customer/customer_approval approveCustomer' => Entities::CUSTOMER,
        'account/customer editCustomer' => Entities::CUSTOMER,
        'account/customer editAddressId' => Entities::CUSTOMER,
        'account/address addAddress' => Entities::CUSTOMER,
        'account/address deleteAddresses' => Entities::CUSTOMER,
        'localisation/tax_rate editTaxRate' => Entities::TAX,
        'localisation/order_status editOrderStatus' => Entities::ORDER_STATUS,
        'checkout/order addHistory' => Entities::ORDER,
        'checkout/order addOrderHistory' => Entities::ORDER,
    ];
    const DELETED = [
        'catalog/category deleteCategory' => Entities::CATEGORY,
        'catalog/product deleteProduct' => Entities::PRODUCT,
        'catalog/option deleteOption' => Entities::OPTION,
        'customer/customer deleteCustomer' => Entities::CUSTOMER,
        'account/customer deleteCustomer' => Entities::CUSTOMER,
        'localisation/tax_rate deleteTaxRate' => Entities::TAX,
        'localisation/currency deleteCurrency' => Entities::CURRENCY,
        'localisation/order_status deleteOrderStatus' => Entities::ORDER_STATUS,
        'checkout/order deleteOrder' => Entities::ORDER,
        'sale/order deleteOrder' => Entities::ORDER,
    ];
    const EXTENSION_TYPES = ['shipping' => Entities::CARRIER, 'payment' => Entities::PAYMENT_METHOD];

    /** @var array<string, array<string, array>> entity → record id → what identified it before it was deleted */
    private static $noted = [];

    private $outbox;
    private $tombstones;
    private $prefix;

    public function __construct(Database $db, string $prefix, Outbox $outbox)
    {
        $this->outbox = $outbox;
        $this->tombstones = new Tombstones($db, $prefix);
        $this->prefix = $prefix;
    }

    /** A model's method is about to run. */
    public function before(string $route, array $args): void
    {
        $method = self::method($route);
        if (isset(self::DELETED[$method])) {
            $entity = self::DELETED[$method];
            foreach ($this->tombstones->of($entity, (int)reset($args)) as $id => $tombstone) {
                self::$noted[$entity][$id] = $tombstone;
            }
        } elseif (($method === 'account/address deleteAddress') && count($args) === 1) {
            self::$noted['address'][(int)reset($args)] = $this->tombstones->customerOfAddress((int)reset($args));
        }
    }

    /** A model's method has run. @param mixed $output its answer */
    public function after(string $route, array $args, $output): void
    {
        $method = self::method($route);
        $args = array_values($args);
        $id = isset($args[0]) && is_scalar($args[0]) ? (string)$args[0] : '';
        if (isset(self::ADDED[$method])) {
            $this->added($method, $id, $output);
        } elseif (isset(self::EDITED[$method])) {
            $this->upsert(self::EDITED[$method], $id);
        } elseif (isset(self::DELETED[$method])) {
            $this->deleted(self::DELETED[$method]);
        }
        $this->furtherOf($method, $args, $id, $output);
    }

    private function added(string $method, string $id, $output): void
    {
        $entity = self::ADDED[$method];
        if (is_scalar($output) && (int)$output > 0) {
            $this->upsert($entity, (string)(int)$output);
        } elseif ($entity === Entities::ORDER_STATUS) {
            // 3.x does not say which one it made.
            $this->found($entity, 'SELECT MAX(order_status_id) AS record_id FROM {order_status}');
        }
    }

    /** What else a method changes, or what its arguments say differently in different releases. */
    private function furtherOf(string $method, array $args, string $id, $output): void
    {
        switch ($method) {
            case 'catalog/product editVariant':
                $this->upsert(Entities::PRODUCT, isset($args[1]) && is_scalar($args[1]) ? (string)$args[1] : '');
                break;
            case 'catalog/product editVariants':
                $this->found(Entities::PRODUCT, 'SELECT product_id AS record_id FROM {product} WHERE master_id = ?', [(int)$id]);
                break;
            case 'catalog/product copyProduct':
                // 3.x does not say which one it made.
                $copy = is_scalar($output) ? (int)$output : 0;
                if ($copy > 0) {
                    $this->upsert(Entities::PRODUCT, (string)$copy);
                } else {
                    $this->found(Entities::PRODUCT, 'SELECT MAX(product_id) AS record_id FROM {product}');
                }
                break;
            case 'checkout/order editOrder':
                // The checkout edits its draft again and again; addHistory follows where it is more than a draft.
                $this->found(Entities::ORDER, 'SELECT order_id AS record_id FROM {order} WHERE order_id = ? AND order_status_id > 0', [(int)$id]);
                break;
            case 'account/address editAddress':
                // Up to 4.0 (address, data), from 4.1 on (customer, address, data).
                if (count($args) > 2 && !is_array($args[1])) {
                    $this->upsert(Entities::CUSTOMER, $id);
                } else {
                    $this->found(Entities::CUSTOMER, 'SELECT customer_id AS record_id FROM {address} WHERE address_id = ?', [(int)$id]);
                }
                break;
            case 'account/address deleteAddress':
                $this->addressDeleted($args);
                break;
            case 'localisation/tax_class addTaxClass':
                $this->taxClass(is_scalar($output) ? (int)$output : 0);
                break;
            case 'localisation/tax_class editTaxClass':
            case 'localisation/tax_class deleteTaxClass':
                $this->taxClass((int)$id);
                break;
            case 'localisation/tax_rate editTaxRate':
                $query = 'SELECT p.product_id AS record_id FROM {product} p WHERE p.tax_class_id IN (SELECT tax_class_id FROM {tax_rule} WHERE tax_rate_id = ?)';
                $this->found(Entities::PRODUCT, $query, [(int)$id]);
                break;
            case 'setting/extension install':
            case 'setting/extension uninstall':
                $this->extension($method, $args);
                break;
            default:
                if (strncmp($method, 'localisation/currency ', 22) === 0) {
                    // Each currency carries the rates of all.
                    $this->found(Entities::CURRENCY, 'SELECT code AS record_id FROM {currency}');
                }
        }
    }

    private function deleted(string $entity): void
    {
        $records = isset(self::$noted[$entity]) ? self::$noted[$entity] : [];
        unset(self::$noted[$entity]);
        foreach ($records as $id => $tombstone) {
            $this->outbox->add($entity, (string)$id, Outbox::DELETE, $tombstone);
        }
    }

    private function addressDeleted(array $args): void
    {
        if (count($args) > 1) {
            $this->upsert(Entities::CUSTOMER, (string)$args[0]);
            return;
        }
        $addressId = (int)reset($args);
        $this->upsert(Entities::CUSTOMER, isset(self::$noted['address'][$addressId]) ? self::$noted['address'][$addressId] : '');
        unset(self::$noted['address'][$addressId]);
    }

    /** Products carry the rates of their class. */
    private function taxClass(int $id): void
    {
        $this->found(Entities::TAX, 'SELECT DISTINCT tax_rate_id AS record_id FROM {tax_rule} WHERE tax_class_id = ?', [$id]);
        $this->found(Entities::PRODUCT, 'SELECT product_id AS record_id FROM {product} WHERE tax_class_id = ?', [$id]);
    }

    /** (type, code) on 3.x, (type, extension, code) to install on 4.x. */
    private function extension(string $method, array $args): void
    {
        $code = end($args);
        if (!isset($args[0]) || !isset(self::EXTENSION_TYPES[$args[0]]) || !is_string($code) || $code === '') {
            return;
        }
        $entity = self::EXTENSION_TYPES[$args[0]];
        if ($method === 'setting/extension install') {
            $this->upsert($entity, $code);
        } else {
            $this->outbox->add($entity, $code, Outbox::DELETE, ['code' => $code]);
        }
    }

    private function upsert(string $entity, string $id): void
    {
        if ((int)$id > 0 || ($id !== '' && !ctype_digit($id))) {
            $this->outbox->add($entity, $id, Outbox::UPSERT);
        }
    }

    private function found(string $entity, string $query, array $params = []): void
    {
        $this->outbox->addFound($entity, Snapshot\Tables::prefixed($query, $this->prefix), $params);
    }

    /** `catalog/product/editProduct` or `catalog/product.editProduct` → `catalog/product editProduct`. */
    private static function method(string $route): string
    {
        $route = preg_replace('~^model/~', '', $route);
        return preg_replace('~[./](\w+)$~', ' $1', $route);
    }
}

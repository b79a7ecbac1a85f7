<?php
namespace OdooConnector;

/**
 * Which of OpenCart's events tell of a change: the one table that the admin's install() registers.
 * `?` stands for the separator before the method, `/` up to 4.0 and `.` from 4.1 on; methods that a version
 * does not have never fire there. Newsletter and passwords are no part of what is told.
 */
final class Triggers
{
    /** Event code, for addEvent and deleteEventByCode. */
    const CODE = 'odoo_connector';
    const BEFORE = 'before';
    const AFTER = 'after';

    /** application → model → methods whose end is told of; `before:` those whose beginning is, too. */
    const TABLE = [
        'admin' => [
            'catalog/category' => ['addCategory', 'editCategory', 'before:deleteCategory'],
            'catalog/product' => [
                'addProduct', 'editProduct', 'copyProduct', 'before:deleteProduct', 'addVariant', 'editVariant', 'editVariants',
            ],
            'catalog/option' => ['addOption', 'editOption', 'before:deleteOption'],
            'customer/customer' => [
                'addCustomer', 'editCustomer', 'before:deleteCustomer', 'addAddress', 'editAddress', 'deleteAddresses',
            ],
            'customer/customer_approval' => ['approveCustomer'],
            'sale/order' => ['before:deleteOrder'],
            'localisation/tax_class' => ['addTaxClass', 'editTaxClass', 'deleteTaxClass'],
            'localisation/tax_rate' => ['addTaxRate', 'editTaxRate', 'before:deleteTaxRate'],
            'localisation/currency' => ['addCurrency', 'editCurrency', 'before:deleteCurrency', 'editValueByCode', 'refresh'],
            'localisation/order_status' => ['addOrderStatus', 'editOrderStatus', 'before:deleteOrderStatus'],
            'setting/extension' => ['install', 'uninstall'],
        ],
        'catalog' => [
            'account/customer' => ['addCustomer', 'editCustomer', 'editAddressId', 'before:deleteCustomer'],
            'account/address' => ['addAddress', 'editAddress', 'before:deleteAddress', 'deleteAddresses'],
            'checkout/order' => ['addHistory', 'addOrderHistory', 'editOrder', 'before:deleteOrder'],
            'localisation/currency' => ['editValueByCode'],
        ],
    ];

    /**
     * Handlers are methods of the module's controller in that application, named `before` and `after`.
     *
     * @return array<int, array{trigger: string, application: string, handler: string}>
     */
    public static function all(): array
    {
        $all = [];
        foreach (self::TABLE as $application => $models) {
            foreach ($models as $model => $methods) {
                foreach ($methods as $method) {
                    $parts = explode(':', $method);
                    $name = end($parts);
                    foreach (count($parts) > 1 ? [self::BEFORE, self::AFTER] : [self::AFTER] as $moment) {
                        $trigger = "$application/model/$model?$name/$moment";
                        $all[] = ['trigger' => $trigger, 'application' => $application, 'handler' => $moment];
                    }
                }
            }
        }
        return $all;
    }
}

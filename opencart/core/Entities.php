<?php
namespace OdooConnector;

/** What the store tells of, by the connector's names. */
final class Entities
{
    const CATEGORY = 'category';
    const OPTION = 'option';
    const PRODUCT = 'product';
    const CUSTOMER = 'customer';
    const TAX = 'tax';
    const CURRENCY = 'currency';
    const CARRIER = 'carrier';
    const PAYMENT_METHOD = 'payment-method';
    const ORDER_STATUS = 'order-status';
    const ORDER = 'order';

    /** In the order in which they need each other. */
    const ALL = [
        self::CURRENCY, self::TAX, self::CARRIER, self::PAYMENT_METHOD, self::ORDER_STATUS,
        self::CATEGORY, self::OPTION, self::PRODUCT, self::CUSTOMER, self::ORDER,
    ];
}

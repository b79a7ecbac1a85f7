<?php
namespace OdooConnector\Admin;

/**
 * Where OpenCart's own pages get a button *Sync to Odoo*, and how it is put there.
 */
final class SyncButton
{
    /** View → entity, of lists whose rows are chosen by their boxes. */
    const LISTS = [
        3 => [
            'catalog/product_list' => 'product',
            'catalog/category_list' => 'category',
            'customer/customer_list' => 'customer',
            'sale/order_list' => 'order',
        ],
        4 => [
            'catalog/product' => 'product',
            'catalog/category' => 'category',
            'customer/customer' => 'customer',
            'sale/order' => 'order',
        ],
    ];

    /** View → entity and the query's parameter that names the record, of pages of one record. */
    const RECORDS = [
        'catalog/product_form' => ['product', 'product_id'],
        'catalog/category_form' => ['category', 'category_id'],
        'customer/customer_form' => ['customer', 'customer_id'],
        'sale/order_info' => ['order', 'order_id'],
    ];

    /** @return string[] the views to listen to */
    public static function views(int $line): array
    {
        return array_merge(array_keys(self::LISTS[$line]), array_keys(self::RECORDS));
    }

    /**
     * @param array<string, mixed> $query the request's
     * @return array{entity: string, recordId: string}|null what a button on this view syncs; recordId is empty for
     *                                                      the chosen rows; null: no button, e.g. on a new record
     */
    public static function on(int $line, string $view, array $query)
    {
        if (isset(self::LISTS[$line][$view])) {
            return ['entity' => self::LISTS[$line][$view], 'recordId' => ''];
        }
        if (!isset(self::RECORDS[$view])) {
            return null;
        }
        list($entity, $parameter) = self::RECORDS[$view];
        $recordId = isset($query[$parameter]) ? (int) $query[$parameter] : 0;
        return $recordId > 0 ? ['entity' => $entity, 'recordId' => (string) $recordId] : null;
    }

    /**
     * Puts the button first among those at the right of the page's heading. In a page without such a place it
     * stands before the heading; a page without a heading is left alone.
     */
    public static function into(string $page, string $button): string
    {
        $header = strpos($page, 'page-header');
        if ($header === false) {
            return $page;
        }
        if (preg_match('~<div class="[^"]*\b(?:float-end|pull-right)\b[^"]*">~', $page, $match, PREG_OFFSET_CAPTURE, $header)) {
            $end = strpos($page, '</h1>', $header);
            if ($end === false || $match[0][1] < $end) {
                return substr_replace($page, $button, $match[0][1] + strlen($match[0][0]), 0);
            }
        }
        $heading = strpos($page, '<h1', $header);
        return $heading === false ? $page : substr_replace($page, $button, $heading, 0);
    }
}

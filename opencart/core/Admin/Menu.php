<?php
namespace OdooConnector\Admin;

/**
 * The menu *Odoo Mappings* in the admin's left column.
 */
final class Menu
{
    /** Name of the entry → page of the console, or the entries below it. */
    const ENTRIES = [
        'configurations' => '/settings',
        'customers' => '/records/customer',
        'addresses' => '/records/address',
        'categories' => '/records/category',
        'products' => [
            'options' => '/records/option',
            'option_values' => '/records/option-value',
            'templates' => '/records/product',
        ],
        'taxes' => '/records/tax',
        'currencies' => '/records/currency',
        'carriers' => '/records/carrier',
        'payment_methods' => '/records/payment-method',
        'order_statuses' => '/order-status',
        'logs' => '/logs',
    ];

    /**
     * @param callable(string): string $console makes the address of the page that shows a page of the console
     * @param string $settings address of the page of the store's own settings
     * @return array one entry of OpenCart's menus: id, icon, name, href, children
     */
    public static function build(Texts $texts, string $icon, callable $console, string $settings): array
    {
        $children = self::children(self::ENTRIES, $texts, $console);
        $children[] = self::entry($texts->get('menu_connection'), $settings, []);
        return [
            'id' => 'menu-odoo-connector',
            'icon' => $icon,
            'href' => '',
            'name' => self::escape($texts->get('menu_title')),
            'children' => $children,
        ];
    }

    /** @return string how the menu calls the page with this path, e.g. `Products › Options`; else the menu's own title */
    public static function titleOf(string $path, Texts $texts): string
    {
        foreach (self::ENTRIES as $name => $to) {
            foreach (is_array($to) ? $to : [$name => $to] as $child => $page) {
                if ($path === $page || strpos($path, $page . '/') === 0) {
                    $above = is_array($to) ? $texts->get('menu_' . $name) . ' › ' : '';
                    return $above . $texts->get('menu_' . $child);
                }
            }
        }
        return $texts->get('menu_title');
    }

    private static function children(array $entries, Texts $texts, callable $console): array
    {
        $children = [];
        foreach ($entries as $name => $to) {
            $children[] = is_array($to)
                ? self::entry($texts->get('menu_' . $name), '', self::children($to, $texts, $console))
                : self::entry($texts->get('menu_' . $name), $console($to), []);
        }
        return $children;
    }

    private static function entry(string $name, string $href, array $children): array
    {
        return ['name' => self::escape($name), 'href' => self::escape($href), 'children' => $children];
    }

    /** OpenCart's template prints names and addresses as they are. */
    private static function escape(string $text): string
    {
        return htmlspecialchars($text, ENT_QUOTES, 'UTF-8');
    }
}

<?php
namespace OdooConnector\Admin;

/**
 * What differs between OpenCart 3 and 4 for the extension's admin pages. Everything else is shared.
 */
final class Line
{
    /** @var int 3 or 4 */
    public $version;
    /** @var string the module's own route; all of its pages are methods of it, so one permission row covers them */
    public $route;
    /** @var string what stands before a method in a route */
    public $separator;
    /** @var string route of the catalog controller that the storefront's events call */
    public $catalogRoute;
    /** @var string directory of templates, as `load->view` wants it, with the slash */
    public $templates;
    /** @var string address of scripts and styles, relative to the admin, with the slash */
    public $assets;
    /** @var string file of strings, `%s` is the locale */
    public $language;
    /** @var string address of the default store's catalog */
    public $catalogUrl;
    /** @var string whose permission it takes to install modules */
    public $modulesPermission;
    /** @var string route of the page of the store's export */
    public $exportRoute;
    /** @var string prefix of the classes of icons */
    public $icons;

    /** OpenCart 3, with the directories and addresses of this store. */
    public static function three(string $languageDirectory, string $catalogUrl): self
    {
        $line = new self();
        $line->version = 3;
        $line->route = 'extension/module/odoo_connector';
        $line->separator = '/';
        $line->catalogRoute = 'extension/module/odoo_connector';
        $line->templates = 'extension/module/odoo_connector/';
        $line->assets = 'view/javascript/odoo_connector/';
        $line->language = $languageDirectory . '%s/extension/module/odoo_connector.php';
        $line->catalogUrl = $catalogUrl;
        $line->modulesPermission = 'extension/extension/module';
        $line->exportRoute = 'extension/module/odoo_connector/export';
        $line->icons = '';
        return $line;
    }

    /** OpenCart 4, with the directory of extensions and the addresses of this store. */
    public static function four(string $extensionDirectory, string $catalogUrl): self
    {
        $line = new self();
        $line->version = 4;
        $line->route = 'extension/odoo_connector/module/odoo_connector';
        $line->separator = '.';
        $line->catalogRoute = 'extension/odoo_connector/module/odoo_connector';
        $line->templates = 'extension/odoo_connector/';
        $line->assets = $catalogUrl . 'extension/odoo_connector/admin/view/javascript/';
        $line->language = $extensionDirectory . 'odoo_connector/admin/language/%s/module/odoo_connector.php';
        $line->catalogUrl = $catalogUrl;
        $line->modulesPermission = 'extension/module';
        $line->exportRoute = 'extension/odoo_connector/api/export';
        $line->icons = 'fa-solid ';
        return $line;
    }

    /** The route of one of the module's methods. */
    public function action(string $method): string
    {
        return $method === '' ? $this->route : $this->route . $this->separator . $method;
    }
}

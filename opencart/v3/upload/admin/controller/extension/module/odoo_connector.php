<?php
require_once DIR_SYSTEM . 'library/odoo_connector/autoload.php';

/**
 * The module in OpenCart 3's admin. What it does is in the core, which both lines share.
 */
class ControllerExtensionModuleOdooConnector extends Controller
{
    public function index()
    {
        $this->module()->settings()->page();
    }

    public function save()
    {
        $this->module()->settings()->save();
    }

    public function test()
    {
        $this->module()->settings()->test();
    }

    public function generate()
    {
        $this->module()->settings()->generate();
    }

    public function unpair()
    {
        $this->module()->settings()->unpair();
    }

    public function send()
    {
        $this->module()->settings()->send();
    }

    public function retry()
    {
        $this->module()->settings()->retry();
    }

    public function console()
    {
        $this->module()->console()->page();
    }

    public function token()
    {
        $this->module()->console()->token();
    }

    public function probe()
    {
        $this->module()->console()->probe();
    }

    public function sync()
    {
        $this->module()->sync()->sync();
    }

    public function install()
    {
        $this->module()->install();
    }

    public function uninstall()
    {
        $this->module()->uninstall();
    }

    /** Event `admin/view/common/column_left/before`. */
    public function menu(&$route, &$data)
    {
        $this->module()->console()->menu($data);
    }

    /** Events `admin/view/…/after` of OpenCart's own pages. */
    public function button(&$route, &$data, &$output)
    {
        $this->module()->sync()->button($route, $output);
    }

    private function module()
    {
        $catalogUrl = $this->request->server['HTTPS'] ? HTTPS_CATALOG : HTTP_CATALOG;
        $line = \OdooConnector\Admin\Line::three(DIR_LANGUAGE, $catalogUrl);
        return new \OdooConnector\Admin\Module($this->registry, $line, $this->connector());
    }

    private function connector()
    {
        return \OdooConnector\Connector::open($this->db, DB_PREFIX, [
            'storeUrl' => HTTPS_CATALOG,
            'imageDir' => DIR_IMAGE,
            'catalogDir' => DIR_CATALOG,
        ]);
    }
}

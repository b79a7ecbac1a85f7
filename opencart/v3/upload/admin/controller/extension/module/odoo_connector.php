<?php
require_once DIR_SYSTEM . 'library/odoo_connector/autoload.php';

/**
 * The module in OpenCart 3's admin. What it does is in the core, which both lines share.
 */
class ControllerExtensionModuleOdooConnector extends Controller {
	public function index() {
		$this->module()->settings()->page();
	}

	public function save() {
		$this->module()->settings()->save();
	}

	public function test() {
		$this->module()->settings()->test();
	}

	public function generate() {
		$this->module()->settings()->generate();
	}

	public function unpair() {
		$this->module()->settings()->unpair();
	}

	public function send() {
		$this->module()->settings()->send();
	}

	public function retry() {
		$this->module()->settings()->retry();
	}

	public function console() {
		$this->module()->console()->page();
	}

	public function token() {
		$this->module()->console()->token();
	}

	public function probe() {
		$this->module()->console()->probe();
	}

	public function sync() {
		$this->module()->sync()->sync();
	}

	public function install() {
		$this->module()->install();
	}

	public function uninstall() {
		$this->module()->uninstall();
	}

	/**
	 * A model's method is about to run. Returns nothing: an answer would take the place of the model's.
	 */
	public function before(&$route = '', &$args = array()) {
		if ($route !== '') {
			$this->handlers()->before($route, $args);
		}
	}

	/**
	 * A model's method has run.
	 *
	 * @param mixed $output its answer
	 */
	public function after(&$route = '', &$args = array(), &$output = null) {
		if ($route !== '') {
			$this->handlers()->after($route, $args, $output);
		}
	}

	/** Event `admin/view/common/column_left/before`. */
	public function menu(&$route, &$data) {
		$this->module()->console()->menu($data);
	}

	/** Events `admin/view/…/after` of OpenCart's own pages. */
	public function button(&$route, &$data, &$output) {
		$this->module()->sync()->button($route, $output);
	}

	private function module() {
		$line = \OdooConnector\Admin\Line::three(DIR_LANGUAGE, HTTPS_CATALOG);
		return new \OdooConnector\Admin\Module($this->registry, $line, call_user_func($this->opener()));
	}

	private function handlers() {
		return new \OdooConnector\Handlers($this->opener(), array($this->log, 'write'));
	}

	private function opener() {
		$db = $this->db;
		return static function () use ($db) {
			return \OdooConnector\Connector::open($db, DB_PREFIX);
		};
	}
}

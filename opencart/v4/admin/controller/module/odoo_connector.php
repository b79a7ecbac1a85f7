<?php
namespace Opencart\Admin\Controller\Extension\OdooConnector\Module;

require_once DIR_EXTENSION . 'odoo_connector/system/library/odoo_connector/autoload.php';

use OdooConnector\Admin\Line;
use OdooConnector\Admin\Module;
use OdooConnector\Connector;
use OdooConnector\Handlers;

/**
 * The module in OpenCart 4's admin. What it does is in the core, which both lines share.
 */
class OdooConnector extends \Opencart\System\Engine\Controller {
	public function index(): void {
		$this->module()->settings()->page();
	}

	public function save(): void {
		$this->module()->settings()->save();
	}

	public function test(): void {
		$this->module()->settings()->test();
	}

	public function generate(): void {
		$this->module()->settings()->generate();
	}

	public function unpair(): void {
		$this->module()->settings()->unpair();
	}

	public function send(): void {
		$this->module()->settings()->send();
	}

	public function retry(): void {
		$this->module()->settings()->retry();
	}

	public function console(): void {
		$this->module()->console()->page();
	}

	public function token(): void {
		$this->module()->console()->token();
	}

	public function probe(): void {
		$this->module()->console()->probe();
	}

	public function sync(): void {
		$this->module()->sync()->sync();
	}

	public function install(): void {
		$this->module()->install();
	}

	public function uninstall(): void {
		$this->module()->uninstall();
	}

	/**
	 * A model's method is about to run. Returns nothing: an answer would take the place of the model's.
	 */
	public function before(string &$route = '', array &$args = []): void {
		if ($route !== '') {
			$this->handlers()->before($route, $args);
		}
	}

	/**
	 * A model's method has run.
	 *
	 * @param mixed $output its answer
	 */
	public function after(string &$route = '', array &$args = [], &$output = null): void {
		if ($route !== '') {
			$this->handlers()->after($route, $args, $output);
		}
	}

	/** Event `admin/view/common/column_left/before`. */
	public function menu(string &$route, array &$data): void {
		$this->module()->console()->menu($data);
	}

	/** Events `admin/view/…/after` of OpenCart's own pages. */
	public function button(string &$route, array &$data, string &$output): void {
		$this->module()->sync()->button($route, $output);
	}

	private function module(): Module {
		return new Module($this->registry, Line::four(DIR_EXTENSION, HTTP_CATALOG), ($this->opener())());
	}

	private function handlers(): Handlers {
		return new Handlers($this->opener(), [$this->log, 'write']);
	}

	private function opener(): callable {
		$db = $this->db;
		return static function () use ($db) {
			return Connector::open($db, DB_PREFIX);
		};
	}
}

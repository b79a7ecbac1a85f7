<?php
namespace Opencart\Catalog\Controller\Extension\OdooConnector\Module;

require_once DIR_EXTENSION . 'odoo_connector/system/library/odoo_connector/autoload.php';

/** The storefront's events, told to the connector. */
class OdooConnector extends \Opencart\System\Engine\Controller {
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

	private function handlers(): \OdooConnector\Handlers {
		$db = $this->db;
		$open = static function () use ($db) {
			return \OdooConnector\Connector::open($db, DB_PREFIX);
		};
		return new \OdooConnector\Handlers($open, [$this->log, 'write']);
	}
}

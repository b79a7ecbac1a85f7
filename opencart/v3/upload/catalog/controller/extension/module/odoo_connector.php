<?php
require_once DIR_SYSTEM . 'library/odoo_connector/autoload.php';

/** The storefront's events, told to the connector, and what the connector asks the store for. */
class ControllerExtensionModuleOdooConnector extends Controller {
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

	/** `index.php?route=extension/module/odoo_connector/export` */
	public function export() {
		$answer = \OdooConnector\ExportEndpoint::serve($this->opener(), $_SERVER, array($this->log, 'write'));
		foreach ($answer['headers'] as $header) {
			$this->response->addHeader($header);
		}
		$this->response->setOutput($answer['body']);
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

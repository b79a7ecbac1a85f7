<?php
namespace Opencart\Catalog\Controller\Extension\OdooConnector\Api;

require_once DIR_EXTENSION . 'odoo_connector/system/library/odoo_connector/autoload.php';

/** What the connector asks the store for. */
class Export extends \Opencart\System\Engine\Controller {
	public function index(): void {
		$db = $this->db;
		$open = static function () use ($db) {
			return \OdooConnector\Connector::open($db, DB_PREFIX);
		};
		$answer = \OdooConnector\ExportEndpoint::serve($open, $_SERVER, [$this->log, 'write']);
		foreach ($answer['headers'] as $header) {
			$this->response->addHeader($header);
		}
		$this->response->setOutput($answer['body']);
	}
}

<?php
error_reporting(E_ALL);
date_default_timezone_set('Europe/Paris');
require __DIR__ . '/../core/autoload.php';
spl_autoload_register(static function ($class) {
    $prefix = 'OdooConnector\\Test\\';
    if (strncmp($class, $prefix, strlen($prefix)) === 0) {
        require __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    }
});

<?php
/**
 * Loads the classes of the extension's core. OpenCart's own loaders do not know them: require this once.
 */
spl_autoload_register(static function ($class) {
    $prefix = 'OdooConnector\\';
    if (strncmp($class, $prefix, strlen($prefix)) !== 0) {
        return;
    }
    $file = __DIR__ . '/' . str_replace('\\', '/', substr($class, strlen($prefix))) . '.php';
    if (is_file($file)) {
        require_once $file;
    }
});

<?php
namespace OdooConnector\Admin;

/** Which release of the extension this is; the build refuses one that differs from the packages' own. */
final class Release
{
    const VERSION = '0.1.0';
}

<?php
$_["heading_title"] = "Pauschale &amp; fertig";

<?php
$_["text_title"] = "<img src=\"x.png\"> Pauschale &amp; fertig";

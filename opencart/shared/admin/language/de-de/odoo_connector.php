<?php
// Texte des Moduls, für OpenCart 3 und 4. `{name}` wird ersetzt und nicht übersetzt.

// OpenCarts Liste der Module
$_['heading_title'] = 'Odoo-Connector';

// Seite
$_['text_home'] = 'Startseite';
$_['text_extension'] = 'Erweiterungen';
$_['text_enabled'] = 'Aktiviert';
$_['text_disabled'] = 'Deaktiviert';
$_['text_none'] = 'keine';
$_['button_save'] = 'Speichern';
$_['button_back'] = 'Zurück';
$_['button_close'] = 'Schließen';
$_['button_retry'] = 'Nochmals versuchen';

// Menü
$_['menu_title'] = 'Odoo-Zuordnungen';
$_['menu_configurations'] = 'Odoo-Konfiguration';
$_['menu_customers'] = 'Kunden';
$_['menu_addresses'] = 'Kundenadressen';
$_['menu_categories'] = 'Produktkategorien';
$_['menu_products'] = 'Produkte';
$_['menu_options'] = 'Optionen';
$_['menu_option_values'] = 'Optionswerte';
$_['menu_templates'] = 'Vorlagen';
$_['menu_taxes'] = 'Steuern';
$_['menu_currencies'] = 'Währungen';
$_['menu_carriers'] = 'Versandarten';
$_['menu_payment_methods'] = 'Zahlungsarten';
$_['menu_order_statuses'] = 'Bestellstatus';
$_['menu_logs'] = 'Protokoll';
$_['menu_connection'] = 'Verbindung dieses Shops';

// Einstellungen: Modul und Shop
$_['entry_status'] = 'Status';
$_['help_status'] = 'Deaktiviert werden Änderungen im Shop nicht festgehalten. Starten Sie nach dem Aktivieren einen Abgleich in der Konsole.';
$_['entry_store'] = 'Shop';
$_['text_paired'] = 'Gekoppelt';
$_['text_not_paired'] = 'Nicht gekoppelt';

// Einstellungen: Verbindung
$_['text_connection'] = 'Verbindung';
$_['text_paired_with'] = 'Dieser Shop ist mit der Verbindung „{connection}“ unter {endpoint} gekoppelt.';
$_['text_pair_first'] = 'Dieser Shop ist noch mit keinem Connector gekoppelt. Erzeugen Sie im Connector einen Kopplungscode (npm run pair oder Einrichtung in der Konsole) und fügen Sie ihn hier ein.';
$_['entry_code'] = 'Kopplungscode';
$_['help_code'] = 'Alles in einem Text. Ein neuer Code ersetzt das Geheimnis; das bisherige gilt währenddessen weiter.';
$_['button_pair'] = 'Koppeln';
$_['text_by_hand'] = 'Von Hand eingeben oder ändern';
$_['entry_endpoint'] = 'Endpunkt';
$_['help_endpoint'] = 'Die Adresse der API des Connectors, zum Beispiel https://connector.example.com';
$_['entry_connection'] = 'Verbindung';
$_['help_connection'] = 'Der Name der Verbindung im Connector';
$_['entry_console'] = 'Konsole';
$_['help_console'] = 'Die Adresse der Konsole des Connectors; leer: dort, wo der Endpunkt ist';
$_['entry_secret'] = 'Geheimnis';
$_['help_secret'] = 'Womit der Shop unterschreibt. Es wird nie wieder gezeigt; leer lassen, um es zu behalten.';
$_['text_secret_kept'] = 'Ein Geheimnis ist hinterlegt';
$_['button_generate'] = 'Erzeugen';
$_['text_secret_generated'] = 'Es wird einmal gezeigt und ist noch nicht gespeichert. Tragen Sie es zuerst im Connector ein (npm run pair -- --connection {connection} --secret …), dann speichern Sie diese Seite.';
$_['button_copy'] = 'Kopieren';
$_['text_copied'] = 'Kopiert';
$_['entry_verify_tls'] = 'Zertifikate prüfen';
$_['help_verify_tls'] = 'Nur auf einem Entwicklungsrechner mit eigenem Zertifikat ausschalten.';
$_['text_tls_off'] = 'Zertifikate werden nicht geprüft: Wer zwischen Shop und Connector sitzt, kann alles lesen und verändern. Betreiben Sie so niemals einen Shop.';
$_['entry_export_url'] = 'Export-URL';
$_['help_export_url'] = 'Von hier holt der Connector ganze Tabellen. Er erfährt sie, wenn der Shop gekoppelt wird.';
$_['button_test'] = 'Verbindung testen';
$_['text_testing'] = 'Wird getestet…';
$_['button_unpair'] = 'Entkoppeln';
$_['text_unpair_confirm'] = 'Diesen Shop entkoppeln? Es wird nichts mehr gesendet. Was im Postausgang wartet, bleibt bis zur nächsten Kopplung.';

// Einstellungen: Echtzeit
$_['text_real_time'] = 'Echtzeit';
$_['help_real_time'] = 'Was gesendet wird, sobald es sich ändert. Was ausgeschaltet ist, kommt mit dem nächsten Massenlauf nach Odoo.';
$_['text_real_time_later'] = 'Koppeln Sie diesen Shop, um zu wählen, was er sendet.';
$_['entity_currency'] = 'Währungen';
$_['entity_tax'] = 'Steuern';
$_['entity_carrier'] = 'Versandarten';
$_['entity_payment-method'] = 'Zahlungsarten';
$_['entity_order-status'] = 'Bestellstatus';
$_['entity_category'] = 'Kategorien';
$_['entity_option'] = 'Optionen und ihre Werte';
$_['entity_product'] = 'Produkte';
$_['entity_customer'] = 'Kunden und ihre Adressen';
$_['entity_order'] = 'Bestellungen';
$_['record_currency'] = 'Währung {id}';
$_['record_tax'] = 'Steuer {id}';
$_['record_carrier'] = 'Versandart {id}';
$_['record_payment-method'] = 'Zahlungsart {id}';
$_['record_order-status'] = 'Bestellstatus {id}';
$_['record_category'] = 'Kategorie {id}';
$_['record_option'] = 'Option {id}';
$_['record_product'] = 'Produkt {id}';
$_['record_customer'] = 'Kunde {id}';
$_['record_order'] = 'Bestellung {id}';

// Einstellungen: Postausgang
$_['text_outbox'] = 'Postausgang';
$_['text_outbox_empty'] = 'Nichts wartet: Alles wurde gesendet.';
$_['column_waiting'] = 'Wartend';
$_['column_oldest'] = 'Ältestes Ereignis';
$_['column_parked'] = 'Zurückgestellt';
$_['column_last_sent'] = 'Zuletzt gesendet';
$_['text_last_problem'] = 'Letztes Problem';
$_['text_never'] = 'nie';
$_['button_send_now'] = 'Jetzt senden';
$_['text_sending'] = 'Wird gesendet…';
$_['button_retry_parked'] = 'Zurückgestellte nochmals versuchen';
$_['text_parked'] = 'Zurückgestellte Ereignisse';
$_['help_parked'] = 'Der Connector hat sie abgelehnt. Sie bleiben erhalten und warten auf Sie: Beheben Sie den Grund, dann versuchen Sie es nochmals.';
$_['text_parked_more'] = 'Die ersten {shown} von {total} sind aufgeführt.';
$_['column_record'] = 'Datensatz';
$_['column_reason'] = 'Grund';
$_['column_since'] = 'Seit';
$_['text_deleted'] = 'gelöscht';

// Konsole
$_['text_console_loading'] = 'Die Konsole des Connectors wird geöffnet…';
$_['text_open_alone'] = 'In eigenem Tab öffnen';
$_['text_open_settings'] = 'Einstellungen öffnen';
$_['text_console_store'] = 'Shop';

// An Odoo senden
$_['button_sync'] = 'An Odoo senden';
$_['text_syncing'] = 'Wird gesendet…';
$_['text_sync_none'] = 'Wählen Sie zuerst mindestens eine Zeile.';

// Ergebnisse
$_['text_saved'] = 'Die Einstellungen sind gespeichert.';
$_['text_saved_unpaired'] = 'Die Einstellungen sind gespeichert. Dieser Shop ist noch nicht gekoppelt.';
$_['text_export_untold'] = 'Der Shop ist gekoppelt, aber dem Connector konnte nicht gesagt werden, wo er ihn liest: Tragen Sie die Export-URL in seinen Einstellungen ein.';
$_['text_pairing_saved'] = 'Der Shop ist gekoppelt. {verdict}';
$_['text_unpaired'] = 'Der Shop ist entkoppelt. Was im Postausgang wartet, wurde behalten.';
$_['text_test_ok'] = 'Die Verbindung steht: Der Connector antwortet, sein Zertifikat und das Geheimnis stimmen.';
$_['text_flush_sent'] = '{sent} gesendet, {waiting} warten noch.';
$_['text_flush_nothing'] = 'Es wartete nichts.';
$_['text_flush_rejected'] = '{sent} gesendet, {rejected} abgelehnt und zurückgestellt, {waiting} warten noch.';
$_['remedy_flush_rejected'] = 'Die Gründe stehen weiter unten.';
$_['text_retried'] = '{count} zurückgestellte Ereignisse warten wieder. {result}';
$_['text_sync_sent'] = 'An den Connector gesendet: {queued}. Sie sind gleich in Odoo.';
$_['text_sync_queued'] = '{queued} festgehalten; sie werden gesendet, sobald es wieder geht.';
$_['text_sync_waiting'] = '{queued} festgehalten, {waiting} Ereignisse warten noch auf das Senden.';
$_['text_sync_rejected'] = '{queued} festgehalten; der Connector hat {rejected} Ereignisse abgelehnt, sie sind zurückgestellt.';
$_['remedy_sync_rejected'] = 'Die Gründe stehen auf der Seite „Verbindung dieses Shops“ unter Postausgang.';
$_['text_sync_nothing'] = 'Es war nichts zu senden: Das Gewählte sind Entwürfe, oder es ist nicht mehr da.';

// Probleme: was geschah und was zu tun ist. Die Codes sind die der Erweiterung und des Connectors.
$_['problem_unknown'] = 'Etwas ist schiefgegangen ({code}).';
$_['problem_UNEXPECTED'] = 'Im Shop ist etwas Unvorhergesehenes schiefgegangen.';
$_['remedy_UNEXPECTED'] = 'Einzelheiten stehen im Fehlerprotokoll von OpenCart (System › Wartung › Fehlerprotokoll). Aktualisieren Sie die Erweiterung, oder melden Sie es.';
$_['problem_PERMISSION'] = 'Sie dürfen dieses Modul nicht ändern.';
$_['remedy_PERMISSION'] = 'Bitten Sie einen Administrator um das Recht, „Odoo-Connector“ zu bearbeiten (System › Benutzer › Benutzergruppen).';
$_['problem_METHOD'] = 'Diese Adresse nimmt nur an, was eine Schaltfläche dieser Seite sendet.';
$_['remedy_METHOD'] = 'Gehen Sie zurück zur Seite und benutzen Sie ihre Schaltfläche.';
$_['problem_SESSION_EXPIRED'] = 'Sie wurden von der Verwaltung abgemeldet.';
$_['remedy_SESSION_EXPIRED'] = 'Laden Sie die Seite neu, melden Sie sich an und versuchen Sie es nochmals.';
$_['problem_STORE_UNREACHABLE'] = 'Die Verwaltung dieses Shops selbst hat nicht geantwortet.';
$_['remedy_STORE_UNREACHABLE'] = 'Prüfen Sie Ihr eigenes Netz und versuchen Sie es nochmals. Bleibt es so, sehen Sie ins Fehlerprotokoll von OpenCart.';
$_['problem_PAIRING_MISSING'] = 'Dieser Shop ist mit keinem Connector gekoppelt.';
$_['remedy_PAIRING_MISSING'] = 'Öffnen Sie „Verbindung dieses Shops“ und fügen Sie einen Kopplungscode ein.';
$_['problem_PAIRING_CODE_BAD'] = 'Das ist kein vollständiger Kopplungscode, oder der Name der Verbindung ist ungültig.';
$_['remedy_PAIRING_CODE_BAD'] = 'Kopieren Sie den ganzen Code: Er beginnt mit „oco1.“ und enthält keine Leerzeichen. Der Name einer Verbindung beginnt mit einem Buchstaben und hat nur a–z, 0–9 und „_“, höchstens 40 davon.';
$_['problem_SECRET_BAD'] = 'Das ist kein vollständiges Geheimnis.';
$_['remedy_SECRET_BAD'] = 'Kopieren Sie es ganz: Es beginnt mit „whsec_“. Oder erzeugen Sie ein neues.';
$_['problem_ENDPOINT_BAD'] = 'Eine Adresse ist keine, die der Shop aufrufen kann.';
$_['remedy_ENDPOINT_BAD'] = 'Sie muss aussehen wie https://connector.example.com, ohne Benutzer, Abfrage oder Sprungmarke.';
$_['problem_CURL_MISSING'] = 'PHP fehlt die Erweiterung curl: Der Shop kann den Connector nicht aufrufen.';
$_['remedy_CURL_MISSING'] = 'Bitten Sie Ihren Hoster, die PHP-Erweiterung curl zu aktivieren.';
$_['problem_ENDPOINT_UNREACHABLE'] = 'Der Connector ist nicht erreichbar.';
$_['remedy_ENDPOINT_UNREACHABLE'] = 'Prüfen Sie den Endpunkt. Stimmt er, ist der Connector außer Betrieb oder eine Firewall des Hosters hält den Shop auf. Ereignisse bleiben erhalten und werden später gesendet.';
$_['problem_ENDPOINT_TIMEOUT'] = 'Der Connector hat nicht rechtzeitig geantwortet.';
$_['remedy_ENDPOINT_TIMEOUT'] = 'Versuchen Sie es in einer Minute nochmals. Bleibt es so, fragen Sie, wer den Connector betreibt. Ereignisse bleiben erhalten.';
$_['problem_TLS_FAILED'] = 'Das Zertifikat des Connectors ist ungültig.';
$_['remedy_TLS_FAILED'] = 'Prüfen Sie den Namen des Endpunkts. Stimmt er, ist das Zertifikat abgelaufen oder die Liste der Zertifizierungsstellen des Shops zu alt. Ein Connector ohne Zertifikat hat eine http://-Adresse.';
$_['problem_SIGNATURE_REFUSED'] = 'Der Connector nimmt das Geheimnis dieses Shops nicht an.';
$_['remedy_SIGNATURE_REFUSED'] = 'Erzeugen Sie im Connector einen neuen Kopplungscode und fügen Sie ihn hier ein.';
$_['problem_CLOCK_SKEW'] = 'Die Uhren von Shop und Connector gehen zu weit auseinander.';
$_['remedy_CLOCK_SKEW'] = 'Lassen Sie die Uhr des Shop-Servers von einem Zeitserver (NTP) stellen. Mehr als fünf Minuten werden nicht angenommen.';
$_['problem_ANSWER_UNREADABLE'] = 'Was am Endpunkt antwortet, ist nicht der Connector.';
$_['remedy_ANSWER_UNREADABLE'] = 'Prüfen Sie den Endpunkt: Es ist die Adresse der API, ohne /v1. Vielleicht steht ein Proxy oder eine Anmeldeseite dazwischen.';
$_['problem_ENDPOINT_UNAVAILABLE'] = 'Der Connector ist im Moment gestört.';
$_['remedy_ENDPOINT_UNAVAILABLE'] = 'Es geht nichts verloren, es wird von selbst nochmals versucht. Bleibt es so, fragen Sie, wer den Connector betreibt.';
$_['problem_REQUEST_REFUSED'] = 'Der Connector hat die Anfrage abgelehnt.';
$_['remedy_REQUEST_REFUSED'] = 'Aktualisieren Sie die Erweiterung oder den Connector: Sie sind vielleicht von verschiedenen Versionen.';
$_['problem_SNAPSHOT_FAILED'] = 'Der Datensatz konnte im Shop nicht gelesen werden.';
$_['remedy_SNAPSHOT_FAILED'] = 'Öffnen und speichern Sie den Datensatz im Shop, dann versuchen Sie es nochmals.';
$_['problem_EVENT_TOO_LARGE'] = 'Der Datensatz ist zu groß, um gesendet zu werden.';
$_['remedy_EVENT_TOO_LARGE'] = 'Kürzen Sie seine Beschreibungen, dann versuchen Sie es nochmals.';
$_['problem_SNAPSHOT_INVALID'] = 'Der Connector kann diesen Datensatz so, wie er im Shop ist, nicht verwenden.';
$_['remedy_SNAPSHOT_INVALID'] = 'Die Einzelheiten nennen das Feld. Beheben Sie es im Shop, dann versuchen Sie es nochmals.';
$_['problem_EVENT_INVALID'] = 'Der Connector versteht dieses Ereignis nicht.';
$_['remedy_EVENT_INVALID'] = 'Aktualisieren Sie die Erweiterung oder den Connector: Sie sind vielleicht von verschiedenen Versionen.';
$_['problem_ENTITY_UNKNOWN'] = 'Der Connector kennt diese Art von Datensatz nicht.';
$_['remedy_ENTITY_UNKNOWN'] = 'Aktualisieren Sie den Connector: Er ist älter als die Erweiterung.';
$_['problem_CONNECTION_UNCONFIGURED'] = 'Der Connector kennt diese Verbindung noch nicht, oder nicht die Anmeldung an Odoo.';
$_['remedy_CONNECTION_UNCONFIGURED'] = 'Öffnen Sie „Odoo-Konfiguration“ im Menü Odoo-Zuordnungen und füllen Sie sie aus.';
$_['problem_ODOO_DOWN'] = 'Der Connector läuft, Odoo aber nicht.';
$_['remedy_ODOO_DOWN'] = 'Öffnen Sie „Odoo-Konfiguration“ und testen Sie die Verbindung zu Odoo. Ereignisse warten so lange im Connector.';
$_['problem_ODOO_DEGRADED'] = 'Die Verbindung steht; in Odoo kommen einige Datensätze nicht an.';
$_['remedy_ODOO_DEGRADED'] = 'Öffnen Sie „Protokoll“ im Menü Odoo-Zuordnungen: Es nennt den Grund und wer ihn beheben kann.';
$_['problem_CONSOLE_SILENT'] = 'Die Konsole des Connectors antwortet in diesem Rahmen nicht.';
$_['remedy_CONSOLE_SILENT'] = 'Öffnen Sie sie in einem eigenen Tab, um zu sehen, ob sie läuft. Auch Erweiterungen des Browsers, die Rahmen blockieren, können der Grund sein.';
$_['problem_CONSOLE_UNREACHABLE'] = 'Die Konsole des Connectors unter {origin} ist nicht erreichbar.';
$_['remedy_CONSOLE_UNREACHABLE'] = 'Prüfen Sie die Adresse der Konsole in den Einstellungen, und ob der Connector läuft.';
$_['problem_CONSOLE_REFUSES_FRAME'] = 'Die Konsole des Connectors erlaubt dieser Verwaltung ({parent}) nicht, sie zu zeigen.';
$_['remedy_CONSOLE_REFUSES_FRAME'] = 'Wer den Connector betreibt, muss {parent} in seiner cdk.json unter consoleParents eintragen und ihn neu bereitstellen (bei npm start: CONSOLE_PARENTS). Dann laden Sie neu.';
$_['problem_CONSOLE_UNREADABLE'] = 'Was unter {origin} antwortet, ist nicht die Konsole des Connectors.';
$_['remedy_CONSOLE_UNREADABLE'] = 'Prüfen Sie die Adresse der Konsole in den Einstellungen.';
$_['problem_CONSOLE_INSECURE'] = 'Diese Verwaltung nutzt https, die Konsole unter {origin} nicht: Browser zeigen sie nicht.';
$_['remedy_CONSOLE_INSECURE'] = 'Geben Sie der Konsole eine https-Adresse, oder öffnen Sie sie in einem eigenen Tab.';

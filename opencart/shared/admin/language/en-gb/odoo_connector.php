<?php
// Strings of the module, for OpenCart 3 and 4. `{name}` is filled in; do not translate it.

// OpenCart's list of modules
$_['heading_title'] = 'Odoo Connector';

// Page
$_['text_home'] = 'Home';
$_['text_extension'] = 'Extensions';
$_['text_enabled'] = 'Enabled';
$_['text_disabled'] = 'Disabled';
$_['text_none'] = 'none';
$_['button_save'] = 'Save';
$_['button_back'] = 'Back';
$_['button_close'] = 'Close';
$_['button_retry'] = 'Try again';

// Menu
$_['menu_title'] = 'Odoo Mappings';
$_['menu_configurations'] = 'Odoo Configurations';
$_['menu_customers'] = 'Customers';
$_['menu_addresses'] = 'Customer\'s Address';
$_['menu_categories'] = 'Products Category';
$_['menu_products'] = 'Products';
$_['menu_options'] = 'Options';
$_['menu_option_values'] = 'Option values';
$_['menu_templates'] = 'Templates';
$_['menu_taxes'] = 'Tax';
$_['menu_currencies'] = 'Currency';
$_['menu_carriers'] = 'Carrier';
$_['menu_payment_methods'] = 'Payment Methods';
$_['menu_order_statuses'] = 'Order Status';
$_['menu_logs'] = 'Connector Logs';
$_['menu_connection'] = 'Connection of this Store';

// Settings: module and store
$_['entry_status'] = 'Status';
$_['help_status'] = 'Disabled, changes in the store are not recorded. Start a sweep in the console after enabling it again.';
$_['entry_store'] = 'Store';
$_['text_paired'] = 'Paired';
$_['text_not_paired'] = 'Not paired';

// Settings: connection
$_['text_connection'] = 'Connection';
$_['text_paired_with'] = 'This store is paired with the connection “{connection}” at {endpoint}.';
$_['text_pair_first'] = 'This store is not paired with a connector yet. Make a pairing code in the connector (npm run pair, or Setup in the console) and paste it here.';
$_['entry_code'] = 'Pairing code';
$_['help_code'] = 'Everything in one text. A new code replaces the secret; the former one stays valid meanwhile.';
$_['button_pair'] = 'Pair';
$_['text_by_hand'] = 'Enter or change it by hand';
$_['entry_endpoint'] = 'Endpoint';
$_['help_endpoint'] = 'The address of the connector\'s API, for instance https://connector.example.com';
$_['entry_connection'] = 'Connection';
$_['help_connection'] = 'The connection\'s name in the connector';
$_['entry_console'] = 'Console';
$_['help_console'] = 'The address of the connector\'s console; empty: where the endpoint is';
$_['entry_secret'] = 'Secret';
$_['help_secret'] = 'What the store signs with. It is never shown again; leave this empty to keep it.';
$_['text_secret_kept'] = 'A secret is kept';
$_['button_generate'] = 'Generate';
$_['text_secret_generated'] = 'This is shown once and not saved yet. Enter it in the connector first (npm run pair -- --connection {connection} --secret …), then save this page.';
$_['button_copy'] = 'Copy';
$_['text_copied'] = 'Copied';
$_['entry_verify_tls'] = 'Check certificates';
$_['help_verify_tls'] = 'Only ever switch this off on a developer\'s machine with a certificate of its own.';
$_['text_tls_off'] = 'Certificates are not checked: whoever is between the store and the connector can read and change what is sent. Never run a shop like this.';
$_['entry_export_url'] = 'Export URL';
$_['help_export_url'] = 'Where the connector fetches whole tables from. It is told so when the store is paired.';
$_['button_test'] = 'Test connection';
$_['text_testing'] = 'Testing…';
$_['button_unpair'] = 'Unpair';
$_['text_unpair_confirm'] = 'Unpair this store? Nothing is sent any more. What waits in the outbox stays until it is paired again.';

// Settings: real time
$_['text_real_time'] = 'Real time';
$_['help_real_time'] = 'What is sent as soon as it changes. What is switched off reaches Odoo with the next bulk run.';
$_['text_real_time_later'] = 'Pair this store to choose what it sends.';
$_['entity_currency'] = 'Currencies';
$_['entity_tax'] = 'Taxes';
$_['entity_carrier'] = 'Carriers';
$_['entity_payment-method'] = 'Payment methods';
$_['entity_order-status'] = 'Order statuses';
$_['entity_category'] = 'Categories';
$_['entity_option'] = 'Options and their values';
$_['entity_product'] = 'Products';
$_['entity_customer'] = 'Customers and their addresses';
$_['entity_order'] = 'Orders';
$_['record_currency'] = 'Currency {id}';
$_['record_tax'] = 'Tax {id}';
$_['record_carrier'] = 'Carrier {id}';
$_['record_payment-method'] = 'Payment method {id}';
$_['record_order-status'] = 'Order status {id}';
$_['record_category'] = 'Category {id}';
$_['record_option'] = 'Option {id}';
$_['record_product'] = 'Product {id}';
$_['record_customer'] = 'Customer {id}';
$_['record_order'] = 'Order {id}';

// Settings: outbox
$_['text_outbox'] = 'Outbox';
$_['text_outbox_empty'] = 'Nothing waits: everything was sent.';
$_['column_waiting'] = 'Waiting';
$_['column_oldest'] = 'Oldest event';
$_['column_parked'] = 'Parked';
$_['column_last_sent'] = 'Last sent';
$_['text_last_problem'] = 'Last problem';
$_['text_never'] = 'never';
$_['button_send_now'] = 'Send now';
$_['text_sending'] = 'Sending…';
$_['button_retry_parked'] = 'Try parked ones again';
$_['text_parked'] = 'Parked events';
$_['help_parked'] = 'The connector refused them. They are kept, and wait for you: mend the reason, then try them again.';
$_['text_parked_more'] = 'The first {shown} of {total} are listed.';
$_['column_record'] = 'Record';
$_['column_reason'] = 'Reason';
$_['column_since'] = 'Since';
$_['text_deleted'] = 'deleted';

// Console
$_['text_console_loading'] = 'Opening the connector\'s console…';
$_['text_open_alone'] = 'Open in its own tab';
$_['text_open_settings'] = 'Open the settings';
$_['text_console_store'] = 'Store';

// Sync to Odoo
$_['button_sync'] = 'Sync to Odoo';
$_['text_syncing'] = 'Syncing…';
$_['text_sync_none'] = 'Choose at least one row first.';

// Results
$_['text_saved'] = 'The settings are saved.';
$_['text_saved_unpaired'] = 'The settings are saved. This store is not paired yet.';
$_['text_export_untold'] = 'The store is paired, but the connector could not be told where to read it: enter the Export URL in its settings.';
$_['text_pairing_saved'] = 'The store is paired. {verdict}';
$_['text_unpaired'] = 'The store is unpaired. What waits in the outbox was kept.';
$_['text_test_ok'] = 'The connection works: the connector answers, its certificate and the secret are right.';
$_['text_flush_sent'] = '{sent} sent, {waiting} still waiting.';
$_['text_flush_nothing'] = 'Nothing was waiting.';
$_['text_flush_rejected'] = '{sent} sent, {rejected} refused and parked, {waiting} still waiting.';
$_['remedy_flush_rejected'] = 'The reasons are listed below.';
$_['text_retried'] = '{count} parked events wait again. {result}';
$_['text_sync_sent'] = 'Sent to the connector: {queued}. They are in Odoo in a moment.';
$_['text_sync_queued'] = '{queued} recorded; they are sent as soon as it works again.';
$_['text_sync_waiting'] = '{queued} recorded, {waiting} events are still waiting to be sent.';
$_['text_sync_rejected'] = '{queued} recorded; the connector refused {rejected} events and they are parked.';
$_['remedy_sync_rejected'] = 'The reasons are on the page “Connection of this Store”, under Outbox.';
$_['text_sync_nothing'] = 'Nothing had to be sent: the chosen records are drafts, or gone.';

// Problems: what happened, and what to do. The codes are those of the store's extension and of the connector.
$_['problem_unknown'] = 'Something went wrong ({code}).';
$_['problem_UNEXPECTED'] = 'Something unforeseen went wrong in the store.';
$_['remedy_UNEXPECTED'] = 'The details are in OpenCart\'s error log (System › Maintenance › Error Logs). Update the extension, or tell its makers.';
$_['problem_PERMISSION'] = 'You may not change this module.';
$_['remedy_PERMISSION'] = 'Ask an administrator for the permission to modify “Odoo Connector” (System › Users › User Groups).';
$_['problem_METHOD'] = 'This address only takes what a button of this page sends.';
$_['remedy_METHOD'] = 'Go back to the page and use its button.';
$_['problem_SESSION_EXPIRED'] = 'You have been logged out of the admin.';
$_['remedy_SESSION_EXPIRED'] = 'Reload the page, log in and do it again.';
$_['problem_STORE_UNREACHABLE'] = 'This store\'s own admin did not answer.';
$_['remedy_STORE_UNREACHABLE'] = 'Check your own network, then try it again. If it stays like this, look into OpenCart\'s error log.';
$_['problem_PAIRING_MISSING'] = 'This store is not paired with a connector.';
$_['remedy_PAIRING_MISSING'] = 'Open “Connection of this Store” and paste a pairing code.';
$_['problem_PAIRING_CODE_BAD'] = 'This is not a whole pairing code, or the connection\'s name is not valid.';
$_['remedy_PAIRING_CODE_BAD'] = 'Copy the whole code: it begins with “oco1.” and has no spaces. A connection\'s name begins with a letter and has a–z, 0–9 and “_” only, 40 of them at most.';
$_['problem_SECRET_BAD'] = 'This is not a whole secret.';
$_['remedy_SECRET_BAD'] = 'Copy the whole secret: it begins with “whsec_”. Or generate a new one.';
$_['problem_ENDPOINT_BAD'] = 'An address is not one that the store can call.';
$_['remedy_ENDPOINT_BAD'] = 'It must look like https://connector.example.com, without a user, a query or a fragment.';
$_['problem_CURL_MISSING'] = 'PHP\'s curl extension is missing: the store cannot call the connector.';
$_['remedy_CURL_MISSING'] = 'Ask whoever hosts the store to enable the PHP extension curl.';
$_['problem_ENDPOINT_UNREACHABLE'] = 'The connector cannot be reached.';
$_['remedy_ENDPOINT_UNREACHABLE'] = 'Check the endpoint. If it is right, the connector is down or a firewall of the hoster stops the store. Events are kept and sent later.';
$_['problem_ENDPOINT_TIMEOUT'] = 'The connector did not answer in time.';
$_['remedy_ENDPOINT_TIMEOUT'] = 'Try again in a minute. If it stays like this, look at the connector\'s health or ask whoever runs it. Events are kept.';
$_['problem_TLS_FAILED'] = 'The connector\'s certificate is not valid.';
$_['remedy_TLS_FAILED'] = 'Check the endpoint\'s name. If it is right, its certificate has expired or the store\'s list of authorities is too old. A connector without a certificate has an http:// address.';
$_['problem_SIGNATURE_REFUSED'] = 'The connector does not accept this store\'s secret.';
$_['remedy_SIGNATURE_REFUSED'] = 'Make a new pairing code in the connector and paste it here.';
$_['problem_CLOCK_SKEW'] = 'The store\'s clock and the connector\'s differ too much.';
$_['remedy_CLOCK_SKEW'] = 'Have the clock of the store\'s server set by a time server (NTP). More than five minutes are not accepted.';
$_['problem_ANSWER_UNREADABLE'] = 'What answers at the endpoint is not the connector.';
$_['remedy_ANSWER_UNREADABLE'] = 'Check the endpoint: it is the address of the API, without /v1. A proxy or a login page may stand in between.';
$_['problem_ENDPOINT_UNAVAILABLE'] = 'The connector is out of order for the moment.';
$_['remedy_ENDPOINT_UNAVAILABLE'] = 'Nothing is lost, it is tried again by itself. If it stays like this, ask whoever runs the connector.';
$_['problem_REQUEST_REFUSED'] = 'The connector refused the request.';
$_['remedy_REQUEST_REFUSED'] = 'Update the extension or the connector: they may be of different versions.';
$_['problem_SNAPSHOT_FAILED'] = 'The record could not be read from the store.';
$_['remedy_SNAPSHOT_FAILED'] = 'Open and save the record in the store, then try it again.';
$_['problem_EVENT_TOO_LARGE'] = 'The record is too large to be sent.';
$_['remedy_EVENT_TOO_LARGE'] = 'Shorten its descriptions, then try it again.';
$_['problem_SNAPSHOT_INVALID'] = 'The connector cannot use this record as it is in the store.';
$_['remedy_SNAPSHOT_INVALID'] = 'The detail names the field. Mend it in the store, then try it again.';
$_['problem_EVENT_INVALID'] = 'The connector does not understand this event.';
$_['remedy_EVENT_INVALID'] = 'Update the extension or the connector: they may be of different versions.';
$_['problem_ENTITY_UNKNOWN'] = 'The connector does not know this kind of record.';
$_['remedy_ENTITY_UNKNOWN'] = 'Update the connector: it is older than the extension.';
$_['problem_CONNECTION_UNCONFIGURED'] = 'The connector does not know this connection yet, or not how to log into Odoo.';
$_['remedy_CONNECTION_UNCONFIGURED'] = 'Open “Odoo Configurations” in the menu Odoo Mappings and fill it in.';
$_['problem_ODOO_DOWN'] = 'The connector is fine, but Odoo is not.';
$_['remedy_ODOO_DOWN'] = 'Open “Odoo Configurations” and test the connection to Odoo. Events wait in the connector meanwhile.';
$_['problem_ODOO_DEGRADED'] = 'The connection works; in Odoo some records do not arrive.';
$_['remedy_ODOO_DEGRADED'] = 'Open “Connector Logs” in the menu Odoo Mappings: it names the cause and who can mend it.';
$_['problem_CONSOLE_SILENT'] = 'The connector\'s console does not answer in this frame.';
$_['remedy_CONSOLE_SILENT'] = 'Open it in its own tab to see whether it works. Extensions of the browser that block frames can be the reason, too.';
$_['problem_CONSOLE_UNREACHABLE'] = 'The connector\'s console at {origin} cannot be reached.';
$_['remedy_CONSOLE_UNREACHABLE'] = 'Check the console\'s address in the settings, and whether the connector runs.';
$_['problem_CONSOLE_REFUSES_FRAME'] = 'The connector\'s console does not allow this admin ({parent}) to show it.';
$_['remedy_CONSOLE_REFUSES_FRAME'] = 'Whoever runs the connector has to add {parent} to consoleParents in its cdk.json and deploy it (with npm start: CONSOLE_PARENTS). Then reload.';
$_['problem_CONSOLE_UNREADABLE'] = 'What answers at {origin} is not the connector\'s console.';
$_['remedy_CONSOLE_UNREADABLE'] = 'Check the console\'s address in the settings.';
$_['problem_CONSOLE_INSECURE'] = 'This admin uses https, the console at {origin} does not: browsers do not show it.';
$_['remedy_CONSOLE_INSECURE'] = 'Give the console an https address, or open it in its own tab.';

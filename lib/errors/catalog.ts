/**
 * Every error a person can meet: what kind it is, and what to do about it.
 * Each code has a section of the same name in docs/errors.md; a test keeps the two in step.
 */

/**
 * - `transient`: goes away by itself; retried with back-off for a day.
 * - `blocked`: a person or another record must supply something; parked, tried again by itself.
 * - `invalid`: this very input can never work; parked or refused with the reason.
 */
export type ErrorKind = 'transient' | 'blocked' | 'invalid';

export interface ErrorEntry {
  kind: ErrorKind;
  /** One line that names the cause. */
  title: string;
  /** Who can mend it, and how. */
  remedy: string;
}

const entry = (kind: ErrorKind, title: string, remedy: string): ErrorEntry => ({ kind, title, remedy });

export const catalog = {
  // What the API refuses
  BODY_NOT_JSON: entry('invalid', 'The body is not JSON', 'The sender must send a JSON document in UTF-8.'),
  BODY_INVALID: entry('invalid', 'The body does not have the expected shape', 'The sender must mend the fields named.'),
  BODY_TOO_LARGE: entry('invalid', 'The body is larger than 1 MiB', 'The sender must send fewer events per request.'),
  TOO_MANY_EVENTS: entry('invalid', 'More than 50 events in one request', 'The sender must send at most 50 events.'),
  SIGNATURE_REFUSED: entry(
    'invalid',
    'The request is not signed by a known connection',
    'Check the connection name, the webhook secret and the clock of the store, then send again.',
  ),
  EVENT_INVALID: entry('invalid', 'The event does not have the expected shape', 'Update the extension of the store.'),
  ENTITY_UNKNOWN: entry('invalid', 'No such entity', 'Update the connector, or the extension of the store.'),
  QUERY_INVALID: entry('invalid', 'A query parameter has a bad value', 'Mend the parameter named.'),
  PATH_INVALID: entry('invalid', 'A part of the path has a bad value', 'Mend the part named.'),
  NOT_FOUND: entry('invalid', 'There is no such thing', 'Look at the list it should be in; it may be gone.'),
  CONFLICT: entry('invalid', 'Somebody else was faster', 'Look at how it is now, and decide again.'),
  VALUE_REFUSED: entry('invalid', 'A value makes no sense here', 'Mend the field named.'),
  TOKEN_REFUSED: entry('invalid', 'The token does not allow this', 'Get a fresh token with the role it needs.'),
  QUEUE_UNAVAILABLE: entry('transient', 'The queue did not take the event', 'The store sends it again by itself.'),
  INTERNAL: entry('transient', 'Something unforeseen went wrong', 'Try again; the log of the function says more.'),

  // What a queue can hold
  MESSAGE_UNREADABLE: entry(
    'invalid',
    'A message in the queue could not be read',
    'Look at its body in the failure; something other than this connector put it there, or a newer version of it.',
  ),
  FUNCTION_DIED: entry(
    'blocked',
    'The function dies of this record',
    'Look at the logs of the consumer: memory or time ran out. Make the record smaller in the store, or give the function more; it is tried again by itself, alone, up to twice a day.',
  ),
  DEAD_LETTER: entry(
    'blocked',
    'A message was given up after many deliveries',
    'Look at the logs of the consumer at that time; the event is tried again by itself.',
  ),
  CONNECTION_UNCONFIGURED: entry(
    'blocked',
    'The connection has no settings or no credentials',
    'Pair the store: `npm run pair` says how.',
  ),

  ADDRESS_PRIVATE: entry(
    'blocked',
    'The address is not one of the internet',
    'Set a URL whose host can be reached from the internet: the connector connects to no other.',
  ),

  // What the store's export endpoint answers
  EXPORT_UNCONFIGURED: entry(
    'blocked',
    'The connection does not know the store’s export endpoint',
    'Set `exportUrl` in the settings; the store’s extension shows it.',
  ),
  STORE_UNREACHABLE: entry(
    'transient',
    'The store cannot be reached',
    'Check that the store runs and that the export URL is right.',
  ),
  STORE_UNAVAILABLE: entry(
    'transient',
    'The store answers with an error page',
    'Nothing to do unless it persists; the store may be in maintenance mode.',
  ),
  STORE_REFUSED: entry(
    'blocked',
    'The store refuses the request',
    'Check the webhook secret and the clock of the store, and that its extension is installed and switched on.',
  ),
  STORE_ANSWER_INVALID: entry(
    'blocked',
    'The store’s answer does not have the expected shape',
    'Update the store’s extension.',
  ),
  STORE_ANSWER_TOO_LARGE: entry(
    'blocked',
    'A page of the store is too large even with one record',
    'Make the record named smaller; its images and descriptions count.',
  ),
  EXPORT_UNSUPPORTED: entry(
    'blocked',
    'The store does not export this entity',
    'Update the store’s extension, or leave the entity out.',
  ),
  SWEEP_SUSPICIOUS: entry(
    'invalid',
    'The store lacks more records than a sweep deletes without being told',
    'Look at the store. If they are meant to be gone, start the sweep again with `allowDeletes`.',
  ),

  // What the store sent
  SNAPSHOT_INVALID: entry('invalid', 'The snapshot does not have the expected shape', 'Update the store’s extension.'),
  SNAPSHOT_MISSING: entry(
    'blocked',
    'A record that this one needs is neither mapped nor part of the event',
    'Save the record named in the store, so that it is sent; what waits for it then arrives by itself.',
  ),

  NEED_REFUSED: entry(
    'blocked',
    'Odoo refuses a record that this one needs',
    'Mend the record named, in the store or in Odoo; what waits for it then arrives by itself.',
  ),

  FILE_UNAVAILABLE: entry(
    'blocked',
    'An image of the store cannot be fetched',
    'Mend the image in the store, or let the connector reach it; everything else of the record is in Odoo.',
  ),
  FILE_TOO_LARGE: entry(
    'blocked',
    'An image of the store is too large',
    'Put a smaller image into the store, at most 5 MiB; everything else of the record is in Odoo.',
  ),

  // What must be mapped
  MATCH_REPORTED: entry(
    'blocked',
    'Odoo has a record like this one, and the settings want a person to decide',
    'Map the record by hand, or set the matching of its entity to "adopt" or "off".',
  ),
  MAPPING_MISSING: entry('blocked', 'Odoo has no such record', 'Create the record in Odoo.'),
  CHOICE_MISSING: entry(
    'blocked',
    'Odoo’s product does not have a choice that the store’s has',
    'Save the product in the store, so that it is sent; what waits for it then arrives by itself.',
  ),
  TAX_UNMAPPED: entry(
    'blocked',
    'Odoo has no tax like this one',
    'Create a sales tax of that rate in Odoo, or give the connector’s user the right to create taxes.',
  ),
  CURRENCY_UNMAPPED: entry('blocked', 'The currency is not active in Odoo', 'Activate the currency in Odoo.'),

  CURRENCY_RATE_UNKNOWN: entry(
    'blocked',
    'The exchange rate cannot be told in Odoo’s terms',
    'Add the currency of the Odoo company to the store’s currencies, or let Odoo keep the rates (setting).',
  ),
  WAREHOUSE_MISSING: entry('blocked', 'Odoo has no such warehouse', 'Choose a warehouse or location in the settings.'),
  CARRIER_UNMAPPED: entry(
    'blocked',
    'Odoo has no such shipping method',
    'Create a shipping method of that name in Odoo, or give the connector’s user the right to create them.',
  ),
  PAYMENT_UNMAPPED: entry(
    'blocked',
    'Odoo has no journal for this payment method',
    'Create a bank or cash journal of that name in Odoo, or give the connector’s user the right to create journals.',
  ),

  // Orders
  ORDER_NOT_INVOICEABLE: entry(
    'blocked',
    'The order should be paid, but Odoo does not invoice it yet',
    'Deliver it in Odoo, or let its products be invoiced as ordered; or map its status to DONE, which delivers first.',
  ),
  DELIVERY_OPEN: entry(
    'blocked',
    'A transfer could not be completed',
    'Look at the transfer in Odoo: it may need a lot or serial number.',
  ),
  INVOICE_PARTLY_SETTLED: entry(
    'blocked',
    'The order was cancelled, but its invoice was paid or credited in part by hand',
    'Credit the rest of the invoice in Odoo and reconcile it; then the order is cancelled.',
  ),
  ORDER_LOCKED: entry(
    'blocked',
    'The order was changed in the store after it had been confirmed in Odoo',
    'Change the order in Odoo by hand to match the store.',
  ),
  TOTAL_MISMATCH: entry(
    'blocked',
    'Odoo’s total differs from what the shopper paid by more than rounding explains',
    'Compare the rows of the reconciliation; usually a tax is mapped to one of another rate.',
  ),

  // What Odoo answers
  ODOO_UNREACHABLE: entry('transient', 'Odoo cannot be reached', 'Check that Odoo runs and that its URL is right.'),
  ODOO_TIMEOUT: entry(
    'transient',
    'Odoo did not answer in time',
    'Nothing to do unless it persists; then look at Odoo.',
  ),
  ODOO_UNAVAILABLE: entry('transient', 'Odoo answers with an error page', 'Nothing to do unless it persists.'),
  ODOO_RATE_LIMITED: entry('transient', 'Odoo asks to slow down', 'Nothing to do; a slower pace can be set.'),
  ODOO_BUSY: entry('transient', 'Somebody else was changing the same records', 'Nothing to do; it is tried again.'),
  ODOO_AUTH: entry('blocked', 'Odoo refuses the user or the key', 'Set a valid user and API key for the connection.'),
  ODOO_DATABASE: entry('blocked', 'There is no such Odoo database', 'Set the right database for the connection.'),
  ODOO_ACCESS: entry('blocked', 'The Odoo user lacks a right', 'Give the connector’s user the right named.'),
  ODOO_MODEL_UNKNOWN: entry('blocked', 'Odoo lacks a model or method', 'Install the Odoo app that provides it.'),
  ODOO_FIELD_UNKNOWN: entry('blocked', 'Odoo lacks a field', 'Install the app that provides it, or report it to us.'),
  ODOO_REFUSED: entry('invalid', 'Odoo refuses the record', 'Mend the record in the store, or the rule in Odoo.'),
  ODOO_RECORD_GONE: entry('blocked', 'The record was deleted in Odoo', 'It is made again at the next sync.'),
  ODOO_FAULT: entry('blocked', 'Odoo failed in an unforeseen way', 'Look at Odoo’s own log at that time.'),

  // The lane to Odoo
  LANE_BUSY: entry(
    'transient',
    'Others are talking to this Odoo',
    'What is queued waits for its turn. What you asked for yourself was not done: ask again in a minute.',
  ),
  LANE_LOST: entry('transient', 'The turn to talk to Odoo was lost half-way', 'Nothing to do; it is tried again.'),
} as const satisfies Record<string, ErrorEntry>;

export type ErrorCode = keyof typeof catalog;

/** Generated from the OpenAPI document by `npm run generate:console`; do not edit. */

export type Problem = { type: string; title: string; status: number; code: "BODY_NOT_JSON" | "BODY_INVALID" | "BODY_TOO_LARGE" | "TOO_MANY_EVENTS" | "SIGNATURE_REFUSED" | "EVENT_INVALID" | "ENTITY_UNKNOWN" | "QUERY_INVALID" | "PATH_INVALID" | "NOT_FOUND" | "CONFLICT" | "VALUE_REFUSED" | "TOKEN_REFUSED" | "QUEUE_UNAVAILABLE" | "INTERNAL" | "MESSAGE_UNREADABLE" | "FUNCTION_DIED" | "DEAD_LETTER" | "CONNECTION_UNCONFIGURED" | "ADDRESS_PRIVATE" | "EXPORT_UNCONFIGURED" | "STORE_UNREACHABLE" | "STORE_UNAVAILABLE" | "STORE_REFUSED" | "STORE_ANSWER_INVALID" | "STORE_ANSWER_TOO_LARGE" | "EXPORT_UNSUPPORTED" | "SWEEP_SUSPICIOUS" | "SNAPSHOT_INVALID" | "SNAPSHOT_MISSING" | "NEED_REFUSED" | "FILE_UNAVAILABLE" | "FILE_TOO_LARGE" | "MATCH_REPORTED" | "MAPPING_MISSING" | "CHOICE_MISSING" | "TAX_UNMAPPED" | "CURRENCY_UNMAPPED" | "CURRENCY_RATE_UNKNOWN" | "WAREHOUSE_MISSING" | "CARRIER_UNMAPPED" | "PAYMENT_UNMAPPED" | "ORDER_NOT_INVOICEABLE" | "DELIVERY_OPEN" | "INVOICE_PARTLY_SETTLED" | "ORDER_LOCKED" | "TOTAL_MISMATCH" | "ODOO_UNREACHABLE" | "ODOO_TIMEOUT" | "ODOO_UNAVAILABLE" | "ODOO_RATE_LIMITED" | "ODOO_BUSY" | "ODOO_AUTH" | "ODOO_DATABASE" | "ODOO_ACCESS" | "ODOO_MODEL_UNKNOWN" | "ODOO_FIELD_UNKNOWN" | "ODOO_REFUSED" | "ODOO_RECORD_GONE" | "ODOO_FAULT" | "LANE_BUSY" | "LANE_LOST"; detail: string; errors?: { path: string; reason: string }[] | undefined; current?: unknown | undefined };

export interface Operations {
  /** Does what a preview has shown */
  applyPreview: {
    params: { id: string };
    query: undefined;
    body: { group?: boolean | undefined };
    answer: { runs: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined }[] };
  };
  /** Cancels a run, and those of its group that come after it */
  cancelRun: {
    params: { id: string };
    query: undefined;
    body: undefined;
    answer: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined };
  };
  /** Changes what is named */
  changeSettings: {
    params: undefined;
    query: undefined;
    body: { version: number; settings: { odooUrl?: string | null | undefined; odooDatabase?: string | null | undefined; transport?: ("auto" | "xmlrpc" | "json2") | null | undefined; minIntervalMs?: number | null | undefined; callsAtOnce?: number | null | undefined; chatter?: boolean | null | undefined; statusMapping?: (Record<string, ("CONFIRM" | "PAID" | "DELIVERED" | "DONE" | "CANCEL") | null>) | null | undefined; deletePolicies?: (Record<string, ("archive" | "keep" | "cancel") | null>) | null | undefined; matchPolicies?: (Record<string, ("adopt" | "report" | "off") | null>) | null | undefined; fieldsOfOdoo?: (Record<string, string[] | null>) | null | undefined; productMode?: ("variant" | "template") | null | undefined; variantLimit?: number | null | undefined; discountProductId?: number | null | undefined; defaultJournalId?: number | null | undefined; warehouseId?: number | null | undefined; locationId?: number | null | undefined; stockPolicy?: ("never" | "onCreate" | "always") | null | undefined; currencyRates?: boolean | null | undefined; exportUrl?: string | null | undefined; bulkLimit?: number | null | undefined; flushMinutes?: number | null | undefined; logRetentionDays?: number | null | undefined; realtime?: (Record<string, boolean | null>) | null | undefined; schedules?: (Record<string, { when?: string | null | undefined; mode?: ("incremental" | "full") | null | undefined; enabled?: boolean | null | undefined } | null>) | null | undefined } };
    answer: { settings: { odooUrl: string; odooDatabase: string; transport: "auto" | "xmlrpc" | "json2"; minIntervalMs?: number | undefined; callsAtOnce: number; chatter: boolean; statusMapping: Record<string, "CONFIRM" | "PAID" | "DELIVERED" | "DONE" | "CANCEL">; deletePolicies: Record<string, "archive" | "keep" | "cancel">; matchPolicies: Record<string, "adopt" | "report" | "off">; fieldsOfOdoo: Record<string, string[]>; productMode: "variant" | "template"; variantLimit: number; discountProductId?: number | undefined; defaultJournalId?: number | undefined; warehouseId?: number | undefined; locationId?: number | undefined; stockPolicy: "never" | "onCreate" | "always"; currencyRates: boolean; exportUrl?: string | undefined; bulkLimit: number; flushMinutes: number; logRetentionDays: number; realtime: Record<string, boolean>; schedules: Record<string, { when: string; mode?: "incremental" | "full" | undefined; enabled: boolean }> } | null; version: number; by: string | null; at: string | null; changes: { path: string; from: unknown; to: unknown }[] };
  };
  /** Clear the log */
  clearLogs: {
    params: undefined;
    query: { before?: string | undefined };
    body: undefined;
    answer: { deleted: number; more: boolean };
  };
  /** Dismiss a failure: its event is given up */
  dismissFailure: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
  /** Dismiss all failures of a cause */
  dismissFailures: {
    params: undefined;
    query: undefined;
    body: { cause: string };
    answer: { dismissed: number; more: boolean };
  };
  /** The log as a file */
  downloadLogs: {
    params: undefined;
    query: { entity?: string | undefined; record?: string | undefined; level?: "info" | "warning" | "error" | undefined; code?: string | undefined; eventId?: string | undefined; q?: string | undefined; from?: string | undefined; to?: string | undefined; format?: "csv" | "ndjson" | undefined; cursor?: string | undefined };
    body: undefined;
    answer: string;
  };
  /** The mappings of an entity as CSV */
  exportMappings: {
    params: { entity: string };
    query: { limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: string;
  };
  /** One failure, with the event that was parked */
  getFailure: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: undefined;
    answer: { cause: string; code: string; kind: "transient" | "blocked" | "invalid"; title: string; message: string; remedy: string; entity: string; recordId: string; eventId: string; sequence: number; attempts: number; firstAt: string; lastAt: string; body: unknown; raw: string | null };
  };
  /** What one record is in Odoo */
  getMapping: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: undefined;
    answer: { entity: string; recordId: string; title: string | null; state: "mapped" | "unmapped" | "manual" | "stale" | "failing" | "removed"; origin: ("created" | "adopted" | "manual") | null; model: string | null; odooId: number | null; odooName?: string | null | undefined; url: string | null; sequence: number; syncedAt: string | null; failure: string | null; removed: ("archive" | "keep" | "cancel") | null; identity: string | null; aliases: string[]; parts: string[]; details: Record<string, unknown> | null };
  };
  /** What a preview has shown, record by record */
  getPreview: {
    params: { id: string };
    query: { action?: "create" | "update" | "adopt" | "remove" | "skip" | "blocked" | undefined; entity?: string | undefined; cursor?: number | undefined };
    body: undefined;
    answer: { records: { entity: string; recordId: string; title: string; action: "create" | "update" | "adopt" | "remove" | "skip" | "blocked"; model: string; odooId?: number | undefined; fields: { field: string; odoo: unknown; ours: unknown }[]; error?: { code: string; message: string; remedy: string } | undefined; along?: true | undefined }[]; next: number | null };
  };
  /** A run with its progress */
  getRun: {
    params: { id: string };
    query: undefined;
    body: undefined;
    answer: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined };
  };
  /** The settings, and what each can be */
  getSettings: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { settings: { odooUrl: string; odooDatabase: string; transport: "auto" | "xmlrpc" | "json2"; minIntervalMs?: number | undefined; callsAtOnce: number; chatter: boolean; statusMapping: Record<string, "CONFIRM" | "PAID" | "DELIVERED" | "DONE" | "CANCEL">; deletePolicies: Record<string, "archive" | "keep" | "cancel">; matchPolicies: Record<string, "adopt" | "report" | "off">; fieldsOfOdoo: Record<string, string[]>; productMode: "variant" | "template"; variantLimit: number; discountProductId?: number | undefined; defaultJournalId?: number | undefined; warehouseId?: number | undefined; locationId?: number | undefined; stockPolicy: "never" | "onCreate" | "always"; currencyRates: boolean; exportUrl?: string | undefined; bulkLimit: number; flushMinutes: number; logRetentionDays: number; realtime: Record<string, boolean>; schedules: Record<string, { when: string; mode?: "incremental" | "full" | undefined; enabled: boolean }> } | null; version: number; by: string | null; at: string | null; minIntervalMs: number | null; login: { isSet: boolean; user: string | null; setAt: string | null; by: string | null }; schedules: { name: string; lastStartedAt: string | null; nextAt: string | null }[]; choices: { entities: { name: string; label: string; deletePolicies: ("archive" | "keep" | "cancel")[]; deletePolicy: "archive" | "keep" | "cancel"; matchPolicies: ("adopt" | "report" | "off")[]; fieldsOfOdoo: string[]; realtime: boolean }[]; orderStates: ("CONFIRM" | "PAID" | "DELIVERED" | "DONE" | "CANCEL")[]; productModes: string[]; stockPolicies: string[]; schedules: string[] } };
  };
  /** Map many records by hand, from CSV */
  importMappings: {
    params: { entity: string };
    query: undefined;
    body: { csv: string };
    answer: { mapped: number; unchanged: number; skipped: number; released: number; undo: string | null };
  };
  /** What keeps records from Odoo: one row per cause, however many records wait for it */
  listFailureCauses: {
    params: undefined;
    query: { limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { causes: { cause: string; code: string; kind: "transient" | "blocked" | "invalid"; title: string; message: string; remedy: string; subject: string | null; records: number; isMore: boolean; byEntity: Record<string, number>; firstAt: string; lastAt: string; nextTrialAt: string | null }[]; next: string | null };
  };
  /** Records that could not be synced */
  listFailures: {
    params: undefined;
    query: { cause?: string | undefined; entity?: string | undefined; code?: string | undefined; limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { failures: { cause: string; code: string; kind: "transient" | "blocked" | "invalid"; title: string; message: string; remedy: string; entity: string; recordId: string; eventId: string; sequence: number; attempts: number; firstAt: string; lastAt: string }[]; next: string | null };
  };
  /** What happened, newest first */
  listLogs: {
    params: undefined;
    query: { entity?: string | undefined; record?: string | undefined; level?: "info" | "warning" | "error" | undefined; code?: string | undefined; eventId?: string | undefined; q?: string | undefined; from?: string | undefined; to?: string | undefined; limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { logs: { id: string; time: string; level: "info" | "warning" | "error"; code: string; message: string; remedy?: string | undefined; entity?: string | undefined; recordId?: string | undefined; eventId?: string | undefined; odooId?: number | undefined; by?: string | undefined; acceptedAt?: string | undefined; occurredAt?: string | undefined; batch?: { events: number; calls: number; milliseconds: number } | undefined }[]; next: string | null };
  };
  /** Resets and imports of the last 30 days, newest first */
  listMappingResets: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { resets: { id: string; kind: "reset" | "import"; scope: string; counts: Record<string, number>; by: string; startedAt: string; expiresAt: string; state: "removing" | "removed" | "imported" | "restoring" | "restored"; done: number; of: number; kept: number }[] };
  };
  /** The records of an entity and what they are in Odoo, by record id */
  listMappings: {
    params: { entity: string };
    query: { q?: string | undefined; state?: "mapped" | "unmapped" | "manual" | "stale" | "failing" | "removed" | undefined; names?: "odoo" | undefined; limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { mappings: { entity: string; recordId: string; title: string | null; state: "mapped" | "unmapped" | "manual" | "stale" | "failing" | "removed"; origin: ("created" | "adopted" | "manual") | null; model: string | null; odooId: number | null; odooName?: string | null | undefined; url: string | null; sequence: number; syncedAt: string | null; failure: string | null; removed: ("archive" | "keep" | "cancel") | null }[]; next: string | null };
  };
  /** Runs with their progress, newest first */
  listRuns: {
    params: undefined;
    query: { entity?: "currency" | "tax" | "payment-method" | "carrier" | "option" | "customer" | "category" | "product" | "order-status" | "order" | undefined; state?: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped" | undefined; limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { runs: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined }[]; next: string | null };
  };
  /** Who changed what, newest first */
  listSettingsHistory: {
    params: undefined;
    query: { limit?: number | undefined; below?: number | undefined };
    body: undefined;
    answer: { versions: { version: number; by: string; at: string; restored: number | null; changes: { path: string; from: unknown; to: unknown }[] }[]; next: number | null };
  };
  /** Looks up records of Odoo, to pick one */
  lookUpOdoo: {
    params: { kind: string };
    query: { q?: string | undefined; limit?: number | undefined };
    body: undefined;
    answer: { kind: string; records: { id: number; name: string; told: Record<string, string> }[]; isMore: boolean };
  };
  /** Say which Odoo record a record of the store is */
  mapByHand: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: { odooId: number; snapshot?: unknown | undefined };
    answer: { entity: string; recordId: string; title: string | null; state: "mapped" | "unmapped" | "manual" | "stale" | "failing" | "removed"; origin: ("created" | "adopted" | "manual") | null; model: string | null; odooId: number | null; odooName?: string | null | undefined; url: string | null; sequence: number; syncedAt: string | null; failure: string | null; removed: ("archive" | "keep" | "cancel") | null; identity: string | null; aliases: string[]; parts: string[]; details: Record<string, unknown> | null; released: number };
  };
  /** How much a reset would forget */
  previewMappingReset: {
    params: undefined;
    query: undefined;
    body: { entity: "all" | string };
    answer: { counts: Record<string, number> };
  };
  /** How much happened, hour by hour */
  readActivity: {
    params: undefined;
    query: { hours?: number | undefined };
    body: undefined;
    answer: { hours: { from: string; changes: number; warnings: number; errors: number }[]; countedFrom: string | null };
  };
  /** How it goes: a sentence, and what it is made of */
  readHealth: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { status: "ok" | "degraded" | "down"; message: string; checkedAt: string; queues: { name: string; waiting: number; inFlight: number; delayed: number; deadLetters: number }[]; failures: { records: number; isMore: boolean; causes: { cause: string; code: string; kind: "transient" | "blocked" | "invalid"; title: string; message: string; remedy: string; records: number }[] }; entities: { entity: string; lastChangeAt: string | null; waitedSeconds: number | null; lastRun: { id: string; mode: string; state: string; at: string } | null }[]; pace: { minIntervalMs: number; allowedPerMinute: number | null; thisMinute: { from: string; calls: number }; lastMinute: { from: string; calls: number } } | null; odoo: { version: string | null; transport: string | null; answeredAt: string | null; failedAt: string | null; failedCode: string | null }; hasSettings: boolean; keyExpiresAt: string | null; keyExpiryIs: ("told" | "assumed") | null };
  };
  /** This document */
  readOpenApi: {
    params: undefined;
    query: undefined;
    body: undefined;
    answer: { openapi: "3.1.0" };
  };
  /** What became of one record: the event came, the plan, the calls to Odoo, the result */
  readTimeline: {
    params: { entity: string; recordId: string };
    query: { limit?: number | undefined; cursor?: string | undefined };
    body: undefined;
    answer: { entity: string; recordId: string; mapping: { odooId: number; model: string | null; syncedAt: string | null } | null; failure: { cause: string; code: string; kind: "transient" | "blocked" | "invalid"; title: string; message: string; remedy: string; entity: string; recordId: string; eventId: string; sequence: number; attempts: number; firstAt: string; lastAt: string } | null; events: { eventId: string | null; steps: { step: "accepted" | "planned" | "called" | "result" | "action"; time: string | null; text: string; level?: "info" | "warning" | "error" | undefined; code?: string | undefined }[] }[]; next: string | null };
  };
  /** Send parked events to Odoo again: one, those of a cause, or all */
  replayFailures: {
    params: undefined;
    query: undefined;
    body: { cause: string; cursor?: string | undefined } | { entity: string; recordId: string } | { all: true; cursor?: string | undefined };
    answer: { sent: number; unreadable: number; next: string | null };
  };
  /** Forget all mappings of an entity, or of all */
  resetMappings: {
    params: undefined;
    query: undefined;
    body: { entity: "all" | string; expect: Record<string, number> };
    answer: { id: string; kind: "reset" | "import"; scope: string; counts: Record<string, number>; by: string; startedAt: string; expiresAt: string; state: "removing" | "removed" | "imported" | "restoring" | "restored"; done: number; of: number; kept: number };
  };
  /** Brings a former version back, as a new one */
  restoreSettings: {
    params: undefined;
    query: undefined;
    body: { version: number; current?: number | undefined };
    answer: { settings: { odooUrl: string; odooDatabase: string; transport: "auto" | "xmlrpc" | "json2"; minIntervalMs?: number | undefined; callsAtOnce: number; chatter: boolean; statusMapping: Record<string, "CONFIRM" | "PAID" | "DELIVERED" | "DONE" | "CANCEL">; deletePolicies: Record<string, "archive" | "keep" | "cancel">; matchPolicies: Record<string, "adopt" | "report" | "off">; fieldsOfOdoo: Record<string, string[]>; productMode: "variant" | "template"; variantLimit: number; discountProductId?: number | undefined; defaultJournalId?: number | undefined; warehouseId?: number | undefined; locationId?: number | undefined; stockPolicy: "never" | "onCreate" | "always"; currencyRates: boolean; exportUrl?: string | undefined; bulkLimit: number; flushMinutes: number; logRetentionDays: number; realtime: Record<string, boolean>; schedules: Record<string, { when: string; mode?: "incremental" | "full" | undefined; enabled: boolean }> } | null; version: number; by: string | null; at: string | null; changes: { path: string; from: unknown; to: unknown }[] };
  };
  /** Sets a run going again at the page where it stands */
  resumeRun: {
    params: { id: string };
    query: undefined;
    body: undefined;
    answer: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined };
  };
  /** Sets the user and the password or API key of Odoo, which are never read back */
  setOdooLogin: {
    params: undefined;
    query: undefined;
    body: { user: string; password: string };
    answer: { isSet: boolean; user: string | null; setAt: string | null; by: string | null };
  };
  /** The code that pairs the store: what its extension has to know, to be pasted there */
  showPairing: {
    params: undefined;
    query: undefined;
    body: { console?: string | undefined; rotate?: boolean | undefined };
    answer: { code: string; connection: string; endpoint: string; exportUrl: string | null };
  };
  /** Syncs an entity, or all, from the store’s tables */
  startRuns: {
    params: undefined;
    query: undefined;
    body: { entity: "all" | "currency" | "tax" | "payment-method" | "carrier" | "option" | "customer" | "category" | "product" | "order-status" | "order"; mode: "full" | "incremental" | "ids" | "sweep"; ids?: string[] | undefined; allowDeletes?: number | undefined; preview?: boolean | undefined };
    answer: { runs: { id: string; entity: string; mode: "full" | "incremental" | "ids" | "sweep"; state: "queued" | "running" | "waiting" | "completed" | "cancelled" | "failed" | "skipped"; by: string; preview?: { calls: number; seconds: number } | undefined; applies?: string | undefined; group: string; cancelRequested?: true | undefined; createdAt: string; startedAt?: string | undefined; updatedAt: string; endedAt?: string | undefined; progress: { total: number | null; seen: number; created: number; updated: number; adopted: number; skipped: number; failed: number; removed: number; missing: number; changed: number; deferred: number; odooCalls: number; recordsPerSecond: number | null; secondsLeft: number | null }; problem?: { code: string; message: string; remedy: string; since: string } | undefined }[] };
  };
  /** Sync one record now */
  syncRecord: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: undefined;
    answer: { sent: number; run: string | null };
  };
  /** Tests the connection to Odoo step by step, and says how to mend what is wrong */
  testConnection: {
    params: undefined;
    query: undefined;
    body: { odooUrl?: string | undefined; odooDatabase?: string | undefined; user?: string | undefined; password?: string | undefined };
    answer: { ok: boolean; milliseconds: number; steps: { name: string; status: "ok" | "warning" | "failed" | "skipped"; detail: string; remedy: string | null; code: ("BODY_NOT_JSON" | "BODY_INVALID" | "BODY_TOO_LARGE" | "TOO_MANY_EVENTS" | "SIGNATURE_REFUSED" | "EVENT_INVALID" | "ENTITY_UNKNOWN" | "QUERY_INVALID" | "PATH_INVALID" | "NOT_FOUND" | "CONFLICT" | "VALUE_REFUSED" | "TOKEN_REFUSED" | "QUEUE_UNAVAILABLE" | "INTERNAL" | "MESSAGE_UNREADABLE" | "FUNCTION_DIED" | "DEAD_LETTER" | "CONNECTION_UNCONFIGURED" | "ADDRESS_PRIVATE" | "EXPORT_UNCONFIGURED" | "STORE_UNREACHABLE" | "STORE_UNAVAILABLE" | "STORE_REFUSED" | "STORE_ANSWER_INVALID" | "STORE_ANSWER_TOO_LARGE" | "EXPORT_UNSUPPORTED" | "SWEEP_SUSPICIOUS" | "SNAPSHOT_INVALID" | "SNAPSHOT_MISSING" | "NEED_REFUSED" | "FILE_UNAVAILABLE" | "FILE_TOO_LARGE" | "MATCH_REPORTED" | "MAPPING_MISSING" | "CHOICE_MISSING" | "TAX_UNMAPPED" | "CURRENCY_UNMAPPED" | "CURRENCY_RATE_UNKNOWN" | "WAREHOUSE_MISSING" | "CARRIER_UNMAPPED" | "PAYMENT_UNMAPPED" | "ORDER_NOT_INVOICEABLE" | "DELIVERY_OPEN" | "INVOICE_PARTLY_SETTLED" | "ORDER_LOCKED" | "TOTAL_MISMATCH" | "ODOO_UNREACHABLE" | "ODOO_TIMEOUT" | "ODOO_UNAVAILABLE" | "ODOO_RATE_LIMITED" | "ODOO_BUSY" | "ODOO_AUTH" | "ODOO_DATABASE" | "ODOO_ACCESS" | "ODOO_MODEL_UNKNOWN" | "ODOO_FIELD_UNKNOWN" | "ODOO_REFUSED" | "ODOO_RECORD_GONE" | "ODOO_FAULT" | "LANE_BUSY" | "LANE_LOST") | null; model: string | null }[] };
  };
  /** Bring back what a reset has removed, or an import has written over */
  undoMappingReset: {
    params: { id: string };
    query: undefined;
    body: undefined;
    answer: { id: string; kind: "reset" | "import"; scope: string; counts: Record<string, number>; by: string; startedAt: string; expiresAt: string; state: "removing" | "removed" | "imported" | "restoring" | "restored"; done: number; of: number; kept: number };
  };
  /** Forget what a record is in Odoo, and what its parts are */
  unmap: {
    params: { entity: string; recordId: string };
    query: undefined;
    body: undefined;
    answer: undefined;
  };
}

export const operations = {
  applyPreview: { method: 'POST', path: '/v1/runs/{id}/apply' },
  cancelRun: { method: 'POST', path: '/v1/runs/{id}/cancel' },
  changeSettings: { method: 'PATCH', path: '/v1/settings' },
  clearLogs: { method: 'DELETE', path: '/v1/logs' },
  dismissFailure: { method: 'DELETE', path: '/v1/failures/{entity}/{recordId}' },
  dismissFailures: { method: 'POST', path: '/v1/failures/dismiss' },
  downloadLogs: { method: 'GET', path: '/v1/logs/download' },
  exportMappings: { method: 'GET', path: '/v1/mappings/{entity}/export' },
  getFailure: { method: 'GET', path: '/v1/failures/{entity}/{recordId}' },
  getMapping: { method: 'GET', path: '/v1/mappings/{entity}/{recordId}' },
  getPreview: { method: 'GET', path: '/v1/runs/{id}/preview' },
  getRun: { method: 'GET', path: '/v1/runs/{id}' },
  getSettings: { method: 'GET', path: '/v1/settings' },
  importMappings: { method: 'POST', path: '/v1/mappings/{entity}/import' },
  listFailureCauses: { method: 'GET', path: '/v1/failures/causes' },
  listFailures: { method: 'GET', path: '/v1/failures' },
  listLogs: { method: 'GET', path: '/v1/logs' },
  listMappingResets: { method: 'GET', path: '/v1/mappings/resets' },
  listMappings: { method: 'GET', path: '/v1/mappings/{entity}' },
  listRuns: { method: 'GET', path: '/v1/runs' },
  listSettingsHistory: { method: 'GET', path: '/v1/settings/history' },
  lookUpOdoo: { method: 'GET', path: '/v1/odoo/{kind}' },
  mapByHand: { method: 'PUT', path: '/v1/mappings/{entity}/{recordId}' },
  previewMappingReset: { method: 'POST', path: '/v1/mappings/reset/preview' },
  readActivity: { method: 'GET', path: '/v1/logs/activity' },
  readHealth: { method: 'GET', path: '/v1/health' },
  readOpenApi: { method: 'GET', path: '/v1/openapi.json' },
  readTimeline: { method: 'GET', path: '/v1/logs/{entity}/{recordId}/timeline' },
  replayFailures: { method: 'POST', path: '/v1/failures/replay' },
  resetMappings: { method: 'POST', path: '/v1/mappings/reset' },
  restoreSettings: { method: 'POST', path: '/v1/settings/restore' },
  resumeRun: { method: 'POST', path: '/v1/runs/{id}/resume' },
  setOdooLogin: { method: 'PUT', path: '/v1/connection/odoo-login' },
  showPairing: { method: 'POST', path: '/v1/connection/pairing' },
  startRuns: { method: 'POST', path: '/v1/runs' },
  syncRecord: { method: 'POST', path: '/v1/mappings/{entity}/{recordId}/sync' },
  testConnection: { method: 'POST', path: '/v1/connection/test' },
  undoMappingReset: { method: 'POST', path: '/v1/mappings/resets/{id}/undo' },
  unmap: { method: 'DELETE', path: '/v1/mappings/{entity}/{recordId}' },
} as const satisfies Record<keyof Operations, { method: string; path: string }>;

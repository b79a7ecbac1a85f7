/**
 * What is deployed, as data: tables, queues and functions with their triggers and grants.
 *
 * The CDK app turns it into CloudFormation, the local stack into processes on this machine; neither
 * knows an entity by name, so an entity added to the registry gets its queue, dead-letter queue,
 * consumer and alarms in both.
 */
import { routesOf } from '../lib/api/index.ts';
import { queuedEntities } from '../lib/entities/index.ts';
import type { FunctionSpec, QueueSpec, RouteSpec } from './topology-spec.ts';

export * from './topology-spec.ts';
export * from './topology-tables.ts';

const consumerTimeoutSeconds = 300;

/**
 * Transient failures are retried for a day with visibility back-off of up to 15 minutes (about 100
 * deliveries), and a wait for a lane is a delivery too: hence the high count. Failures that were
 * understood are parked long before; the dead-letter queue is for the unforeseen.
 */
export const queue: QueueSpec = {
  maxReceiveCount: 200,
  visibilitySeconds: consumerTimeoutSeconds + 30,
  retentionDays: 14,
};

export const queueName = (entity: string) => `events-${entity}`;
export const deadLetterName = (entity: string) => `events-${entity}-dead`;

/** A page of a bulk run: longer than a batch of events, and Lambda's own limit. */
const bulkTimeoutSeconds = 900;

/** Queues of the connector's own work, each with its dead-letter queue, beside those of events. */
export const workQueues = {
  bulk: { maxReceiveCount: 200, visibilitySeconds: bulkTimeoutSeconds + 30, retentionDays: 14 },
} as const satisfies Record<string, QueueSpec>;
export type WorkQueueName = keyof typeof workQueues;

export const workDeadLetterName = (name: string) => `${name}-dead`;

/** One queue, with its dead-letter queue, per entity that the store sends events of. */
export const queuedNames: readonly string[] = queuedEntities.map((entity) => entity.name);

/** The routes of the API that a function serves, by their contracts. */
const apiRoutes = (resource: string): RouteSpec[] =>
  routesOf(resource).map(({ method, path }) => ({ method, path, access: 'token' }));

/** What whoever writes mappings, under the lane, reads and writes besides. */
const syncing = {
  connections: 'readWrite',
  mappings: 'readWrite',
  failures: 'readWrite',
  payloads: 'readWrite',
  log: 'write',
} as const satisfies FunctionSpec['grants']['tables'];

const consumers: Record<string, FunctionSpec> = Object.fromEntries(
  queuedNames.map((name) => [
    `consumer-${name}`,
    {
      entry: 'functions/consumer.ts',
      description: `Syncs ${name} events to Odoo`,
      memoryMB: 512,
      timeoutSeconds: consumerTimeoutSeconds,
      env: { ENTITY: name },
      consumes: { queues: [queueName(name)], batchSize: 200, windowSeconds: 1, maxConcurrency: 2 },
      grants: {
        tables: syncing,
        sendEvents: true,
        secrets: ['odoo'],
      },
    } satisfies FunctionSpec,
  ]),
);

export const functions: Readonly<Record<string, FunctionSpec>> = {
  events: {
    entry: 'functions/events.ts',
    description: "Accepts the store's signed change events",
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: [{ method: 'POST', path: '/v1/events', access: 'signed' }],
    grants: {
      tables: { connections: 'read', receipts: 'readWrite', payloads: 'write' },
      sendEvents: true,
      secrets: ['store'],
    },
  },
  authorizer: {
    entry: 'functions/authorizer.ts',
    description: 'Verifies the bearer tokens of people and tools',
    memoryMB: 256,
    timeoutSeconds: 10,
    authorizer: true,
    grants: { secrets: ['store'] },
  },
  failures: {
    entry: 'functions/api/failures.ts',
    description: 'Shows what could not be synced, sends it again, or gives it up',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('failures'),
    grants: {
      tables: { connections: 'read', failures: 'readWrite', payloads: 'readWrite', mappings: 'write', log: 'write' },
      sendEvents: true,
    },
  },
  health: {
    entry: 'functions/api/health.ts',
    description: 'Says how it goes: what waits, what failed, how Odoo answers',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('health'),
    grants: { tables: { connections: 'read', failures: 'read', log: 'read', runs: 'read' }, watchQueues: true },
  },
  mappings: {
    entry: 'functions/api/mappings.ts',
    description: 'Shows and changes which record of the store is which in Odoo',
    memoryMB: 1_024,
    timeoutSeconds: 29,
    routes: apiRoutes('mappings'),
    grants: {
      tables: { ...syncing, runs: 'readWrite' },
      sendEvents: true,
      sendWork: ['bulk'],
      secrets: ['odoo'],
    },
  },
  logs: {
    entry: 'functions/api/logs.ts',
    description: 'Reads the log, as a list or a file, and clears it',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('logs'),
    grants: { tables: { connections: 'read', failures: 'read', mappings: 'read', log: 'readWrite' } },
  },
  openapi: {
    entry: 'functions/api/openapi.ts',
    description: 'Says what the API is',
    memoryMB: 256,
    timeoutSeconds: 10,
    routes: apiRoutes('openapi'),
    grants: {},
  },
  runs: {
    entry: 'functions/api/runs.ts',
    description: 'Starts, shows, cancels and resumes bulk runs, and what previews have shown',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('runs'),
    grants: {
      tables: { connections: 'read', runs: 'readWrite', payloads: 'read', log: 'write' },
      sendWork: ['bulk'],
    },
  },
  bulk: {
    entry: 'functions/bulk.ts',
    description: 'Works on bulk runs, a page at a time',
    memoryMB: 1024,
    timeoutSeconds: bulkTimeoutSeconds,
    consumes: { queues: ['bulk'], batchSize: 1, windowSeconds: 0, maxConcurrency: 5 },
    grants: {
      tables: { ...syncing, runs: 'readWrite' },
      sendEvents: true,
      sendWork: ['bulk'],
      secrets: ['odoo', 'store'],
    },
  },
  settings: {
    entry: 'functions/api/settings.ts',
    description: 'Shows and changes the settings',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('settings'),
    // What waited for a setting is sent again.
    grants: {
      tables: { connections: 'readWrite', failures: 'readWrite', payloads: 'read', log: 'write' },
      sendEvents: true,
      secrets: ['odoo'],
    },
  },
  connection: {
    entry: 'functions/api/connection.ts',
    description: 'Sets the Odoo login, tests the way to Odoo, and pairs the store',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('connection'),
    grants: {
      tables: { connections: 'readWrite', failures: 'readWrite', payloads: 'read', log: 'write' },
      sendEvents: true,
      secrets: ['odoo', 'store'],
      writeSecrets: ['odoo', 'store'],
    },
  },
  lookups: {
    entry: 'functions/api/lookups.ts',
    description: 'Looks up records of Odoo, for people to pick one',
    memoryMB: 512,
    timeoutSeconds: 29,
    routes: apiRoutes('lookups'),
    grants: { tables: { connections: 'readWrite' }, secrets: ['odoo'] },
  },
  ...consumers,
  'dead-letters': {
    entry: 'functions/dead-letters.ts',
    description: 'Parks and logs what no consumer could handle',
    memoryMB: 256,
    timeoutSeconds: 60,
    consumes: {
      queues: [...queuedNames.map(deadLetterName), ...Object.keys(workQueues).map(workDeadLetterName)],
      batchSize: 10,
      windowSeconds: 0,
      maxConcurrency: 2,
    },
    grants: {
      tables: { failures: 'readWrite', payloads: 'readWrite', log: 'write', mappings: 'write', runs: 'readWrite' },
    },
  },
  trials: {
    entry: 'functions/trials.ts',
    description: 'Tries parked failures again, one per cause, and sets runs going again that stand still',
    memoryMB: 256,
    timeoutSeconds: 60,
    everyMinutes: 1,
    grants: {
      tables: { failures: 'readWrite', payloads: 'readWrite', runs: 'readWrite' },
      sendEvents: true,
      sendWork: ['bulk'],
    },
  },
  watch: {
    entry: 'functions/watch.ts',
    description: 'Tells people what begins to go wrong, and what goes right again',
    memoryMB: 256,
    timeoutSeconds: 120,
    everyMinutes: 5,
    grants: { tables: { connections: 'readWrite', failures: 'read', runs: 'read' }, tellPeople: true },
  },
  flush: {
    entry: 'functions/flush.ts',
    description: 'Asks the stores to send what waits in their outboxes',
    memoryMB: 256,
    timeoutSeconds: 55,
    everyMinutes: 1,
    grants: { tables: { connections: 'read' }, secrets: ['store'] },
  },
  keys: {
    entry: 'functions/keys.ts',
    description: 'Finds out when the API keys of Odoo end, and renews them',
    memoryMB: 512,
    timeoutSeconds: 300,
    everyMinutes: 24 * 60,
    grants: { tables: { connections: 'readWrite', log: 'write' }, secrets: ['odoo'], writeSecrets: ['odoo'] },
  },
  schedules: {
    entry: 'functions/schedules.ts',
    description: 'Starts the runs that are due by the schedules in the settings',
    memoryMB: 256,
    timeoutSeconds: 60,
    everyMinutes: 1,
    grants: { tables: { connections: 'readWrite', runs: 'readWrite', log: 'write' }, sendWork: ['bulk'] },
  },
};

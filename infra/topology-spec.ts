/** What can be said of a function and of a queue; `topology.ts` says it. */
import type { Method } from '../lib/api/route.ts';
import type { WorkQueueName } from './topology.ts';
import type { TableAccess, TableName } from './topology-tables.ts';

/** `store`: webhook secrets of a connection; `odoo`: user and password. */
export type SecretKind = 'store' | 'odoo';

export interface RouteSpec {
  method: Method;
  path: string;
  access: 'signed' | 'token';
}

export interface FunctionSpec {
  /** Source file, exporting `handler`. */
  entry: string;
  description: string;
  memoryMB: number;
  timeoutSeconds: number;
  env?: Readonly<Record<string, string>>;
  /** `signed`: the function verifies the webhook signature itself; `token`: the authorizer and the function look at a bearer token. */
  routes?: readonly RouteSpec[];
  /** The HTTP API's authorizer. */
  authorizer?: true;
  consumes?: { queues: readonly string[]; batchSize: number; windowSeconds: number; maxConcurrency: number };
  /** Runs every so many minutes. */
  everyMinutes?: number;
  grants: {
    tables?: Partial<Record<TableName, TableAccess>>;
    /** May send to every event queue; finds them in `QUEUE_URLS` (JSON: entity → URL). */
    sendEvents?: true;
    /** May see how much waits in every queue and its dead letters; finds them in `WATCHED_QUEUES` (see lib/environment.ts). */
    watchQueues?: true;
    /** May send to these work queues; finds each in `QUEUE_<NAME>`. */
    sendWork?: readonly WorkQueueName[];
    secrets?: readonly SecretKind[];
    /** May tell people of incidents; finds the topic in `NOTICE_TOPIC`. */
    tellPeople?: true;
    /** May write and make the secrets of a kind, of every connection. */
    writeSecrets?: readonly SecretKind[];
  };
}

export interface QueueSpec {
  /** A message is delivered this often before it goes to the dead-letter queue. */
  maxReceiveCount: number;
  visibilitySeconds: number;
  retentionDays: number;
}

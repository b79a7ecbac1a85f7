/** What a function is told about its surroundings when it is deployed. */

export class UnsetVariable extends Error {
  readonly variable: string;
  constructor(variable: string) {
    super(`The environment variable ${variable} is not set.`);
    this.variable = variable;
  }
}

function required(name: string): string {
  const value = process.env[name];
  if (value === undefined || value === '') throw new UnsetVariable(name);
  return value;
}

/** Physical name of a table, e.g. `mappings`. */
export const tableName = (table: string): string => required(`TABLE_${table.toUpperCase()}`);

/** URL of the event queue of each entity. */
export const queueUrls = (): Readonly<Record<string, string>> =>
  JSON.parse(required('QUEUE_URLS')) as Record<string, string>;

/** A queue and its dead-letter queue. */
export interface QueueUrls {
  url: string;
  deadLetters: string;
}

/** All queues, by the entity whose events wait there, or by the connector's own work, e.g. `bulk`. */
export const watchedQueues = (): Readonly<Record<string, QueueUrls>> =>
  JSON.parse(required('WATCHED_QUEUES')) as Record<string, QueueUrls>;

/** URL of a queue of the connector's own work, e.g. `bulk`. */
export const workQueueUrl = (name: string): string => required(`QUEUE_${name.toUpperCase()}`);

/** The topic that people are told of incidents by. */
export const noticeTopic = (): string => required('NOTICE_TOPIC');

/** A page of a run that nobody works on any more is given to somebody else after so long. */
export const runLeaseSeconds = (): number => Number(process.env.RUN_LEASE_SECONDS ?? 30);

/** A run that shows no sign of life for so long is set going again: longer than any wait between two tries. */
export const runStallMs = (): number => Number(process.env.RUN_STALL_SECONDS ?? 1_800) * 1_000;

/** A run that has finished no page for so long does not go on by itself, however often it is set going again. */
export const runStandstillMs = (): number => Number(process.env.RUN_STANDSTILL_SECONDS ?? 3_600) * 1_000;

/**
 * Secrets are named `<prefix>/<connection>/<kind>`. Without a default: in an account with two deployments it would be
 * the name of the other one's secrets.
 */
export const secretPrefix = (): string => required('SECRET_PREFIX');

/** The entity that a consumer serves. */
export const consumedEntity = (): string => required('ENTITY');

/** A parked failure is tried again after so long, then at growing intervals. */
export const firstTrialMs = (): number => Number(process.env.FIRST_TRIAL_SECONDS ?? 60) * 1_000;

/**
 * Whether the connector may connect to addresses that are not the internet's, such as this machine's own. Only the
 * local stack says so: deployed, a URL in the settings could otherwise reach the cloud's own services.
 */
export const arePrivateAddressesAllowed = (): boolean => process.env.PRIVATE_ADDRESSES === 'allowed';

/** A secret that did not fit is read again if that was done so long ago: it may have been rotated meanwhile. */
export const secretRecheckMs = (): number => Number(process.env.SECRET_RECHECK_SECONDS ?? 10) * 1_000;

/** A warm function reads a connection's settings again after so long. */
export const settingsKeptMs = (): number => Number(process.env.SETTINGS_KEPT_SECONDS ?? 5) * 1_000;

/** Who holds a lane and is not heard of for so long has lost it. */
export const laneLeaseMs = (): number => Number(process.env.LANE_LEASE_SECONDS ?? 9) * 1_000;

/**
 * A batch waits so long for the lane before it goes back to the queue: not long, as it waits in one of the few
 * places where batches of all connections are worked on.
 */
export const lanePatienceMs = (): number => Number(process.env.LANE_PATIENCE_SECONDS ?? 3) * 1_000;

/** What failed for now is tried again after so long at most. */
export const longestRetrySeconds = (): number => Number(process.env.LONGEST_RETRY_SECONDS ?? 900);

/** How long a call to Odoo may take: Odoo itself retries a serialization failure for about 20 s before it answers. */
export const odooTimeoutMs = (): number => Number(process.env.ODOO_TIMEOUT_SECONDS ?? 60) * 1_000;

/** After so long no worker of Odoo is at a request any more: by itself it gives each two minutes (`limit_time_real`). */
export const odooWorkerSeconds = (): number => Number(process.env.ODOO_WORKER_SECONDS ?? 150);

/** How long a service of AWS may take to be reached, and then to begin its answer. */
export const awsTimeoutMs = (): number => Number(process.env.AWS_TIMEOUT_SECONDS ?? 15) * 1_000;

import { isOfAws } from '../aws.ts';
import { longestRetrySeconds } from '../environment.ts';
import { asConnectorError, ConnectorError } from '../errors/index.ts';
import type { CallReport } from '../odoo/client.ts';
import { downloadImage } from '../opencart/download.ts';
import { withoutPersons } from '../personal.ts';
import { recountLater } from '../stock/moved.ts';
import { park, resolveFailure } from '../store/failures.ts';
import { appendLog, type LogEntry } from '../store/log.ts';
import { clearFailure, noteFailure, recordName } from '../store/mappings.ts';
import type { AnyEntity, Registry, SyncContext } from '../sync/declare.ts';
import { type SyncItem, type SyncOutcome, type SyncTools, syncBatch } from '../sync/engine.ts';
import { Account, impersonal } from './account.ts';
import type { Observer } from './observe.ts';
import { type OdooAccess, withOdoo } from './odoo.ts';
import { dueNow } from './realtime.ts';
import type { Delivery } from './receive.ts';
import { retentionDays } from './retention.ts';
import { cautiously } from './suspects.ts';
import { releaseCause } from './trials.ts';

/** A delivery that must come again, and when. */
export interface Retry {
  delivery: Delivery;
  seconds: number;
}

const DAY_MS = 86_400_000;
const FIRST_RETRY_SECONDS = 1;
/** A wait for the lane grows slowly, and not for long: it is no failure, but each one is a delivery of the two hundred. */
const LANE_RETRY_SECONDS = 5;
const LANE_RETRY_GROWTH = 1.25;
const LANE_LAST_RETRY_SECONDS = 60;
/** A page of a run has a place of its own to wait in. */
const RUN_PATIENCE_MS = 20_000;

interface Item extends SyncItem {
  delivery: Delivery;
}
type Outcome = SyncOutcome<Item>;

/** What became of a batch, event by event; those in `retries` failed for now. */
export interface Delivered {
  outcomes: readonly Outcome[];
  retries: Retry[];
}

/** The bulk run that a batch is a page of. */
export interface BatchOfRun {
  run: string;
  group: string;
  onCall: () => void;
  /** What the run itself waits for, rather than that all its records are parked. */
  stops: (error: ConnectorError) => boolean;
}

/**
 * Syncs the events of one connection and sees to what became of each: mapped, parked, or once more. Never throws:
 * whatever is the matter with this connection, the function must not end while it is at work for others.
 */
export async function deliver(
  registry: Registry,
  declaration: AnyEntity,
  connection: string,
  deliveries: readonly Delivery[],
  observer: Observer,
): Promise<Retry[]> {
  try {
    const due = await dueNow(connection, declaration.name, deliveries);
    if (due.length < deliveries.length) {
      observer.info('left to a run', { connection, entity: declaration.name, events: deliveries.length - due.length });
    }
    if (due.length === 0) return [];
    return (await deliverBatch(registry, declaration, connection, due, observer)).retries;
  } catch (thrown) {
    const error = asConnectorError(thrown);
    const events = deliveries.map(({ message }) => message.event);
    const told = { connection, entity: declaration.name, code: error.code };
    observer.error('batch not delivered', { ...told, cause: describe(error.cause ?? error, events) });
    return deliveries.map((delivery) => ({ delivery, seconds: retrySeconds(error, delivery) }));
  }
}

/**
 * As `deliver`, and tells what became of each. Of a run's page the run itself says that it is tried again.
 *
 * @throws ConnectorError what stops the run
 */
export async function deliverBatch(
  registry: Registry,
  declaration: AnyEntity,
  connection: string,
  deliveries: readonly Delivery[],
  observer: Observer,
  ofRun?: BatchOfRun,
): Promise<Delivered> {
  const account = new Account(deliveries);
  const outcomes = await sync(registry, declaration, connection, deliveries, observer, account, ofRun);
  const retries: Retry[] = [];
  const rows: LogEntry[] = [];
  for (const outcome of outcomes) {
    const { delivery } = outcome.item;
    const error = impersonal(outcome.error, outcome.item.data);
    if (error === undefined) {
      rows.push(...(await settleDone(connection, declaration, outcome, observer)));
    } else if (error.kind === 'transient' && !isExpired(delivery)) {
      retries.push({ delivery, seconds: retrySeconds(error, delivery) });
      if (ofRun === undefined) rows.push(...noteRetry(declaration, outcome, error, observer));
    } else {
      rows.push(await parkOutcome(connection, declaration, outcome, error, observer));
    }
  }
  await appendLog(connection, account.stamp(rows), await retentionDays(connection));
  return { outcomes, retries };
}

async function sync(
  registry: Registry,
  declaration: AnyEntity,
  connection: string,
  deliveries: readonly Delivery[],
  observer: Observer,
  account: Account,
  ofRun: BatchOfRun | undefined,
): Promise<Outcome[]> {
  const items = deliveries.map((delivery): Item => {
    const { recordId, sequence, action, data, id, hash } = delivery.message.event;
    return { recordId, sequence, action, data, eventId: id, storeHash: hash, delivery };
  });
  const eventIds = items.map((item) => item.eventId);
  const onCall = (report: CallReport) => {
    observer.info('odoo call', { connection, ...report, eventIds });
    observer.count('OdooCalls', 1);
    account.call();
    ofRun?.onCall();
  };
  try {
    const patienceMs = ofRun === undefined ? undefined : RUN_PATIENCE_MS;
    const name = ({ recordId }: Item) => recordName({ entity: declaration.name, recordId });
    const work = ({ odoo, lane, context: own }: OdooAccess) => {
      const known = ofRun === undefined ? own : { ...own, run: ofRun.run, group: ofRun.group };
      const context: SyncContext = { ...known, recountLater: (productIds) => recountLater(known, productIds) };
      const tools = { registry, context, odoo, download: downloadImage };
      return cautiously<Item, Outcome>(lane, items, name, {
        sync: (some) => syncTogether(tools, declaration, some, observer),
        giveUp: (item) => ({ item, result: 'failed', error: killer(declaration, item), wasFailing: false }),
      });
    };
    const holding = [...new Set(items.map(name))];
    return await withOdoo(connection, onCall, work, { patienceMs, holding });
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.code === 'INTERNAL') observer.error('unforeseen', { connection, cause: describe(error.cause, items) });
    if (ofRun?.stops(error) === true) throw error;
    return items.map((item) => ({ item, result: 'failed', error, wasFailing: false }));
  }
}

function killer({ name: entity, label }: AnyEntity, { recordId }: Item): ConnectorError {
  const message = `${label} ${recordId}: each time it was tried, the function that worked on it came to no end.`;
  return new ConnectorError('FUNCTION_DIED', message, { subject: recordName({ entity, recordId }) });
}

const sentences = {
  created: 'was created in Odoo',
  updated: 'was updated in Odoo',
  adopted: 'was found in Odoo and adopted',
  noted: 'was noted; Odoo has no such record',
  archived: 'was deleted in the store and archived in Odoo',
  kept: 'was deleted in the store; Odoo keeps its record',
  cancelled: 'was deleted in the store and cancelled in Odoo',
} as const;

/**
 * An error that nobody foresaw in a batch is one record's: then they go one by one. A service that fails fails for
 * all: going on would ask it for a hundred times as much.
 */
async function syncTogether(
  tools: SyncTools,
  declaration: AnyEntity,
  items: readonly Item[],
  observer: Observer,
): Promise<Outcome[]> {
  try {
    return await syncBatch(tools, declaration, items);
  } catch (thrown) {
    const error = asConnectorError(thrown);
    const isOnes = error.kind === 'invalid' || (error.code === 'INTERNAL' && !isOfAws(error.cause));
    if (!isOnes) throw error;
    if (error.code === 'INTERNAL') observer.error('unforeseen', { cause: describe(error.cause, items) });
    const [first] = items;
    if (items.length === 1 && first !== undefined) return [{ item: first, result: 'failed', error, wasFailing: false }];
    const outcomes: Outcome[] = [];
    for (const item of items) outcomes.push(...(await syncTogether(tools, declaration, [item], observer)));
    return outcomes;
  }
}

async function settleDone(
  connection: string,
  declaration: AnyEntity,
  outcome: Outcome,
  observer: Observer,
): Promise<LogEntry[]> {
  const { item, result, odooId, wasFailing, applied } = outcome;
  const key = { entity: declaration.name, recordId: item.recordId };
  observer.info('synced', { connection, ...key, result, odooId, model: declaration.model, eventId: item.eventId });
  observer.count('Synced', 1);
  const { trialOf } = item.delivery.message;
  if ((wasFailing || trialOf !== undefined) && applied !== undefined) {
    if (await resolveFailure(connection, key, applied)) await clearFailure(connection, key);
  }
  // What needed nothing has not shown that the cause is gone.
  if (result === 'unchanged' || result === 'superseded' || result === 'failed') return [];
  if (trialOf !== undefined) await releaseCause(connection, trialOf, observer);
  const name = `${declaration.label} ${item.recordId}`;
  const at = { ...key, eventId: item.eventId, ...(odooId === undefined ? {} : { odooId }) };
  const done = { level: 'info', code: result.toUpperCase(), ...at } as const;
  return [{ ...done, message: `${name} ${sentences[result]}${wasFailing ? ', after it had failed before' : ''}.` }];
}

function noteRetry(declaration: AnyEntity, outcome: Outcome, error: ConnectorError, observer: Observer): LogEntry[] {
  const { item } = outcome;
  const { connection } = item.delivery.message;
  const at = { entity: declaration.name, recordId: item.recordId, eventId: item.eventId };
  // Waiting for the lane is no failure, and a row per attempt would bury the log.
  const isWaiting = error.code.startsWith('LANE_');
  const told = { connection, ...at, code: error.code, receiveCount: item.delivery.receiveCount };
  if (isWaiting) observer.info('retrying', told);
  else observer.warn('retrying', told);
  if (isWaiting || item.delivery.receiveCount > 1) return [];
  return [
    { level: 'warning', code: error.code, message: `${error.message} It is tried again.`, remedy: error.remedy, ...at },
  ];
}

async function parkOutcome(
  connection: string,
  declaration: AnyEntity,
  outcome: Outcome,
  error: ConnectorError,
  observer: Observer,
): Promise<LogEntry> {
  const { item } = outcome;
  const key = { entity: declaration.name, recordId: item.recordId };
  // Noted first: a function that ends in between leaves a note without a failure, which nobody sees, rather than a
  // failure of which a later success would not know.
  await noteFailure(connection, key, error.code);
  await park({ connection, ...key, eventId: item.eventId, sequence: item.sequence, error, body: item.delivery.body });
  const { trialOf } = item.delivery.message;
  // It fails for another cause now: the one it was tried for is gone.
  if (trialOf !== undefined && trialOf !== `${connection}#${error.causeKey}`) {
    await releaseCause(connection, trialOf, observer);
  }
  observer.warn('parked', { connection, ...key, code: error.code, cause: error.causeKey, eventId: item.eventId });
  observer.count('Parked', 1);
  return {
    level: 'error',
    code: error.code,
    message: error.message,
    remedy: error.remedy,
    ...key,
    eventId: item.eventId,
  };
}

const isExpired = (delivery: Delivery): boolean => Date.now() - Date.parse(delivery.message.acceptedAt) > DAY_MS;

/** Longer each time, with jitter, so that a batch that failed together does not come back together. */
function retrySeconds(error: ConnectorError, { receiveCount }: Delivery): number {
  const times = receiveCount - 1;
  const base = error.code.startsWith('LANE_')
    ? Math.min(LANE_LAST_RETRY_SECONDS, LANE_RETRY_SECONDS * LANE_RETRY_GROWTH ** times)
    : FIRST_RETRY_SECONDS * 2 ** times;
  const seconds = Math.ceil(Math.min(longestRetrySeconds(), base) * (0.5 + Math.random()));
  return seconds + (error.retryAfterSeconds ?? 0);
}

/** What was not foreseen may quote what it was working on. */
function describe(cause: unknown, items: readonly { data: unknown }[]): string {
  const told = cause instanceof Error ? (cause.stack ?? cause.message) : String(cause);
  return withoutPersons(
    told,
    items.map(({ data }) => data),
  );
}

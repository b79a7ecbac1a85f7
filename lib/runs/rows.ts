import { chunks } from '../collections.ts';
import { ConnectorError } from '../errors/index.ts';
import type { ExportRow } from '../opencart/export.ts';
import { type BatchOfRun, type Delivered, deliverBatch } from '../queue/deliver.ts';
import type { QueueMessage } from '../queue/message.ts';
import type { Delivery } from '../queue/receive.ts';
import { sendMessages } from '../queue/send.ts';
import { type Mapping, readMappings, recordName } from '../store/mappings.ts';
import { noCounts, type Run, type RunCounts } from '../store/runs.ts';
import type { SyncItem, SyncOutcome } from '../sync/engine.ts';
import { showItems } from './preview.ts';
import type { Work } from './work.ts';

/** A row of the store, or a record that it no longer has. */
export type RowChange = ExportRow | { recordId: string; gone: true };

/** When the rows were read, in the store's terms. */
export interface ReadAt {
  sequence: number;
  time: string;
}

/** A record that fails for now so often is left to the queue of events: it must not hold up the others. */
const TRIES_BEFORE_QUEUE = 3;
/** What concerns the whole connection. Everything else is parked record by record, and the run goes on. */
const stopping = new Set(['ODOO_AUTH', 'ODOO_DATABASE', 'CONNECTION_UNCONFIGURED']);

/**
 * Syncs rows as one batch of the engine, under the lane, as if events had brought them: failures are parked
 * as messages that can be replayed. A preview looks only. Rows that are in step already are skipped, so it can be repeated;
 * what an earlier attempt of this run has done counts as done by this one.
 *
 * @throws ConnectorError what the run must wait for
 */
export async function syncRows(work: Work, rows: readonly RowChange[], at: ReadAt): Promise<RunCounts> {
  if (work.run.preview === true) {
    return showItems(
      work,
      rows.map((row) => itemOf(work.run, row, at)),
    );
  }
  let counts = noCounts;
  const deliveries = rows.map((row) => deliveryOf(work, row, at));
  // An attempt that was killed was perhaps too much at once: smaller batches leave something done behind.
  const size = Math.max(1, Math.ceil(rows.length / 4 ** work.killed));
  for (const batch of chunks(deliveries, size)) counts = added(counts, await syncBatchOf(work, batch));
  return counts;
}

export function added(counts: RunCounts, more: Partial<RunCounts>): RunCounts {
  const sum = { ...counts };
  for (const [name, count] of Object.entries(more)) sum[name as keyof RunCounts] += count;
  return sum;
}

/**
 * A row as the engine takes it. The sequence is that of the newest event there was before the rows were
 * read: so a row is newer than every event it may contain, and older than all that were made since.
 */
export function itemOf({ id }: Run, row: RowChange, { sequence }: ReadAt): SyncItem {
  const isGone = 'gone' in row;
  return {
    recordId: row.recordId,
    eventId: `run-${id}-${row.recordId}`.slice(0, 128),
    // A store that has never sent an event is at 0, and its first event must not be older.
    sequence: Math.max(1, sequence),
    action: isGone ? 'delete' : 'upsert',
    data: isGone ? {} : row.data,
    ...(isGone ? {} : { storeHash: row.hash }),
  };
}

function deliveryOf({ run }: Work, row: RowChange, at: ReadAt): Delivery {
  const { eventId, storeHash, recordId, sequence, action } = itemOf(run, row, at);
  const message: QueueMessage = {
    version: 1,
    connection: run.connection,
    // The day of retries counts from when the page was due, however often it is tried.
    acceptedAt: run.pageSince,
    event: {
      ...{ id: eventId, entity: run.entity, action, recordId, sequence, occurredAt: at.time },
      ...(storeHash === undefined ? {} : { hash: storeHash }),
      data: 'gone' in row ? {} : row.data,
    },
  };
  return { messageId: eventId, receiptHandle: '', body: JSON.stringify(message), receiveCount: 1, message };
}

async function syncBatchOf(work: Work, batch: readonly Delivery[]): Promise<RunCounts> {
  const { run, registry, declaration, observer } = work;
  const ofRun: BatchOfRun = {
    run: run.id,
    group: run.group,
    onCall: () => {
      work.odooCalls += 1;
    },
    stops: ({ kind, code }) => kind === 'transient' || stopping.has(code),
  };
  const delivered = await deliverBatch(registry, declaration, run.connection, batch, observer, ofRun);
  const deferred = await leaveToQueue(work, batch.length, delivered);
  const done = delivered.outcomes.filter(({ error }) => error === undefined);
  const failed = delivered.outcomes.length - done.length - deferred;
  return added(await countDone(work, done), { failed, deferred });
}

/** @returns how many were given to the queue of events */
async function leaveToQueue({ run }: Work, all: number, { outcomes, retries }: Delivered): Promise<number> {
  if (retries.length === 0) return 0;
  const waiting = new Set(retries.map(({ delivery }) => delivery));
  const errors = outcomes.filter(({ item }) => waiting.has(item.delivery)).map((outcome) => outcome.error);
  // Of several the one that must wait longest.
  const [error] = errors.sort((one, other) => pauseOf(other) - pauseOf(one));
  if (error !== undefined && (retries.length === all || run.tries < TRIES_BEFORE_QUEUE)) throw error;
  const messages = retries.map(({ delivery }) => delivery.message);
  const taken = await sendMessages(messages, pauseOf(error));
  if (taken.includes(false)) throw new ConnectorError('QUEUE_UNAVAILABLE', 'The queue did not take a record.');
  return retries.length;
}

const pauseOf = (error: ConnectorError | undefined): number => error?.retryAfterSeconds ?? 0;

type Outcome = Delivered['outcomes'][number];

async function countDone({ run, declaration }: Work, done: readonly Outcome[]): Promise<RunCounts> {
  const keyOf = ({ item }: Outcome) => ({ entity: declaration.name, recordId: item.recordId });
  const mappings = await readMappings(run.connection, done.map(keyOf));
  let counts = noCounts;
  for (const outcome of done) {
    const mapping = mappings.get(recordName(keyOf(outcome)));
    counts = added(counts, { [countOf(outcome, mapping, run.id)]: 1 });
  }
  return counts;
}

const countsByResult: Record<SyncOutcome['result'], keyof RunCounts> = {
  ...({ created: 'created', updated: 'updated', adopted: 'adopted' } as const),
  ...({ unchanged: 'skipped', noted: 'skipped', superseded: 'skipped', failed: 'failed' } as const),
  ...({ archived: 'removed', kept: 'removed', cancelled: 'removed' } as const),
};

const countOf = ({ result }: Outcome, mapping: Mapping | undefined, run: string): keyof RunCounts =>
  mapping?.by?.run === run ? mapping.by.as : countsByResult[result];

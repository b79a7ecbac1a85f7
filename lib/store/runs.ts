import { GetCommand, PutCommand, paginateQuery, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, ifConditionHolds, writeItems } from './documents.ts';

/**
 * - `full`: every record; `incremental`: what changed since the last run; `ids`: the records named.
 * - `sweep`: compares ids and hashes, and makes up for what never came, deletes included.
 */
export const runModes = ['full', 'incremental', 'ids', 'sweep'] as const;
export type RunMode = (typeof runModes)[number];

/**
 * - `queued`: not begun, often because another run of the same request goes first.
 * - `running`, and `waiting`: something stands in the way, `problem` says what; it is tried again.
 * - `completed`: whatever could not be synced is parked; `cancelled`, `failed`, `skipped`: it is over, too.
 */
export const runStates = ['queued', 'running', 'waiting', 'completed', 'cancelled', 'failed', 'skipped'] as const;
export type RunState = (typeof runStates)[number];

const goingOn: ReadonlySet<RunState> = new Set(['queued', 'running', 'waiting']);
export const isGoingOn = ({ state }: Pick<Run, 'state'>): boolean => goingOn.has(state);

/** What became of the records, each counted once. */
export interface RunCounts {
  /** Looked at so far. */
  seen: number;
  created: number;
  updated: number;
  adopted: number;
  /** In step already, or Odoo has a newer state. */
  skipped: number;
  /** Parked, with the reason. */
  failed: number;
  /** Deleted in the store, and treated in Odoo as the settings say. */
  removed: number;
  /** Asked for by id, and not in the store. */
  missing: number;
  /** Given to the queue of events, which goes on trying. */
  deferred: number;
  /** No longer as a preview had shown them, and left as they are. */
  changed: number;
}

export const noCounts: Readonly<RunCounts> = {
  ...{ seen: 0, created: 0, updated: 0, adopted: 0, skipped: 0 },
  ...{ failed: 0, removed: 0, missing: 0, deferred: 0, changed: 0 },
};

export interface RunProblem {
  code: string;
  message: string;
  remedy: string;
  /** Since when the run has been held up, by whatever. */
  since: string;
}

/** Which part of a run its pages are at. */
export type RunPhase = 'prepare' | 'all' | 'changed' | 'ids' | 'hashes' | 'survey' | 'delete' | 'apply' | 'recount';

export interface Run {
  id: string;
  connection: string;
  entity: string;
  mode: RunMode;
  state: RunState;
  /** Who asked for it. */
  by: string;
  /** Runs that were asked for together. */
  group: string;
  /** The runs of its group before and after it. */
  previous?: string;
  next?: string;
  ids?: readonly string[];
  /** A sweep may delete so many, whatever it looks like. */
  allowDeletes?: number;
  /** It only shows what it would do; the counts say what would become of the records. */
  preview?: true;
  /** Of a preview: about how many calls to Odoo doing it would take, beside those of looking. */
  plannedCalls?: number;
  /** The preview whose records it syncs as they were shown. */
  applies?: string;
  phase: RunPhase;
  /** Number of the page that is due; what a message names. */
  page: number;
  /** Where that page begins: the store's cursor, or ours in `ids`, `survey`, `delete`, `apply` and `recount`. */
  after?: string;
  /** Where one of its pages began: a store that leads there again would have it go round for ever. */
  anchor?: string;
  /** Rows per page. */
  limit: number;
  /** `changed`: by the store's clock. */
  since?: string;
  /** The store's clock when the run began. */
  storeTime?: string;
  /** Records that there are, as far as the store tells. */
  total?: number;
  counts: RunCounts;
  /** A sweep's view of the mapped records: how many there are, and how many of them the store lacks. */
  survey?: { mapped: number; missing: number };
  odooCalls: number;
  /** Time spent on pages, without the waiting in between. */
  workMs: number;
  /** How often the page that is due has failed for now. */
  tries: number;
  /** When the page became due: the run's last progress. */
  pageSince: string;
  /** Whether it ends after the page that is being worked on. */
  cancelRequested?: boolean;
  problem?: RunProblem;
  createdAt: string;
  startedAt?: string;
  /** The last sign of life, if only that it was set going again. */
  updatedAt: string;
  endedAt?: string;
}

export type RunKey = Pick<Run, 'connection' | 'id'>;

const RETENTION_SECONDS = 90 * 86_400;
const itemOf = (id: string) => `run#${id}`;
const ACTIVE = 'active';

const stored = (run: Run): Record<string, unknown> => ({
  ...run,
  item: itemOf(run.id),
  expiresAt: Math.floor(Date.now() / 1_000) + RETENTION_SECONDS,
  ...(isGoingOn(run) ? { active: ACTIVE } : {}),
});

export async function putRun(run: Run): Promise<void> {
  await documents.send(new PutCommand({ TableName: tableName('runs'), Item: stored(run) }));
}

export async function deleteRun({ connection, id }: RunKey): Promise<void> {
  await writeItems(tableName('runs'), [{ delete: { connection, item: itemOf(id) } }]);
}

export async function readRun({ connection, id }: RunKey): Promise<Run | undefined> {
  const key = { connection, item: itemOf(id) };
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('runs'), Key: key, ConsistentRead: true }),
  );
  return Item as Run | undefined;
}

type Change = { [Name in keyof Run]?: Run[Name] | undefined };

/**
 * Changes a run if it is still as `onlyIf` says; undefined removes a field.
 * @returns the run as it is now; undefined if it was not as it should be
 */
export async function changeRun(
  { connection, id }: RunKey,
  change: Change,
  onlyIf: Partial<Pick<Run, 'page' | 'state' | 'updatedAt'>> & { states?: readonly RunState[] },
): Promise<Run | undefined> {
  const { states, ...equal } = onlyIf;
  const whole: Record<string, unknown> = { updatedAt: new Date().toISOString(), ...change };
  if (change.state !== undefined) whole.active = isGoingOn({ state: change.state }) ? ACTIVE : undefined;
  const names: Record<string, string> = { '#item': 'item' };
  const values: Record<string, unknown> = {};
  const name = (field: string) => {
    names[`#${field}`] = field;
    return `#${field}`;
  };
  const value = (key: string, content: unknown) => {
    values[`:${key}`] = content;
    return `:${key}`;
  };
  const entries = Object.entries(whole);
  const set = entries.filter(([, content]) => content !== undefined);
  const gone = entries.filter(([, content]) => content === undefined);
  const conditions = ['attribute_exists(#item)'];
  for (const [field, content] of Object.entries(equal)) {
    conditions.push(`${name(field)} = ${value(`is_${field}`, content)}`);
  }
  if (states !== undefined) {
    conditions.push(`${name('state')} IN (${states.map((state, index) => value(`in_${index}`, state)).join(', ')})`);
  }
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('runs'),
        Key: { connection, item: itemOf(id) },
        UpdateExpression: [
          `SET ${set.map(([field, content]) => `${name(field)} = ${value(field, content)}`).join(', ')}`,
          ...(gone.length === 0 ? [] : [`REMOVE ${gone.map(([field]) => name(field)).join(', ')}`]),
        ].join(' '),
        ConditionExpression: conditions.join(' AND '),
        ExpressionAttributeNames: names,
        ExpressionAttributeValues: values,
        ReturnValues: 'ALL_NEW',
      }),
    ),
  );
  return answer?.Attributes as Run | undefined;
}

/** Newest first, up to `limit`; `before` is the id of the last one of the page before. */
export async function listRuns(
  connection: string,
  filter: { entity?: string | undefined; state?: RunState | undefined },
  limit: number,
  before?: string,
): Promise<{ runs: Run[]; next?: string }> {
  const wanted = Object.entries(filter).filter(([, content]) => content !== undefined);
  const runs: Run[] = [];
  let upTo = before === undefined ? `${itemOf('')}~` : itemOf(before);
  for (;;) {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('runs'),
        KeyConditionExpression: '#connection = :connection AND #item BETWEEN :first AND :last',
        ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
        ExpressionAttributeValues: { ':connection': connection, ':first': itemOf(''), ':last': upTo },
        ScanIndexForward: false,
      }),
    );
    for (const item of page.Items ?? []) {
      const run = item as unknown as Run;
      // BETWEEN includes the run that the page before ended with.
      if (run.id === before || wanted.some(([field, content]) => item[field] !== content)) continue;
      if (runs.length === limit) return { runs, next: (runs.at(-1) as Run).id };
      runs.push(run);
    }
    if (page.LastEvaluatedKey === undefined) return { runs };
    upTo = String(page.LastEvaluatedKey.item);
  }
}

/** Runs of all connections that should be going on and have shown no sign of life since. */
export async function quietRuns(since: Date, limit: number): Promise<Run[]> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('runs'),
      IndexName: 'active',
      KeyConditionExpression: 'active = :active AND updatedAt < :since',
      ExpressionAttributeValues: { ':active': ACTIVE, ':since': since.toISOString() },
      Limit: limit,
    }),
  );
  return (page.Items ?? []) as unknown as Run[];
}

/** Runs of all connections that are not over: at most one per entity of each. */
export async function* runsGoingOn(): AsyncGenerator<Run> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName('runs'),
      IndexName: 'active',
      KeyConditionExpression: 'active = :active',
      ExpressionAttributeValues: { ':active': ACTIVE },
    },
  );
  for await (const page of pages) yield* (page.Items ?? []) as unknown as Run[];
}

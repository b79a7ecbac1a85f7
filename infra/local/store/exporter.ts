/** The export endpoint as a store's extension serves it, over whatever holds the records: docs/export.md. */
import { createHash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import {
  type Capabilities,
  type ExportRequest,
  exportRequest,
  type Flushed,
  type HashPage,
  MAX_PAGE_ROWS,
  type SnapshotPage,
} from '../../../lib/opencart/export.ts';
import { verifySignature } from '../../../lib/opencart/signature.ts';

export interface ExportedRecord {
  recordId: string;
  data: Record<string, unknown>;
  /** When it last changed; absent: before anybody noted that. */
  changedAt?: string | undefined;
}

/** A store, as far as it is exported. */
export interface Exported {
  connection: string;
  secret: string;
  /** Entity → its records, in no particular order. */
  entities: Readonly<Record<string, () => readonly ExportedRecord[]>>;
  /** Whether it notes when a record changes. */
  changedSince: boolean;
  /** The newest outbox id. */
  sequence: () => number;
  /** Sends what waits in the outbox. */
  flush?: () => Promise<Flushed>;
  clock?: () => Date;
}

export interface Answer {
  status: number;
  body: object;
}

const refused = (status: number, error: string): Answer => ({ status, body: { error } });

/** Answers a request to the endpoint. */
export async function answerExport(store: Exported, headers: IncomingHttpHeaders, body: Buffer): Promise<Answer> {
  if (headers['x-connection'] !== store.connection || !verifySignature([store.secret], textual(headers), body)) {
    return refused(401, 'The request is not signed with the secret of this store.');
  }
  const parsed = exportRequest.safeParse(jsonOrNothing(body));
  if (!parsed.success) return refused(400, 'The request does not have the expected shape.');
  const request = parsed.data;
  if (request.mode === 'capabilities') return { status: 200, body: capabilitiesOf(store) };
  if (request.mode === 'flush') {
    return store.flush === undefined
      ? refused(400, 'This store cannot flush.')
      : { status: 200, body: await store.flush() };
  }
  const records = store.entities[request.entity];
  if (records === undefined) return refused(404, `There is no entity "${request.entity}".`);
  return { status: 200, body: pageOf(store, records(), request) };
}

function capabilitiesOf({ entities, flush, changedSince }: Exported): Capabilities {
  return {
    version: 1,
    maxLimit: MAX_PAGE_ROWS,
    flush: flush !== undefined,
    entities: Object.keys(entities).map((entity) => ({ entity, changedSince })),
  };
}

type Paged = Extract<ExportRequest, { entity: string }>;

function pageOf(store: Exported, records: readonly ExportedRecord[], request: Paged): SnapshotPage | HashPage {
  const { sequence, clock = () => new Date() } = store;
  const common = { entity: request.entity, sequence: sequence(), time: clock().toISOString() };
  const wanted = wantedBy(request, records).sort(byId);
  const after = 'after' in request ? request.after : undefined;
  const rest = after === undefined ? wanted : wanted.filter(({ recordId }) => compareIds(recordId, after) > 0);
  const rows = 'limit' in request ? rest.slice(0, request.limit) : rest;
  const hasMore = rows.length < rest.length;
  const withData = request.mode !== 'hashes';
  return {
    ...common,
    rows: rows.map(({ recordId, data }) => ({ recordId, hash: hashOf(data), ...(withData ? { data } : {}) })),
    nextAfter: hasMore ? (rows.at(-1)?.recordId ?? null) : null,
    hasMore,
    total: wanted.length,
  };
}

function wantedBy(request: Paged, records: readonly ExportedRecord[]): ExportedRecord[] {
  if ('ids' in request && request.ids !== undefined) {
    const ids = new Set(request.ids);
    return records.filter(({ recordId }) => ids.has(recordId));
  }
  if (request.mode !== 'changed') return [...records];
  return records.filter(({ changedAt }) => changedAt !== undefined && changedAt >= request.since);
}

/** As `ORDER BY id` does: by number where ids are numbers. */
function compareIds(one: string, other: string): number {
  const difference = Number(one) - Number(other);
  if (Number.isFinite(difference)) return difference;
  return one < other ? -1 : Number(one > other);
}
const byId = (one: ExportedRecord, other: ExportedRecord) => compareIds(one.recordId, other.recordId);

const hashOf = (data: object): string => createHash('md5').update(JSON.stringify(data)).digest('hex');

const textual = (headers: IncomingHttpHeaders): Record<string, string | undefined> =>
  Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value?.toString()]));

function jsonOrNothing(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8'));
  } catch {
    return undefined;
  }
}

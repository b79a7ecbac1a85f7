import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { decodeTime, encodeTime, monotonicFactory } from 'ulid';
import { tableName } from '../environment.ts';
import { maskEmails } from '../personal.ts';
import { documents, writeItems } from './documents.ts';

export const logLevels = ['info', 'warning', 'error'] as const;
export type LogLevel = (typeof logLevels)[number];

/** Where a connection has no settings that say how long. */
export const DEFAULT_RETENTION_DAYS = 90;

/** What happened, for people. Holds ids and masked e-mail addresses, never names, addresses or secrets. */
export interface LogEntry {
  level: LogLevel;
  /** An error's code, or what was done: CREATED, UPDATED, ADOPTED, RECOVERED, RETRYING. */
  code: string;
  message: string;
  /** Who can mend it, and how. */
  remedy?: string;
  entity?: string;
  recordId?: string;
  /** The store's event id: the thread from the store to this row. */
  eventId?: string;
  odooId?: number;
  /** Who did it, where it was somebody: the subject of the token. */
  by?: string;
  /** When the event came; ISO 8601. */
  acceptedAt?: string;
  /** When what it tells of happened in the store; ISO 8601. */
  occurredAt?: string;
  /** What was done for the event, together with others. */
  batch?: LogBatch;
}

export interface LogBatch {
  events: number;
  /** To Odoo. */
  calls: number;
  /** From taking the batch to the result, the wait for the lane and for the pace included. */
  milliseconds: number;
}

export interface LogRow extends LogEntry {
  /** Sorts by time. */
  id: string;
  time: string;
}

const nextId = monotonicFactory();

export async function appendLog(
  connection: string,
  entries: readonly LogEntry[],
  retentionDays: number,
): Promise<void> {
  const now = Date.now();
  const expiresAt = Math.floor(now / 1000) + retentionDays * 86_400;
  await writeItems(
    tableName('log'),
    entries.map((entry) => ({
      put: {
        ...entry,
        message: maskEmails(entry.message),
        ...(entry.by === undefined ? {} : { by: maskEmails(entry.by) }),
        connection,
        id: nextId(now),
        time: new Date(now).toISOString(),
        expiresAt,
        ...(entry.entity === undefined ? {} : { entityKey: `${connection}#${entry.entity}` }),
        ...(entry.recordId === undefined ? {} : { recordKey: `${connection}#${entry.entity}#${entry.recordId}` }),
      },
    })),
  );
}

export interface LogFilter {
  entity?: string | undefined;
  recordId?: string | undefined;
  level?: LogLevel | undefined;
  code?: string | undefined;
  eventId?: string | undefined;
  /** Part of the message, in whatever case. */
  text?: string | undefined;
  /** Inclusive. */
  from?: Date | undefined;
  /** Exclusive. */
  to?: Date | undefined;
}

export interface LogPage {
  rows: LogRow[];
  /** Give it back to get the next page; absent on the last one. */
  next?: string;
}

/** DynamoDB filters after reading: so many reads at most for one page, the cursor goes on from there. */
const MAX_READS = 20;
const READ_SIZE = 250;

/** Newest first. `after` is the cursor of the page before. A page can be empty and yet not the last one. */
export async function readLog(connection: string, filter: LogFilter, limit: number, after?: string): Promise<LogPage> {
  const query = queryOf(connection, filter);
  const rows: LogRow[] = [];
  const wanted = filter.text?.toLowerCase();
  let position = after;
  for (let read = 0; read < MAX_READS; read += 1) {
    const { range, values } = rangeOf(filter, position);
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('log'),
        ...query,
        KeyConditionExpression: `${query.KeyConditionExpression} AND ${range}`,
        ExpressionAttributeValues: { ...query.ExpressionAttributeValues, ...values },
        ScanIndexForward: false,
        Limit: READ_SIZE,
      }),
    );
    for (const item of page.Items ?? []) {
      // DynamoDB compares texts as they are.
      if (wanted !== undefined && !String(item.message).toLowerCase().includes(wanted)) continue;
      if (rows.length === limit) return { rows, next: (rows.at(-1) as LogRow).id };
      rows.push(rowOf(item));
    }
    if (page.LastEvaluatedKey === undefined) return { rows };
    position = String(page.LastEvaluatedKey.id);
  }
  return { rows, ...(position === undefined ? {} : { next: position }) };
}

/**
 * The newest row of an entity that tells of a change in Odoo, if it is among its newest rows: one read.
 * What needed no call to Odoo has no row.
 */
export async function lastChange(connection: string, entity: string): Promise<LogRow | undefined> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('log'),
      IndexName: 'byEntity',
      KeyConditionExpression: 'entityKey = :key',
      FilterExpression: '#level = :info AND attribute_exists(#batch)',
      ExpressionAttributeNames: { '#level': 'level', '#batch': 'batch' },
      ExpressionAttributeValues: { ':key': `${connection}#${entity}`, ':info': 'info' },
      ScanIndexForward: false,
      Limit: READ_SIZE,
    }),
  );
  const [item] = page.Items ?? [];
  return item === undefined ? undefined : rowOf(item);
}

/** Whether a text is the cursor of some page. */
export function isLogCursor(text: string): boolean {
  try {
    return text.length === 26 && decodeTime(text) > 0;
  } catch {
    return false;
  }
}

function queryOf(connection: string, filter: LogFilter) {
  const values: Record<string, string> = {};
  const names: Record<string, string> = {};
  const conditions: string[] = [];
  const { entity, recordId } = filter;
  let index: string | undefined;
  if (entity === undefined) {
    names['#key'] = 'connection';
    values[':key'] = connection;
  } else if (recordId === undefined) {
    index = 'byEntity';
    names['#key'] = 'entityKey';
    values[':key'] = `${connection}#${entity}`;
  } else {
    index = 'byRecord';
    names['#key'] = 'recordKey';
    values[':key'] = `${connection}#${entity}#${recordId}`;
  }
  const equal = (field: 'recordId' | 'level' | 'code' | 'eventId') => {
    const value = filter[field];
    if (value === undefined || (field === 'recordId' && index === 'byRecord')) return;
    names[`#${field}`] = field;
    values[`:${field}`] = value;
    conditions.push(`#${field} = :${field}`);
  };
  equal('recordId');
  equal('level');
  equal('code');
  equal('eventId');
  return {
    ...(index === undefined ? {} : { IndexName: index }),
    KeyConditionExpression: '#key = :key',
    ...(conditions.length === 0 ? {} : { FilterExpression: conditions.join(' AND ') }),
    ExpressionAttributeNames: names,
    ExpressionAttributeValues: values,
  };
}

const LOWEST = '0';
const TIME_CHARACTERS = 10;

/** The ids of a span of time; ids start with their time, so the span is one of text. */
export function rangeOf(filter: Pick<LogFilter, 'from' | 'to'>, before: string | undefined) {
  const from = filter.from === undefined ? LOWEST : encodeTime(Math.max(0, filter.from.getTime()), TIME_CHARACTERS);
  const end = filter.to === undefined ? '~' : encodeTime(Math.max(0, filter.to.getTime()), TIME_CHARACTERS);
  // BETWEEN includes both ends: the cursor's own row was given out already, so it must fall just outside.
  const upTo = before === undefined || before > end ? end : justBefore(before);
  return from > upTo
    ? { range: 'id = :none', values: { ':none': LOWEST } }
    : { range: 'id BETWEEN :from AND :to', values: { ':from': from, ':to': upTo } };
}

/** The greatest text of that length that sorts before an id. */
function justBefore(id: string): string {
  const last = id.charCodeAt(id.length - 1);
  return `${id.slice(0, -1)}${String.fromCharCode(last - 1)}~`;
}

function rowOf(item: Record<string, unknown>): LogRow {
  const { connection: _, entityKey: __, recordKey: ___, expiresAt: ____, ...row } = item;
  return row as unknown as LogRow;
}

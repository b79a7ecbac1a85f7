import { paginateQuery, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { fullCause } from './causes.ts';
import { documents } from './documents.ts';
import type { Failure } from './failures.ts';

export interface FailureFilter {
  /** As the API names it: without its connection. */
  cause?: string | undefined;
  entity?: string | undefined;
  code?: string | undefined;
}

export interface FailurePage {
  failures: Failure[];
  /** Give it back to get the next page; absent on the last one. */
  next?: string;
}

/** DynamoDB filters after reading: so many reads at most for one page, the cursor goes on from there. */
const MAX_READS = 20;
const READ_SIZE = 250;

/** By entity and record, an order that holds while failures are tried and parked again. `after` is the cursor of the page before. */
export async function listFailures(
  connection: string,
  filter: FailureFilter,
  limit: number,
  after?: string,
): Promise<FailurePage> {
  const query = queryOf(connection, filter);
  const failures: Failure[] = [];
  let start = after === undefined ? undefined : startOf(connection, filter, after);
  for (let read = 0; read < MAX_READS; read += 1) {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('failures'),
        ...query,
        Limit: READ_SIZE,
        ExclusiveStartKey: start,
      }),
    );
    for (const item of page.Items ?? []) {
      if (failures.length === limit) return { failures, next: cursorOf(failures.at(-1) as Failure) };
      failures.push(item as Failure);
    }
    start = page.LastEvaluatedKey;
    if (start === undefined) return { failures };
  }
  return { failures, ...(start === undefined ? {} : { next: encode(String(start.item)) }) };
}

/** Whether a text is the cursor of some page with this filter. */
export function isFailureCursor(text: string, { entity }: FailureFilter): boolean {
  return decode(text).startsWith(prefixOf(entity));
}

const prefixOf = (entity: string | undefined) => (entity === undefined ? 'record#' : `record#${entity}/`);

const encode = (item: string): string => Buffer.from(item).toString('base64url');
const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString('utf8');
const cursorOf = ({ entity, recordId }: Failure) => encode(`record#${entity}/${recordId}`);

/** Connection and cause are those of the request, whatever the cursor says. */
function startOf(connection: string, { cause }: FailureFilter, cursor: string): Record<string, unknown> {
  const causeKey = cause === undefined ? {} : { causeKey: fullCause(connection, cause) };
  return { connection, item: decode(cursor), ...causeKey };
}

function queryOf(connection: string, { cause, entity, code }: FailureFilter) {
  const partition =
    cause === undefined
      ? { name: 'connection', value: connection }
      : { name: 'causeKey', value: fullCause(connection, cause) };
  return {
    ...(cause === undefined ? {} : { IndexName: 'ofCause' }),
    KeyConditionExpression: '#partition = :partition AND begins_with(#item, :prefix)',
    ExpressionAttributeNames: { '#partition': partition.name, '#item': 'item' },
    ExpressionAttributeValues: {
      ':partition': partition.value,
      ':prefix': prefixOf(entity),
      ...(code === undefined ? {} : { ':code': code }),
    },
    ...(code === undefined ? {} : { FilterExpression: 'code = :code' }),
  };
}

/** What a cause keeps from Odoo. */
export interface Tally {
  records: number;
  /** There are more than were counted. */
  isMore: boolean;
  byEntity: Record<string, number>;
  firstAt?: string;
  lastAt?: string;
}

/** A read is of 1 MiB, some two thousand failures: a cause of many more is counted so far, and said to be larger. */
const TALLY_READS = 50;

/** Counts the failures of a cause, by its key among all connections'. */
export async function tallyOf(full: string): Promise<Tally> {
  const tally: Tally = { records: 0, isMore: false, byEntity: {} };
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName('failures'),
      IndexName: 'byCause',
      KeyConditionExpression: 'causeKey = :cause',
      ProjectionExpression: 'entity, firstAt, parkedAt',
      ExpressionAttributeValues: { ':cause': full },
    },
  );
  let reads = 0;
  for await (const page of pages) {
    for (const item of (page.Items ?? []) as Pick<Failure, 'entity' | 'firstAt' | 'parkedAt'>[]) add(tally, item);
    reads += 1;
    if (reads === TALLY_READS) return { ...tally, isMore: page.LastEvaluatedKey !== undefined };
  }
  return tally;
}

function add(tally: Tally, { entity, firstAt, parkedAt }: Pick<Failure, 'entity' | 'firstAt' | 'parkedAt'>): void {
  tally.records += 1;
  tally.byEntity[entity] = (tally.byEntity[entity] ?? 0) + 1;
  if (tally.firstAt === undefined || firstAt < tally.firstAt) tally.firstAt = firstAt;
  if (tally.lastAt === undefined || parkedAt > tally.lastAt) tally.lastAt = parkedAt;
}

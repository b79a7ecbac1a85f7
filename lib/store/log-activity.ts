import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { decodeTime } from 'ulid';
import { tableName } from '../environment.ts';
import { documents } from './documents.ts';
import { rangeOf } from './log.ts';

/** An hour of the log, in numbers. */
export interface Hour {
  /** When it begins; ISO 8601, UTC. */
  from: string;
  /** Rows that tell of a change of a record in Odoo. */
  changes: number;
  warnings: number;
  errors: number;
}

export interface Activity {
  /** Oldest first, the last one is the hour that goes on. */
  hours: Hour[];
  /** What is older was not counted any more; null: everything was. */
  countedFrom: string | null;
}

const HOUR_MS = 3_600_000;
/** Of 1 MB each, some 2,500 rows: so many at most for one answer. */
const MAX_READS = 10;

/** What happened in the last hours, newest rows first as far as a request's time goes. @param count of hours */
export async function activityOf(connection: string, count: number, now = Date.now()): Promise<Activity> {
  const last = Math.floor(now / HOUR_MS) * HOUR_MS;
  const first = last - (count - 1) * HOUR_MS;
  const hours = Array.from({ length: count }, (_, index): Hour => {
    return { from: new Date(first + index * HOUR_MS).toISOString(), changes: 0, warnings: 0, errors: 0 };
  });
  let before: string | undefined;
  for (let read = 0; read < MAX_READS; read += 1) {
    const { range, values } = rangeOf({ from: new Date(first) }, before);
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('log'),
        KeyConditionExpression: `#connection = :connection AND ${range}`,
        ProjectionExpression: 'id, #level, recordId, #batch',
        ExpressionAttributeNames: { '#connection': 'connection', '#level': 'level', '#batch': 'batch' },
        ExpressionAttributeValues: { ':connection': connection, ...values },
        ScanIndexForward: false,
      }),
    );
    for (const { id, level, recordId, batch } of page.Items ?? []) {
      const hour = hours[Math.floor((decodeTime(String(id)) - first) / HOUR_MS)];
      if (hour === undefined) continue;
      if (level === 'warning') hour.warnings += 1;
      else if (level === 'error') hour.errors += 1;
      else if (recordId !== undefined && batch !== undefined) hour.changes += 1;
    }
    if (page.LastEvaluatedKey === undefined) return { hours, countedFrom: null };
    before = String(page.LastEvaluatedKey.id);
  }
  return { hours, countedFrom: before === undefined ? null : new Date(decodeTime(before)).toISOString() };
}

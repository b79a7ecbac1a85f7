/** How much of a connection is parked, by code: what a person is told of, however many records have a cause of their own. */
import { paginateQuery } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import type { ErrorCode } from '../errors/index.ts';
import { codesOfCauses } from './causes.ts';
import { documents } from './documents.ts';
import type { Failure } from './failures.ts';

export interface ParkedForCode {
  code: ErrorCode;
  /** So many were counted. */
  records: number;
  /** Of these with the same code, so many have something of their own to be mended. */
  causes: number;
  /** There may be more than were counted. */
  isMore: boolean;
}

/**
 * A read is of 1 MiB, some two thousand failures, and 128 units: a connection that has two hundred thousand parked
 * costs ten seconds and 12,800 units a round. Further ones are not counted, but none of their codes is missed.
 */
const MOST_READS = 100;

/** Reads each failure once, rather than asking for each cause: causes can be as many as records. */
export async function parkedByCode(connection: string, mostReads = MOST_READS): Promise<ParkedForCode[]> {
  const found = new Map<ErrorCode, { records: number; causes: Set<string> }>();
  const isWhole = await count(connection, mostReads, found);
  if (!isWhole) {
    for await (const code of codesOfCauses(connection)) {
      if (!found.has(code)) found.set(code, { records: 0, causes: new Set() });
    }
  }
  return [...found].map(([code, { records, causes }]) => ({ code, records, causes: causes.size, isMore: !isWhole }));
}

/** @returns whether all were read */
async function count(
  connection: string,
  mostReads: number,
  found: Map<ErrorCode, { records: number; causes: Set<string> }>,
): Promise<boolean> {
  const pages = paginateQuery(
    { client: documents },
    {
      TableName: tableName('failures'),
      KeyConditionExpression: '#connection = :connection AND begins_with(#item, :records)',
      ProjectionExpression: 'code, causeKey',
      ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
      ExpressionAttributeValues: { ':connection': connection, ':records': 'record#' },
    },
  );
  let reads = 0;
  for await (const page of pages) {
    for (const { code, causeKey } of (page.Items ?? []) as Pick<Failure, 'code' | 'causeKey'>[]) {
      const { records, causes } = found.get(code) ?? { records: 0, causes: new Set() };
      found.set(code, { records: records + 1, causes: causes.add(causeKey) });
    }
    reads += 1;
    if (reads === mostReads && page.LastEvaluatedKey !== undefined) return false;
  }
  return true;
}

import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, writeItems } from './documents.ts';
import { rangeOf } from './log.ts';

const READ_SIZE = 500;
/** One call of the API has 29 seconds. */
const MOST_CLEARED = 5_000;

/**
 * Deletes rows of a connection's log that are older, the oldest first, but for those that say what somebody
 * did: they stay until their time is over.
 *
 * @returns how many, and whether there are more
 */
export async function clearLog(connection: string, before: Date): Promise<{ deleted: number; more: boolean }> {
  const { range, values } = rangeOf({ to: before }, undefined);
  let deleted = 0;
  let start: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('log'),
        KeyConditionExpression: `#connection = :connection AND ${range}`,
        FilterExpression: 'attribute_not_exists(#by)',
        ProjectionExpression: '#connection, id',
        ExpressionAttributeNames: { '#connection': 'connection', '#by': 'by' },
        ExpressionAttributeValues: { ':connection': connection, ...values },
        Limit: READ_SIZE,
        ExclusiveStartKey: start,
      }),
    );
    const keys = (page.Items ?? []) as { connection: string; id: string }[];
    await writeItems(
      tableName('log'),
      keys.map(({ id }) => ({ delete: { connection, id } })),
    );
    deleted += keys.length;
    start = page.LastEvaluatedKey;
  } while (start !== undefined && deleted < MOST_CLEARED);
  return { deleted, more: start !== undefined };
}

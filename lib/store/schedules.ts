/** When each schedule of a connection was last started; the schedules themselves are settings. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { itemsOfConnection } from './connection-items.ts';
import { documents, ifConditionHolds } from './documents.ts';

/** Who has claimed a schedule starts it within this time, or was killed. */
const CLAIM_MS = 300_000;
const PREFIX = 'schedule#';

const keyOf = (connection: string, name: string) => ({ connection, item: `${PREFIX}${name}` });

/** When schedules were last started, by their names. */
export async function lastStarts(connection: string): Promise<Map<string, Date>> {
  const items = await itemsOfConnection(connection, PREFIX);
  return new Map(
    items
      .filter(({ lastStartedAt }) => typeof lastStartedAt === 'string')
      .map(({ item, lastStartedAt }) => [String(item).slice(PREFIX.length), new Date(String(lastStartedAt))]),
  );
}

/**
 * Claims a schedule that is due, for as long as starting it may take.
 * @param last when it was last started, as far as one knows
 * @returns false if somebody else was faster
 */
export async function claimSchedule(connection: string, name: string, last: Date | undefined): Promise<boolean> {
  const now = Date.now();
  const claim = new UpdateCommand({
    TableName: tableName('connections'),
    Key: keyOf(connection, name),
    UpdateExpression: 'SET claimedUntil = :until',
    ConditionExpression: `(attribute_not_exists(claimedUntil) OR claimedUntil < :now) AND ${
      last === undefined ? 'attribute_not_exists(lastStartedAt)' : 'lastStartedAt = :last'
    }`,
    ExpressionAttributeValues: {
      ':until': now + CLAIM_MS,
      ':now': now,
      ...(last === undefined ? {} : { ':last': last.toISOString() }),
    },
  });
  return (await ifConditionHolds(documents.send(claim))) !== undefined;
}

/** Notes that a schedule was started, or that it could not be and is to wait for its next time. */
export async function settleSchedule(connection: string, name: string, at: Date): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tableName('connections'),
      Key: keyOf(connection, name),
      UpdateExpression: 'SET lastStartedAt = :at REMOVE claimedUntil',
      ExpressionAttributeValues: { ':at': at.toISOString() },
    }),
  );
}

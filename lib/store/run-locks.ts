/** What is remembered per entity of a connection: the run that is going on, and the last one that ended well. */
import { DeleteCommand, GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { isGoingOn, type Run, readRun } from './runs.ts';

const lockOf = (entity: string) => `active#${entity}`;
const lastOf = (entity: string) => `last#${entity}`;

/**
 * Takes the one place that an entity's runs have. A run that is over, or whose item never came to be,
 * holds it no more.
 *
 * @returns the run that holds it instead
 */
export async function takePlace(run: Run): Promise<Run | undefined> {
  for (;;) {
    const holder = await holderOf(run.connection, run.entity);
    if (holder === run.id) return undefined;
    const other = holder === undefined ? undefined : await readRun({ connection: run.connection, id: holder });
    if (other !== undefined && isGoingOn(other)) return other;
    const put = new PutCommand({
      TableName: tableName('runs'),
      Item: { connection: run.connection, item: lockOf(run.entity), run: run.id },
      ...(holder === undefined
        ? { ConditionExpression: 'attribute_not_exists(#item)', ExpressionAttributeNames: { '#item': 'item' } }
        : {
            ConditionExpression: '#run = :holder',
            ExpressionAttributeNames: { '#run': 'run' },
            ExpressionAttributeValues: { ':holder': holder },
          }),
    });
    if ((await ifConditionHolds(documents.send(put))) !== undefined) return undefined;
  }
}

async function holderOf(connection: string, entity: string): Promise<string | undefined> {
  const key = { connection, item: lockOf(entity) };
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('runs'), Key: key, ConsistentRead: true }),
  );
  return Item?.run;
}

export async function leavePlace({ connection, entity, id }: Pick<Run, 'connection' | 'entity' | 'id'>): Promise<void> {
  const remove = new DeleteCommand({
    TableName: tableName('runs'),
    Key: { connection, item: lockOf(entity) },
    ConditionExpression: '#run = :run',
    ExpressionAttributeNames: { '#run': 'run' },
    ExpressionAttributeValues: { ':run': id },
  });
  await ifConditionHolds(documents.send(remove));
}

/** Notes up to when, by the store's clock, an entity was looked at as a whole. */
export async function noteLast({ connection, entity, id }: Run, storeTime: string): Promise<void> {
  const item = { connection, item: lastOf(entity), run: id, storeTime };
  await documents.send(new PutCommand({ TableName: tableName('runs'), Item: item }));
}

/** When, by the store's clock, the last run began that looked at the whole entity and ended well. */
export async function readLast(connection: string, entity: string): Promise<string | undefined> {
  const key = { connection, item: lastOf(entity) };
  const { Item } = await documents.send(new GetCommand({ TableName: tableName('runs'), Key: key }));
  return Item?.storeTime;
}

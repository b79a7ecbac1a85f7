import { ConditionalCheckFailedException, DynamoDBClient } from '@aws-sdk/client-dynamodb';
import {
  BatchGetCommand,
  BatchWriteCommand,
  DynamoDBDocumentClient,
  PutCommand,
  paginateQuery,
  type QueryCommandInput,
} from '@aws-sdk/lib-dynamodb';
import { awsClient, LeftUndone } from '../aws.ts';
import { chunks } from '../collections.ts';

export type Item = Record<string, unknown>;

/** One client per process: a warm container keeps its connections. */
export const documents = DynamoDBDocumentClient.from(new DynamoDBClient(awsClient()), {
  marshallOptions: { removeUndefinedValues: true },
});

const READ_BATCH = 100;
const WRITE_BATCH = 25;
const ROUNDS = 8;

/** What a query finds, one after the other, however many pages DynamoDB makes of it. */
export async function* eachItem(query: QueryCommandInput): AsyncGenerator<Item> {
  for await (const page of paginateQuery({ client: documents }, query)) yield* page.Items ?? [];
}

/** Everything that a query finds. */
export async function allItems(query: QueryCommandInput): Promise<Item[]> {
  const found: Item[] = [];
  for await (const item of eachItem(query)) found.push(item);
  return found;
}

/** Reads items by key, 100 per request; asks again for what DynamoDB left unprocessed. */
export async function readItems(table: string, keys: readonly Item[]): Promise<Item[]> {
  const found: Item[] = [];
  for (const batch of chunks(keys, READ_BATCH)) {
    let pending: Item[] = batch;
    for (let round = 0; pending.length > 0; round += 1) {
      await backOff(round);
      const answer = await documents.send(
        new BatchGetCommand({ RequestItems: { [table]: { Keys: pending, ConsistentRead: true } } }),
      );
      found.push(...(answer.Responses?.[table] ?? []));
      pending = (answer.UnprocessedKeys?.[table]?.Keys as Item[] | undefined) ?? [];
    }
  }
  return found;
}

export type Write = { put: Item } | { delete: Item };

/** Puts and deletes without conditions, 25 per request, `together` requests at the same time. */
export async function writeItems(table: string, writes: readonly Write[], together = 1): Promise<void> {
  for (const batches of chunks(chunks(writes, WRITE_BATCH), together)) {
    await Promise.all(batches.map((batch) => writeBatch(table, batch)));
  }
}

async function writeBatch(table: string, batch: readonly Write[]): Promise<void> {
  let pending: Record<string, unknown>[] = batch.map((write) =>
    'put' in write ? { PutRequest: { Item: write.put } } : { DeleteRequest: { Key: write.delete } },
  );
  for (let round = 0; pending.length > 0; round += 1) {
    await backOff(round);
    const answer = await documents.send(new BatchWriteCommand({ RequestItems: { [table]: pending } }));
    pending = answer.UnprocessedItems?.[table] ?? [];
  }
}

/** The answer of a conditional write, or undefined if the condition did not hold. */
export async function ifConditionHolds<T>(write: Promise<T>): Promise<T | undefined> {
  try {
    return await write;
  } catch (error) {
    if (error instanceof ConditionalCheckFailedException) return undefined;
    throw error;
  }
}

async function backOff(round: number): Promise<void> {
  if (round === 0) return;
  if (round > ROUNDS) throw new LeftUndone('DynamoDB left items unprocessed too often.');
  await new Promise((resolve) => setTimeout(resolve, Math.random() * 50 * 2 ** round));
}

/**
 * Puts items whose keys are not taken; the others stay as they are.
 * @param key an attribute that every item of the table has
 * @returns how many were put
 */
export async function putNewItems(table: string, items: readonly Item[], key: string): Promise<number> {
  const puts = items.map((Item) =>
    ifConditionHolds(
      documents.send(
        new PutCommand({
          TableName: table,
          Item,
          ConditionExpression: 'attribute_not_exists(#key)',
          ExpressionAttributeNames: { '#key': key },
        }),
      ),
    ),
  );
  return (await Promise.all(puts)).filter((answer) => answer !== undefined).length;
}

import { PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, ifConditionHolds, readItems, writeItems } from './documents.ts';

/** What the entrance has seen lately. DynamoDB deletes expired items late, so their expiry is read too. */

const seconds = () => Math.floor(Date.now() / 1000);

/** Takes a key that nobody may take twice before it expires. */
export async function claim(key: string, keptSeconds: number): Promise<boolean> {
  const put = new PutCommand({
    TableName: tableName('receipts'),
    Item: { key, expiresAt: seconds() + keptSeconds },
    ConditionExpression: 'attribute_not_exists(#key) OR expiresAt < :now',
    ExpressionAttributeNames: { '#key': 'key' },
    ExpressionAttributeValues: { ':now': seconds() },
  });
  return (await ifConditionHolds(documents.send(put))) !== undefined;
}

/** Which of the keys were remembered. */
export async function seen(keys: readonly string[]): Promise<Set<string>> {
  const items = await readItems(
    tableName('receipts'),
    [...new Set(keys)].map((key) => ({ key })),
  );
  return new Set(items.filter((item) => Number(item.expiresAt) >= seconds()).map((item) => String(item.key)));
}

export async function remember(keys: readonly string[], keptSeconds: number): Promise<void> {
  const expiresAt = seconds() + keptSeconds;
  await writeItems(
    tableName('receipts'),
    [...new Set(keys)].map((key) => ({ put: { key, expiresAt } })),
  );
}

/** Gives a claimed key back. */
export async function release(key: string): Promise<void> {
  await writeItems(tableName('receipts'), [{ delete: { key } }]);
}

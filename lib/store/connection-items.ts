import { QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, type Item } from './documents.ts';

/** What is kept of a connection under names that begin alike, e.g. `incident#`. */
export async function itemsOfConnection(connection: string, prefix: string): Promise<Item[]> {
  const found: Item[] = [];
  let start: Item | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('connections'),
        KeyConditionExpression: '#connection = :connection AND begins_with(#item, :prefix)',
        ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
        ExpressionAttributeValues: { ':connection': connection, ':prefix': prefix },
        ConsistentRead: true,
        ExclusiveStartKey: start,
      }),
    );
    found.push(...(page.Items ?? []));
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
  return found;
}

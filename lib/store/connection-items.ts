import { tableName } from '../environment.ts';
import { allItems, type Item } from './documents.ts';

/** What is kept of a connection under names that begin alike, e.g. `incident#`, in the order of the names. */
export async function itemsOfConnection(connection: string, prefix: string): Promise<Item[]> {
  return allItems({
    TableName: tableName('connections'),
    KeyConditionExpression: '#connection = :connection AND begins_with(#item, :prefix)',
    ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
    ExpressionAttributeValues: { ':connection': connection, ':prefix': prefix },
    ConsistentRead: true,
  });
}

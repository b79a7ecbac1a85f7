/** What is noted where orders have moved stock in Odoo since it was counted there. */
import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { type RecordKey, scopeOf } from './mappings.ts';

/**
 * Has a stock that was counted before counted again, also if the store's quantity is the same.
 * @param group only if a run of this group has counted it
 * @returns whether it was counted before
 */
export async function noteMoved(connection: string, key: RecordKey, group?: string): Promise<boolean> {
  const update = new UpdateCommand({
    TableName: tableName('mappings'),
    Key: keyOf(connection, key),
    UpdateExpression: 'SET details.moved = :true REMOVE #hash',
    ConditionExpression: `attribute_exists(details.quantity)${group === undefined ? '' : ' AND details.countedBy = :group'}`,
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':true': true, ...(group === undefined ? {} : { ':group': group }) },
  });
  return (await ifConditionHolds(documents.send(update))) !== undefined;
}

/** Has the record that such a stock is part of looked at again: a sweep asks for it, an event is not skipped as unchanged. */
export async function notePartMoved(connection: string, key: RecordKey): Promise<void> {
  const update = new UpdateCommand({
    TableName: tableName('mappings'),
    Key: keyOf(connection, key),
    UpdateExpression: 'SET moved = :true REMOVE #hash, storeHash',
    ConditionExpression: 'attribute_exists(odooId)',
    ExpressionAttributeNames: { '#hash': 'hash' },
    ExpressionAttributeValues: { ':true': true },
  });
  await ifConditionHolds(documents.send(update));
}

const keyOf = (connection: string, { entity, recordId }: RecordKey) => ({
  scope: scopeOf(connection, entity),
  recordId,
});

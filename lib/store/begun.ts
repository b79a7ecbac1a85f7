import { UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { type RecordKey, scopeOf } from './mappings.ts';

/** As a `contentHash`: Odoo's fields hold no snapshot's content, or nobody knows whose. */
export const NO_CONTENT = 'none';

/**
 * Notes that a mapped record is about to be changed in Odoo: until that is done, it is in step with nothing, so that
 * no snapshot is taken for the one that was synced last.
 *
 * @param content its fields will change, not only its state
 */
export async function noteBegun(
  connection: string,
  { entity, recordId }: RecordKey,
  { content }: { content: boolean },
): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('mappings'),
        Key: { scope: scopeOf(connection, entity), recordId },
        UpdateExpression: `REMOVE #hash, storeHash${content ? ' SET contentHash = :none' : ''}`,
        ConditionExpression: 'attribute_exists(odooId) AND attribute_not_exists(aliasOf)',
        ExpressionAttributeNames: { '#hash': 'hash' },
        ...(content ? { ExpressionAttributeValues: { ':none': NO_CONTENT } } : {}),
      }),
    ),
  );
}

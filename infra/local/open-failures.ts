import * as z from 'zod';
import { tableName } from '../../lib/environment.ts';
import { catalog, type ErrorCode } from '../../lib/errors/index.ts';
import { allItems } from '../../lib/store/documents.ts';

export const openFailure = z.object({
  entity: z.string(),
  recordId: z.string(),
  code: z.enum(Object.keys(catalog) as ErrorCode[]),
  message: z.string(),
});
export type OpenFailure = z.output<typeof openFailure>;

/** The failures of a connection that nothing has resolved yet. */
export async function openFailures(connection: string): Promise<OpenFailure[]> {
  const found = await allItems({
    TableName: tableName('failures'),
    KeyConditionExpression: '#connection = :connection AND begins_with(#item, :records)',
    ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
    ExpressionAttributeValues: { ':connection': connection, ':records': 'record#' },
    ConsistentRead: true,
  });
  return found.map((item) => openFailure.parse(item));
}

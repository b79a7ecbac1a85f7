/** Creates the topology's tables in whatever DynamoDB the client points at. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DescribeTableCommand,
  type DynamoDBClient,
  type KeySchemaElement,
  ResourceInUseException,
  ResourceNotFoundException,
  type TableDescription,
} from '@aws-sdk/client-dynamodb';
import type { KeySchema, TableSpec } from '../../topology.ts';

/** Creates the table unless it exists, and waits until it can be used. */
export async function ensureTable(client: DynamoDBClient, name: string, spec: TableSpec): Promise<void> {
  const existing = await describe(client, name);
  if (existing) {
    assertSameKeys(name, spec, existing);
  } else {
    await create(client, name, spec);
  }
  for (let wait = 5; (await describe(client, name))?.TableStatus !== 'ACTIVE'; wait = Math.min(wait * 2, 1000)) {
    await sleep(wait);
  }
}

async function describe(client: DynamoDBClient, name: string): Promise<TableDescription | undefined> {
  try {
    return (await client.send(new DescribeTableCommand({ TableName: name }))).Table;
  } catch (error) {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  }
}

async function create(client: DynamoDBClient, name: string, spec: TableSpec): Promise<void> {
  const indexes = Object.entries(spec.indexes ?? {});
  try {
    await client.send(
      new CreateTableCommand({
        TableName: name,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: attributes([spec.key, ...indexes.map(([, key]) => key)]),
        KeySchema: keySchema(spec.key),
        ...(indexes.length > 0 && {
          GlobalSecondaryIndexes: indexes.map(([indexName, key]) => ({
            IndexName: indexName,
            KeySchema: keySchema(key),
            Projection: { ProjectionType: 'ALL' as const },
          })),
        }),
      }),
    );
  } catch (error) {
    // Somebody else who shares this DynamoDB was faster; the table is there, which is all that was wanted.
    if (!(error instanceof ResourceInUseException)) throw error;
  }
}

function attributes(keys: readonly KeySchema[]): AttributeDefinition[] {
  const types = new Map(keys.flatMap((key) => (key.sort ? [key.partition, key.sort] : [key.partition])));
  return [...types].map(([AttributeName, AttributeType]) => ({ AttributeName, AttributeType }));
}

function keySchema(key: KeySchema): KeySchemaElement[] {
  const partition: KeySchemaElement = { AttributeName: key.partition[0], KeyType: 'HASH' };
  return key.sort ? [partition, { AttributeName: key.sort[0], KeyType: 'RANGE' }] : [partition];
}

/** Keys cannot be changed in place; better said at the start than met as a puzzling query error later. */
function assertSameKeys(name: string, spec: TableSpec, table: TableDescription): void {
  const signature = (elements: readonly KeySchemaElement[] = []) =>
    elements.map((element) => `${element.KeyType} ${element.AttributeName}`).join(', ');
  const indexes = new Map(table.GlobalSecondaryIndexes?.map((index) => [index.IndexName, index.KeySchema]));
  const stale = [
    ...(signature(table.KeySchema) === signature(keySchema(spec.key)) ? [] : ['its key']),
    ...Object.entries(spec.indexes ?? {})
      .filter(([index, key]) => signature(indexes.get(index)) !== signature(keySchema(key)))
      .map(([index]) => `index ${index}`),
  ];
  if (stale.length > 0) {
    throw new Error(
      `Table ${name} was created by another version of the connector: ${stale.join(', ')} changed since. ` +
        'Start over with an empty data folder.',
    );
  }
}

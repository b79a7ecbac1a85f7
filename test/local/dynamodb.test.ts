import { mkdtemp, rm } from 'node:fs/promises';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DescribeTableCommand, type DynamoDBClient, PutItemCommand, QueryCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startDynamoDb } from '../../infra/local/aws/dynamodb.ts';
import type { EmbeddedService } from '../../infra/local/aws/embedded-service.ts';
import { ensureTable } from '../../infra/local/aws/tables.ts';
import { dynamoDbClient } from './fixtures/clients.ts';

const spec = {
  key: { partition: ['scope', 'S'], sort: ['part', 'N'] },
  indexes: { byOwner: { partition: ['owner', 'S'], sort: ['part', 'N'] } },
} as const;

let folder: string;
let server: EmbeddedService;
let client: DynamoDBClient;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'tables-'));
  server = await startDynamoDb({ dataDir: folder });
  client = dynamoDbClient(server.endpoint);
});
afterEach(async () => {
  client.destroy();
  await server.stop();
  await rm(folder, { recursive: true });
});

const byOwner = async () => {
  const { Items } = await client.send(
    new QueryCommand({
      TableName: 'things',
      IndexName: 'byOwner',
      KeyConditionExpression: '#o = :o',
      ExpressionAttributeNames: { '#o': 'owner' },
      ExpressionAttributeValues: { ':o': { S: 'me' } },
    }),
  );
  return Items;
};

it('creates a table with its indexes, once, and keeps it over a restart', async () => {
  await ensureTable(client, 'things', spec);
  const item = { scope: { S: 'a' }, part: { N: '1' }, owner: { S: 'me' }, all: { S: 'projected' } };
  await client.send(new PutItemCommand({ TableName: 'things', Item: item }));
  client.destroy();
  await server.stop();
  server = await startDynamoDb({ dataDir: folder });
  client = dynamoDbClient(server.endpoint);
  await ensureTable(client, 'things', spec);
  expect(await byOwner()).toEqual([item]);
  const { Table } = await client.send(new DescribeTableCommand({ TableName: 'things' }));
  expect(Table?.BillingModeSummary?.BillingMode).toBe('PAY_PER_REQUEST');
});

it('says so when a table has other keys than the topology', async () => {
  await ensureTable(client, 'things', { key: spec.key });
  await expect(ensureTable(client, 'things', spec)).rejects.toThrow('index byOwner changed since');
});

it('survives a client that hangs up in the middle of a request', async () => {
  const { hostname, port } = new URL(server.endpoint);
  const socket = connect(Number(port), hostname);
  socket.write('POST / HTTP/1.1\r\nhost: local\r\ncontent-length: 100\r\n\r\n{');
  await new Promise((resolve) => socket.once('connect', resolve));
  await ensureTable(client, 'things', spec);
  socket.destroy();
  expect(await byOwner()).toEqual([]);
});

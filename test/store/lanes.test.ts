/** The lane of a connection, among machines whose clocks differ. */
import { PutCommand } from '@aws-sdk/lib-dynamodb';
import * as timekeeper from 'timekeeper';
import { afterAll, afterEach, beforeAll, expect, test, vi } from 'vitest';
import { startDynamoDb } from '../../infra/local/aws/dynamodb.ts';
import type { EmbeddedService } from '../../infra/local/aws/embedded-service.ts';
import { ensureTable } from '../../infra/local/aws/tables.ts';
import { tables } from '../../infra/topology.ts';
import { dynamoDbClient } from '../local/fixtures/clients.ts';

/** A heartbeat comes three times in it, also on a machine that is busy. */
const LEASE_MS = 2_000;
const FOUR_MINUTES_MS = 240_000;
const INTERVAL_MS = 20;

let service: EmbeddedService;
let lanes: typeof import('../../lib/store/lanes.ts');
let documents: typeof import('../../lib/store/documents.ts')['documents'];

beforeAll(async () => {
  service = await startDynamoDb();
  const client = dynamoDbClient(service.endpoint);
  await ensureTable(client, 'connections', tables.connections);
  client.destroy();
  Object.assign(process.env, {
    ...{ AWS_REGION: 'local', AWS_ACCESS_KEY_ID: 'local', AWS_SECRET_ACCESS_KEY: 'local' },
    ...{ AWS_ENDPOINT_URL_DYNAMODB: service.endpoint, TABLE_CONNECTIONS: 'connections' },
    LANE_LEASE_SECONDS: String(LEASE_MS / 1_000),
  });
  lanes = await import('../../lib/store/lanes.ts');
  ({ documents } = await import('../../lib/store/documents.ts'));
});
afterEach(() => timekeeper.reset());
afterAll(() => service.stop());

const clockJumps = (ms: number) => timekeeper.travel(Date.now() + ms);
const take = (connection: string, patienceMs: number) => lanes.Lane.take(connection, INTERVAL_MS, patienceMs);
const aDeadHolder = (connection: string, clock: number) =>
  documents.send(
    new PutCommand({
      TableName: 'connections',
      Item: {
        ...{ connection, item: 'lane', owner: 'dead', holding: ['customer 1'] },
        ...{ leasedUntil: Date.now() + clock + LEASE_MS, nextCallAt: Date.now() + clock },
      },
    }),
  );

test.each([
  ['fast', FOUR_MINUTES_MS],
  ['slow', -FOUR_MINUTES_MS],
])('a lane that is held stays held, also for who has a clock that is four minutes %s', async (which, clock) => {
  const holder = await take(which, 0);
  clockJumps(clock);
  await expect(take(which, 1.5 * LEASE_MS)).rejects.toMatchObject({ code: 'LANE_BUSY' });
  await holder.turn();
  await holder.giveBack();
  await (await take(which, 0)).giveBack();
});

test.each([
  ['fast', FOUR_MINUTES_MS],
  ['slow', -FOUR_MINUTES_MS],
])('the lane of a dead holder whose clock was four minutes %s is taken, and is used at once', async (which, clock) => {
  const connection = `dead ${which}`;
  await aDeadHolder(connection, clock);
  // As batches do that went back to the queue meanwhile.
  const lane = await vi.waitFor(() => take(connection, 0), { timeout: 60_000, interval: LEASE_MS / 10 });
  expect([...lane.suspects.keys()]).toEqual(['customer 1']);
  const limit = new Promise((_, reject) =>
    setTimeout(() => reject(new Error('It waits for the clock.')), 60_000).unref(),
  );
  await Promise.race([lane.turn(), limit]);
  await lane.giveBack();
});

test('who finds a lane that has run out waits until it is sure, however short its patience', async () => {
  await aDeadHolder('run out', -FOUR_MINUTES_MS);
  await (await take('run out', 0)).giveBack();
});

test('of those who wait for the lane of a dead holder, one gets it', async () => {
  await aDeadHolder('many', 0);
  const outcomes = await Promise.allSettled([1, 2, 3].map(() => take('many', 2 * LEASE_MS)));
  const lucky = outcomes.filter((outcome) => outcome.status === 'fulfilled');
  expect(lucky).toHaveLength(1);
  await lucky[0]?.value.giveBack();
});

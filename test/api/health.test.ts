import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startSandbox } from '../../infra/local/sandbox/index.ts';
import type { AnswerOf } from '../../lib/api/client.ts';
import { readHealth } from '../../lib/api/routes/health.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

type Health = AnswerOf<typeof readHealth>;

const patient = { timeout: 25_000, interval: 50 };
let rig: Rig;
let sandboxDir: string;
beforeAll(async () => {
  sandboxDir = await mkdtemp(join(tmpdir(), 'sandbox-'));
  rig = await startRig({ sandboxDir });
}, 60_000);
afterAll(async () => {
  await rig?.stop();
  await rm(sandboxDir, { recursive: true, force: true });
});

const email = (name: string) => `${name}.${rig.tag}@example.com`;
const customer = (id: string) => anEvent('customer', id, aCustomer({ email: email(id) }));

/** As it is answered, which must be as the contract says. */
async function health(): Promise<Health> {
  const { status, body } = await api(rig, 'GET', '/v1/health', { role: 'viewer' });
  expect(status).toBe(200);
  const schema = readHealth.answers[200];
  expect(schema.strict().parse(body)).toEqual(body);
  return body as unknown as Health;
}

test('before anything happened all is well, and nothing is made up', async () => {
  expect(await health()).toMatchObject({
    status: 'ok',
    message: expect.stringContaining('Odoo was not called yet'),
    failures: { records: 0, isMore: false, causes: [] },
    odoo: { version: null, transport: null, answeredAt: null, failedAt: null, failedCode: null },
    pace: { minIntervalMs: 0, allowedPerMinute: null, thisMinute: { calls: 0 }, lastMinute: { calls: 0 } },
    hasSettings: true,
    keyExpiresAt: null,
  });
});

test('after a sync it says what Odoo is, how much it was called, and when what last arrived', async () => {
  await rig.configure({ minIntervalMs: 10 });
  const before = new Date().toISOString();
  await rig.sync([customer('1')]);
  const told = await health();
  expect(told).toMatchObject({ status: 'ok', odoo: { version: '19.0', transport: 'XML-RPC', failedAt: null } });
  expect((told.odoo.answeredAt ?? '') >= before).toBe(true);
  expect(told.pace).toMatchObject({ minIntervalMs: 10, allowedPerMinute: 6_000 });
  const calls = rig.lines.filter(({ message }) => message === 'odoo call').length;
  const counted = (told.pace?.thisMinute.calls ?? 0) + (told.pace?.lastMinute.calls ?? 0);
  expect(counted).toBe(calls);
  const byEntity = new Map(told.entities.map((one) => [one.entity, one]));
  expect((byEntity.get('customer')?.lastChangeAt ?? '') >= before).toBe(true);
  expect(byEntity.get('customer')?.waitedSeconds).toBeGreaterThanOrEqual(0);
  expect(byEntity.get('order')).toEqual({ entity: 'order', lastChangeAt: null, waitedSeconds: null });
  expect(told.queues.map(({ entity }) => entity)).toEqual([...byEntity.keys()]);
  await rig.configure({});
});

test('records that Odoo refuses degrade it, and it says which cause is the largest', async () => {
  await rig.configure({ matchPolicies: { customer: 'report' } });
  await rig.odoo.call('res.partner', 'create', [{ name: 'Known', email: email('2'), type: 'contact' }]);
  await rig.sync([customer('2')]);
  expect(await health()).toMatchObject({
    status: 'degraded',
    message: expect.stringContaining('1 record is parked'),
    failures: { records: 1, causes: [{ cause: 'MATCH_REPORTED:customer/2', records: 1 }] },
  });
  await api(rig, 'DELETE', '/v1/failures/customer/2');
  await rig.configure({});
});

test('a database that is not there takes it down, until it is', async () => {
  await rig.configure({ odooDatabase: 'nowhere' });
  await rig.sync([customer('3')]);
  expect(await health()).toMatchObject({ status: 'down', message: expect.stringContaining('no such Odoo database') });
  await rig.configure({});
  await vi.waitFor(async () => expect((await health()).failures.records).toBe(0), patient);
});

test('an Odoo that does not answer takes it down, until it does', async () => {
  await rig.sandbox?.stop();
  await rig.post([customer('4')]);
  await vi.waitFor(async () => {
    expect(await health()).toMatchObject({ status: 'down', odoo: { failedCode: 'ODOO_UNREACHABLE' } });
  }, patient);
  rig.sandbox = await startSandbox({ port: Number(new URL(rig.credentials.url).port), dataDir: sandboxDir });
  await vi.waitFor(async () => expect((await health()).message).toContain('Odoo last answered'), patient);
});

// The last one: what it puts into the queues stays there.
test('what waits in a queue is counted', async () => {
  const delayed = { MessageBody: '{}', MessageGroupId: rig.connection, DelaySeconds: 900 };
  const QueueUrl = rig.stack.queueUrls['events-carrier'];
  const before = (await health()).queues.find(({ entity }) => entity === 'carrier');
  expect(before).toEqual({ entity: 'carrier', waiting: 0, inFlight: 0, delayed: 0, deadLetters: 0 });
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, ...delayed }));
  const DeadUrl = rig.stack.queueUrls['events-carrier-dead'];
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: DeadUrl, ...delayed }));
  expect((await health()).queues.find(({ entity }) => entity === 'carrier')).toEqual({
    ...before,
    delayed: 1,
    deadLetters: 1,
  });
});

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AnswerOf } from '../../lib/api/client.ts';
import { readHealth } from '../../lib/api/routes/health.ts';
import { verdictOf } from '../../lib/health/verdict.ts';
import { api } from '../support/api.ts';
import { type RestartableRig, startRestartableRig } from '../support/restarted.ts';
import { complete, openExporter } from '../support/runs.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

type Health = AnswerOf<typeof readHealth>;

const patient = { timeout: 60_000, interval: 50 };
let rig: RestartableRig;
beforeAll(async () => {
  rig = await startRestartableRig();
});
afterAll(() => rig?.stop());

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
  expect(byEntity.get('order')).toEqual({ entity: 'order', lastChangeAt: null, waitedSeconds: null, lastRun: null });
  expect(told.queues.map(({ name }) => name)).toEqual([...byEntity.keys(), 'bulk']);
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
  await rig.restartOdoo();
  await vi.waitFor(async () => expect((await health()).message).toContain('Odoo last answered'), patient);
});

test('an API key ends three months after it was set, as far as anybody knows; a password does not', async () => {
  const { user, password } = rig.credentials;
  const set = (secret: string) => api(rig, 'PUT', '/v1/connection/odoo-login', { body: { user, password: secret } });
  await set('0123456789abcdef0123456789abcdef01234567');
  const { keyExpiresAt, keyExpiryIs } = await health();
  expect(keyExpiryIs).toBe('assumed');
  const days = (Date.parse(keyExpiresAt ?? '') - Date.now()) / 86_400_000;
  expect(days).toBeGreaterThan(88);
  expect(days).toBeLessThan(93);
  await set(password);
  expect(await health()).toMatchObject({ keyExpiresAt: null, keyExpiryIs: null });
});

test('a key that ends within two weeks is said in time, with what to do', () => {
  const at = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString();
  const verdict = (key: { at: string; is: 'told' | 'assumed' }) =>
    verdictOf({ isPaired: true, pulse: {}, queues: [], failures: { records: 0, isMore: false, causes: [] }, key });
  expect(verdict({ at: at(15.5), is: 'told' }).status).toBe('ok');
  expect(verdict({ at: at(9.5), is: 'told' })).toMatchObject({
    ...{ status: 'degraded', message: expect.stringMatching(/expires in 10 days: make a new one/) },
  });
  expect(verdict({ at: at(-1), is: 'assumed' }).message).toMatch(/has expired, if it was made when it was set/);
});

test('the last run of an entity is told, and previews are none', async () => {
  await openExporter(rig, { customers: 1 });
  const run = await complete(rig, { entity: 'customer', mode: 'full' });
  await complete(rig, { entity: 'customer', mode: 'full', preview: true });
  const customer = (await health()).entities.find(({ entity }) => entity === 'customer');
  expect(customer?.lastRun).toMatchObject({ id: run.id, mode: 'full', state: 'completed' });
});

// The last one: what it puts into the queues stays there.
test('what waits in a queue is counted', async () => {
  const delayed = { MessageBody: '{}', MessageGroupId: rig.connection, DelaySeconds: 900 };
  const QueueUrl = rig.stack.queueUrls['events-carrier'];
  const before = (await health()).queues.find(({ name }) => name === 'carrier');
  expect(before).toEqual({ name: 'carrier', waiting: 0, inFlight: 0, delayed: 0, deadLetters: 0 });
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl, ...delayed }));
  const DeadUrl = rig.stack.queueUrls['events-carrier-dead'];
  await new SQSClient({}).send(new SendMessageCommand({ QueueUrl: DeadUrl, ...delayed }));
  expect((await health()).queues.find(({ name }) => name === 'carrier')).toEqual({
    ...before,
    delayed: 1,
    deadLetters: 1,
  });
});

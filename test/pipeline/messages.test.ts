/**
 * Deployments while messages wait: what an older version has put into a queue is understood by this one, and what this
 * one puts there is understood by an older one, which may still be running or be brought back. As are its settings.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { type Message, ReceiveMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { type Stack, startStack } from '../../infra/local/runner/index.ts';
import { findEntity, queuedEntities } from '../../lib/entities/index.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { queueMessage, queueReference } from '../../lib/queue/message.ts';
import { pageMessage } from '../../lib/runs/send.ts';
import { connectionSettings } from '../../lib/store/connections.ts';
import manifest from '../../package.json' with { type: 'json' };
import { openStore } from '../local-store/fixtures.ts';
import { aCustomer, anEvent, type EventInput } from '../support/snapshots.ts';
import { stores } from '../support/stores.ts';

const root = new URL('../fixtures/messages/', import.meta.url);
const versions = readdirSync(root).filter((name) => /^\d/.test(name));
const json = (path: string) => JSON.parse(readFileSync(new URL(path, root), 'utf8')) as z.core.JSONSchema.JSONSchema;
const messagesOf = (version: string) =>
  readdirSync(new URL(version, root))
    .filter((name) => !name.endsWith('.schema.json'))
    .map((file) => ({ name: file.replace('.json', ''), message: json(`${version}/${file}`) }));
const recorded = versions.flatMap((version) => messagesOf(version).map((one) => ({ version, ...one })));
const kindOf = (name: string) => name.split('-')[0] as keyof typeof schemas;
const schemas = { event: queueMessage, reference: queueReference, page: pageMessage };

/** The same with something new in every object, as a later version may add it. */
function grown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(grown);
  if (value === null || typeof value !== 'object') return value;
  const members = Object.entries(value).map(([key, one]) => [key, key === 'products' ? one : grown(one)]);
  return { ...Object.fromEntries(members), somethingNew: { of: 'a later version' } };
}

function understand(name: string, message: unknown): void {
  const read = schemas[kindOf(name)].parse(message);
  if (!('event' in read) || read.event.action === 'delete') return;
  const { entity, data } = read.event;
  expect(findEntity(entity)?.snapshot.parse(data)).toBeDefined();
}

test('this version is recorded, and all kinds of messages of each', () => {
  expect(versions).toContain(manifest.version);
  for (const version of versions) {
    const kinds = new Set(messagesOf(version).map(({ name }) => kindOf(name)));
    expect(kinds, version).toEqual(new Set(Object.keys(schemas)));
  }
});

describe.each(recorded)('$name of $version', ({ name, message }) => {
  test('is understood', () => understand(name, message));

  test('is understood with what a later version adds to it', () => understand(name, grown(message)));
});

/** The connector without its functions: what is put into its queues stays there. */
let stack: Stack;
let sqs: SQSClient;
beforeAll(async () => {
  stack = await startStack({ functions: {}, bundles: inject('bundles') });
  // Read only now: the AWS clients take their endpoints from the environment when they are made.
  Object.assign(process.env, stack.env);
  sqs = new SQSClient({});
});
afterAll(async () => {
  sqs?.destroy();
  await stack?.stop();
});

/** All that waits in a queue, by the topology's name of it. */
async function waitingIn(queue: string): Promise<unknown[]> {
  const found: Message[] = [];
  const asked = { QueueUrl: stack.queueUrls[queue], MaxNumberOfMessages: 10, VisibilityTimeout: 600 };
  for (;;) {
    const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(asked));
    if (Messages.length === 0) return found.map(({ Body = '' }) => JSON.parse(Body));
    found.push(...Messages);
  }
}

/** As a version says that it reads what waits in its queues, and the snapshots in it. */
function readBy(version: string, kind: keyof typeof schemas, message: unknown): void {
  z.fromJSONSchema(json(`${version}/${kind}.schema.json`)).parse(message);
  if (kind !== 'event') return;
  const { action, entity, data } = queueMessage.parse(message).event;
  if (action === 'delete') return;
  const known = json(`${version}/snapshots.schema.json`).$defs?.[entity];
  // What an older version has no queue for, it is not given.
  if (known !== undefined) z.fromJSONSchema(known).parse(data);
}

async function accept(events: readonly EventInput[]): Promise<void> {
  const { acceptEvents } = await import('../../lib/queue/accept.ts');
  const verdicts = await acceptEvents('main', events, findEntity);
  expect(verdicts.filter(({ status }) => status !== 'accepted')).toEqual([]);
}

describe.each(versions)('what this version writes is read by %s:', (version) => {
  test('events of every entity, of a demo store and of real ones', async () => {
    const store = await openStore();
    await store.placeOrders(5);
    for (const { name } of queuedEntities) {
      const told = store.exported(name).slice(0, 40);
      const real = name === 'order' ? stores.flatMap(({ orders }) => orders) : [];
      const events = [
        ...told.map(({ recordId, data }) => anEvent(name, recordId, data)),
        anEvent(name, 'gone', {}, { action: 'delete' }),
      ];
      await accept(events);
      for (const order of real) await accept([anEvent('order', order.orderId, order, { hash: 'abc' })]);
      const written = await waitingIn(`events-${name}`);
      expect(written, name).toHaveLength(events.length + real.length);
      for (const message of written) readBy(version, 'event', message);
    }
  });

  test('what is tried again', async () => {
    const { park, readFailure } = await import('../../lib/store/failures.ts');
    const { replay } = await import('../../lib/queue/replay.ts');
    const [key, error] = [{ entity: 'customer', recordId: '7' }, new ConnectorError('ODOO_AUTH', 'No.')];
    const event = anEvent(key.entity, key.recordId, aCustomer());
    const body = JSON.stringify({ version: 1, connection: 'main', acceptedAt: new Date().toISOString(), event });
    await park({ connection: 'main', ...key, eventId: event.id, sequence: event.sequence, error, body });
    const failure = await readFailure('main', key);
    const observer = { info() {}, warn() {}, error() {}, count() {} };
    await replay(failure === undefined ? [] : [failure], observer, { trialOf: 'main#ODOO_AUTH' });
    const written = await waitingIn('events-customer');
    expect(written).toMatchObject([{ trialOf: 'main#ODOO_AUTH' }]);
    for (const message of written) readBy(version, 'event', message);
  });

  test('what is too large for a queue', async () => {
    await accept([anEvent('customer', '8', { ...aCustomer(), note: 'x'.repeat(1_100_000) })]);
    const written = await waitingIn('events-customer');
    expect(written).toMatchObject([{ payload: expect.any(String) }]);
    for (const message of written) readBy(version, 'reference', message);
  });

  test('the page of a run', async () => {
    const { sendPage } = await import('../../lib/runs/send.ts');
    await sendPage({ connection: 'main', id: '01JDXA00000000000000000000', page: 3 });
    const written = await waitingIn('bulk');
    expect(written).toMatchObject([{ page: 3 }]);
    for (const message of written) readBy(version, 'page', message);
  });
});

describe('settings that a later version has saved', () => {
  const settings = connectionSettings.parse({
    ...{ odooUrl: 'https://example.odoo.com', odooDatabase: 'x', statusMapping: { '5': 'PAID' } },
    schedules: { sweep: { when: 'rate(1 day)' } },
  });
  async function saved(connection: string, settingsItem: object) {
    const { writeItems } = await import('../../lib/store/documents.ts');
    const { tableName } = await import('../../lib/environment.ts');
    const { readSettings } = await import('../../lib/store/connections.ts');
    const { readSettingsVersion } = await import('../../lib/store/settings.ts');
    const put = { connection, item: 'settings', version: 3, by: 'me', settings: settingsItem, somethingNew: 1 };
    await writeItems(tableName('connections'), [{ put }]);
    const version = await readSettingsVersion(connection);
    expect(version?.settings).toEqual(await readSettings(connection));
    return version?.settings;
  }

  test('are read without what is new in them', async () => {
    const sweep = { ...settings.schedules.sweep, somethingNew: true };
    const later = { ...settings, somethingNew: { of: 'a later version' }, schedules: { sweep } };
    expect(await saved('later', later)).toEqual(settings);
  });

  test('are read with entities that are new in them', async () => {
    const later = { ...settings, deletePolicies: { voucher: 'keep' }, realtime: { voucher: false } };
    expect(await saved('entities', later)).toEqual(later);
  });

  test('are refused with a choice that is new: nobody knows here what it asks for', async () => {
    await expect(saved('choices', { ...settings, stockPolicy: 'onFullMoon' })).rejects.toThrow('stockPolicy');
  });
});

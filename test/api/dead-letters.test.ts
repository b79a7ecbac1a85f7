/** What a consumer gave up: listed with the failures, and sent again or dismissed like them. */
import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type ApiOptions, api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const patient = { timeout: 60_000, interval: 100 };
let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  await rig.configure({});
});
afterAll(() => rig?.stop());

const get = <Body>(path: `/v1/${string}`, options: ApiOptions = {}) =>
  api<Body>(rig, 'GET', path, { role: 'viewer', ...options });
const post = (path: `/v1/${string}`, body: unknown) => api(rig, 'POST', path, { body });
const causes = async () => (await get<{ causes: unknown[] }>('/v1/failures/causes')).body.causes;
const failures = async () => (await get<{ failures: unknown[] }>('/v1/failures')).body.failures;

describe('dead letters', () => {
  const send = (queue: string, body: string) =>
    new SQSClient({}).send(
      new SendMessageCommand({
        QueueUrl: rig.stack.queueUrls[queue],
        MessageBody: body,
        MessageGroupId: rig.connection,
      }),
    );

  test('what nobody can read is listed, shown in outline, not replayed, and dismissed', async () => {
    const begin = '{"version":1,"this is":"not ours, zoe.mueller@example.com';
    const raw = begin.padEnd(3_000, '!');
    const { MessageId } = await send('events-customer-dead', raw);
    const path = `/v1/failures/customer/message:${MessageId}` as const;
    // The cause is noted after the failure.
    const listed = [{ cause: 'MESSAGE_UNREADABLE', records: 1, nextTrialAt: null }];
    await vi.waitFor(async () => expect(await causes()).toMatchObject(listed), patient);
    expect((await get(path)).body).toMatchObject({
      code: 'MESSAGE_UNREADABLE',
      body: null,
      raw: `${'{"version":0,"xxxx xx":"xxx xxxx, xxx.xxxxxxx@xxxxxxx.xxx'.padEnd(2_000, '!')}… (3000 characters)`,
    });
    expect(await post('/v1/failures/replay', { entity: 'customer', recordId: `message:${MessageId}` })).toMatchObject({
      status: 422,
      body: { code: 'VALUE_REFUSED' },
    });
    expect(await api(rig, 'DELETE', path)).toMatchObject({ status: 204 });
    expect(await failures()).toEqual([]);
  });

  test('what was given up is listed, and arrives when it is replayed', async () => {
    const event = anEvent('customer', 'dead', aCustomer({ email: `dead.${rig.tag}@example.com` }));
    const message = { version: 1, connection: rig.connection, acceptedAt: new Date().toISOString(), event };
    await send('events-customer-dead', JSON.stringify(message));
    await vi.waitFor(async () => {
      expect((await rig.logs({ code: 'CREATED', entity: 'customer', record: 'dead' })).logs).toHaveLength(1);
      expect(await failures()).toEqual([]);
    }, patient);
    expect((await rig.logs({ code: 'DEAD_LETTER' })).logs).toHaveLength(1);
  });
});

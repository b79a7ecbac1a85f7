/** An error that nobody has foreseen may quote whatever it was working on: its stack is printed without people. */
import type { APIGatewayProxyEventV2, Context } from 'aws-lambda';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { AnyEntity } from '../../lib/sync/declare.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig?.stop());

test('in a batch: neither its records’ people nor their e-mail addresses', async () => {
  const { deliverBatch } = await import('../../lib/queue/deliver.ts');
  const { registry, findEntity } = await import('../../lib/entities/index.ts');
  const title = ({ firstName, lastName, email }: ReturnType<typeof aCustomer>) => {
    throw new TypeError(`Cannot read ${lastName} of ${firstName} <${email}>`);
  };
  const broken = { ...findEntity('customer'), title } as unknown as AnyEntity;
  const customers = ['Ada', 'Grace'].map((firstName) => aCustomer({ firstName, lastName: `${firstName}sson` }));
  const deliveries = customers.map((customer, index) => {
    const event = { ...anEvent('customer', String(index), customer), data: customer };
    const message = { version: 1 as const, connection: rig.connection, acceptedAt: new Date().toISOString(), event };
    return { messageId: event.id, receiptHandle: '', receiveCount: 1, body: JSON.stringify(message), message };
  });
  const lines: unknown[] = [];
  const note = (message: string, fields?: object) => void lines.push({ message, ...fields });
  const observer = { info: note, warn: note, error: note, count() {} };
  const known = registry.map((one) => (one.name === 'customer' ? broken : one));
  await deliverBatch(known, broken, rig.connection, deliveries, observer);
  const cause = expect.stringMatching(/^TypeError: Cannot read … of … <z…@example\.com>\n +at /);
  expect(lines).toContainEqual({ message: 'unforeseen', cause });
  expect(JSON.stringify(lines)).not.toMatch(/Ada|Grace|zoe@/);
});

test('in a request: no e-mail addresses', async () => {
  const { httpStack } = await import('../../functions/stack/http.ts');
  const printed: string[] = [];
  const print = (text: string | Uint8Array) => printed.push(String(text)) > 0;
  for (const stream of [process.stdout, process.stderr]) vi.spyOn(stream, 'write').mockImplementation(print);
  const handler = httpStack().handler(async () => {
    throw new TypeError('Cannot read zoe@example.com', { cause: new Error('of zoe@example.com') });
  });
  const answer = await handler({} as APIGatewayProxyEventV2, {} as Context);
  vi.restoreAllMocks();
  expect(answer).toMatchObject({ statusCode: 500 });
  const line = printed.find((one) => one.includes('unforeseen')) ?? '';
  expect(line).toContain('Cannot read z…@example.com');
  expect(line).toContain('of z…@example.com');
  expect(printed.join()).not.toContain('zoe@');
});

/** A DynamoDB that fails, at the moments where it would cost most. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fault } from '../../infra/local/chaos/fault.ts';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { mostCallsAtOnce, type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anAddress, anEvent, anOrder } from '../support/snapshots.ts';

const CUSTOMERS = 8;
const patient = { timeout: 60_000 };
/** Of what it answers the SDK repeats most; this it gives back at once. */
const refusal = { __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException', message: 'Not now' };
const refused: Fault = {
  ...{ name: 'refused', passed: 0 },
  gets: { status: 400, type: 'application/x-amz-json-1.0', body: JSON.stringify(refusal) },
};

let proxy: StandIn;
let rig: Rig;
/** Of the requests that hold a text, which are refused: those from one number up to another. */
let refusing = { text: '', from: 0, to: 0 };
let seen = 0;
const refuse = (text: string, from: number, to: number) => {
  refusing = { text, from, to };
  seen = 0;
};

beforeAll(async () => {
  proxy = await startProxy({
    target: () => process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    before: (body) => {
      if (!body.includes(refusing.text)) return undefined;
      seen += 1;
      return seen >= refusing.from && seen <= refusing.to ? refused : undefined;
    },
  });
  rig = await startRig({ dynamoDb: proxy.url, visibilitySeconds: 8 });
});
afterAll(async () => {
  await rig?.stop();
  await proxy.stop();
});

test('a batch whose mappings could not be written is sent to Odoo once more, not record by record', async () => {
  refuse('"contentHash"', 1, 1);
  const events = Array.from({ length: CUSTOMERS }, (_, index) =>
    anEvent('customer', String(index + 1), aCustomer({ email: `mapped${index}.${rig.tag}@example.com` })),
  );
  await rig.post(events);
  await vi.waitFor(() => expect(seen).toBeGreaterThan(0), patient);
  await rig.idle();
  const synced = rig.lines.filter(({ message }) => message === 'synced');
  expect(synced).toHaveLength(CUSTOMERS);
  // They may come again in several groups, as each waits for a moment of its own.
  expect(mostCallsAtOnce(rig.lines, 'res.partner.load')).toBe(1);
  const found = [['email_normalized', '=like', `mapped%.${rig.tag}@example.com`]] as const;
  expect(await rig.odoo.searchRead('res.partner', found, ['id'])).toHaveLength(CUSTOMERS);
});

test.each([1, 2, 3, 4])(
  'a failure whose parking ends before its write %i is gone when the record arrives',
  async (write) => {
    const recordId = `parked${write}`;
    await rig.configure({ odooDatabase: 'elsewhere' });
    refuse('"ODOO_DATABASE"', write, Number.POSITIVE_INFINITY);
    await rig.post([anEvent('customer', recordId, aCustomer({ email: `${recordId}.${rig.tag}@example.com` }))]);
    await vi.waitFor(() => expect(seen).toBeGreaterThanOrEqual(write), patient);

    await rig.configure({});
    refuse('', 0, 0);
    const arrived = () => rig.lines.some((line) => line.message === 'synced' && line.recordId === recordId);
    await vi.waitFor(() => expect(arrived()).toBe(true), patient);
    await rig.idle();
    const { readFailure } = await import('../../lib/store/failures.ts');
    expect(await readFailure(rig.connection, { entity: 'customer', recordId })).toBeUndefined();
  },
);

test('an order to an address that is being changed when the function ends goes to the former contact', async () => {
  const email = `moving.${rig.tag}@example.com`;
  const living = (address1: string) =>
    aCustomer({ email, addresses: [{ ...anAddress({ address1 }), addressId: 'moving' }] });
  const former = anAddress({ address1: '1 Former Street' });
  await rig.sync([anEvent('customer', 'moving', living('1 Former Street'))]);
  refuse('2 Later Street', 1, Number.POSITIVE_INFINITY);
  await rig.post([anEvent('customer', 'moving', living('2 Later Street'))]);
  await vi.waitFor(() => expect(seen).toBeGreaterThan(0), patient);
  const order = anOrder({
    ...{ orderId: 'moving', paymentAddress: former, shippingAddress: former },
    ...{ customerId: 'moving', customer: aCustomer({ email }) },
  });
  await rig.post([anEvent('order', 'moving', order)]);
  const synced = () =>
    rig.lines.some((line) => line.message === 'synced' && line.recordId === 'moving' && line.entity === 'order');
  await vi.waitFor(() => expect(synced()).toBe(true), patient);
  refuse('', 0, 0);
  await rig.idle();
  const streets = async (address1: string) =>
    rig.odoo.searchRead(
      'res.partner',
      [
        ['street', '=', address1],
        ['parent_id.email', '=', email],
      ],
      ['active'],
      { archived: true },
    );
  expect(await streets('1 Former Street')).toHaveLength(1);
  expect(await streets('2 Later Street')).toHaveLength(1);
});

test('an order that was cancelled when the function ended, and is taken back meanwhile, is confirmed', async () => {
  await rig.configure({ statusMapping: { '2': 'CONFIRM', '7': 'CANCEL' } });
  const event = (statusId: string) => {
    const customer = aCustomer({ email: `undone.${rig.tag}@example.com` });
    return anEvent('order', 'undone', anOrder({ orderId: 'undone', statusId, customer }));
  };
  await rig.sync([event('2')]);
  // The order's title: what is written once Odoo has done its part.
  refuse('"#undone"', 1, Number.POSITIVE_INFINITY);
  await rig.post([event('7')]);
  await vi.waitFor(() => expect(seen).toBeGreaterThan(0), patient);
  const back = event('2');
  await rig.post([back]);
  const isTried = ({ message, eventId, code }: Record<string, unknown>) =>
    eventId === back.id && (message === 'synced' || (message === 'retrying' && !String(code).startsWith('LANE_')));
  await vi.waitFor(() => expect(rig.lines.some(isTried)).toBe(true), patient);
  refuse('', 0, 0);
  await rig.idle();
  const found = await rig.odoo.searchRead('sale.order', [['client_order_ref', '=', 'undone']], ['state']);
  expect(found).toMatchObject([{ state: 'sale' }]);
});

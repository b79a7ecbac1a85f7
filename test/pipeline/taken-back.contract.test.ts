/** What the store changes and takes back while the change is half-way into Odoo: Odoo ends as the store is. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { startProxy } from '../../infra/local/chaos/proxy.ts';
import { email, linesOf, openRig, orderInOdoo, orderOf, partners, products, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent, aProduct, type EventInput } from '../support/snapshots.ts';

const statusMapping = { '2': 'CONFIRM', '7': 'CANCEL' } as const;

beforeAll(async () => {
  await openRig();
  await rig.configure({ statusMapping });
});
afterAll(() => rig?.stop());

const patient = { timeout: 50_000, interval: 20 };
const unavailable = { name: 'unavailable', passed: 0, gets: { status: 502, type: 'text/html', body: '' } } as const;
const answerLost = { name: 'answer lost', passed: 1, gets: 'hang up' } as const;

/** Sends a change of which Odoo gets no further than the first call of `method`, and takes it back before it is repeated. */
async function takeBack(
  method: string,
  fault: typeof unavailable | typeof answerLost,
  change: EventInput,
  back: EventInput,
) {
  let [isHit, isOpen] = [false, false];
  const { url } = rig.credentials;
  const proxy = await startProxy({
    target: () => url,
    before: (body) => {
      if (isOpen) return undefined;
      if (isHit) return unavailable;
      isHit = body.includes(`<string>${method}</string>`);
      return isHit ? fault : undefined;
    },
  });
  try {
    await rig.configure({ statusMapping, odooUrl: proxy.url, transport: 'xmlrpc' });
    await rig.post([change]);
    await vi.waitFor(() => expect(isHit).toBe(true), patient);
    await rig.post([back]);
    const isTried = ({ message, eventId, code }: Record<string, unknown>) =>
      eventId === back.id && (message === 'synced' || (message === 'retrying' && !String(code).startsWith('LANE_')));
    await vi.waitFor(() => expect(rig.lines.some(isTried)).toBe(true), patient);
    isOpen = true;
    await rig.idle();
  } finally {
    await rig.configure({ statusMapping, odooUrl: url });
    await proxy.stop();
  }
}

test('a price that went up and down again is as it was', async () => {
  const event = (price: string) => anEvent('product', 'tb1', aProduct({ model: sku('tb1'), price }));
  await rig.sync([event('10.0000')]);
  await takeBack('load', answerLost, event('8.0000'), event('10.0000'));
  expect(await products(sku('tb1'))).toMatchObject([{ list_price: 10 }]);
});

async function addressesOf(name: string) {
  const [contact] = await partners(email(name));
  const children = await rig.odoo.read('res.partner', contact?.child_ids as number[], ['street']);
  return children.map(({ street }) => street);
}

test('an address that a customer gave up and has again is one of the customer again', async () => {
  const event = (address1: string) => {
    const addresses = [{ ...anAddress({ address1 }), addressId: 'tb2' }];
    return anEvent('customer', 'tb2', aCustomer({ email: email('tb2'), addresses }));
  };
  for (const street of ['1 First Rd', '2 Second Rd', '1 First Rd', '2 Second Rd', '1 First Rd']) {
    await rig.sync([event(street)]);
    expect(await addressesOf('tb2')).toEqual([street]);
  }
});

test('an order that was cancelled and taken back is confirmed', async () => {
  const event = (statusId: string) => anEvent('order', 'tb3', orderOf('tb3', { orderId: 'tb3', statusId }));
  await rig.sync([event('2')]);
  await takeBack('action_cancel', answerLost, event('7'), event('2'));
  expect(await orderInOdoo('tb3')).toMatchObject({ state: 'sale' });
});

test('a quotation whose edit came no further than that its lines were gone has them again', async () => {
  const order = orderOf('tb4', { orderId: 'tb4', statusId: '1' });
  const edited = { ...order, lines: order.lines.map((line) => ({ ...line, name: 'Kettle, red' })) };
  await rig.sync([anEvent('order', 'tb4', order)]);
  await takeBack('load', unavailable, anEvent('order', 'tb4', edited), anEvent('order', 'tb4', order));
  const { id, amount_total } = await orderInOdoo('tb4');
  expect(amount_total).toBe(102);
  expect(await linesOf(id)).not.toEqual([]);
});

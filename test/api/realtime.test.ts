/** What happens to events while real time is switched off. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { email, openRig, orderOf, partners, products, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => switches({ product: null, customer: null, order: null, 'order-status': null }));

async function switches(realtime: Record<string, boolean | null>): Promise<void> {
  const { version } = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body;
  const answer = await api(rig, 'PATCH', '/v1/settings', { body: { version, settings: { realtime } } });
  expect(answer.status).toBe(200);
}

const found = async (orderId: string) => {
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  return rig.odoo.searchRead('sale.order', [['origin', '=', origin]], ['state', 'note', 'picking_ids']);
};
const order = (orderId: string, statusId: string, over = {}) =>
  anEvent('order', orderId, orderOf(`rt${orderId}`, { orderId, statusId, ...over }));
/** In the default mapping 5 confirms; 9 is no status that means anything. */
const [CONFIRMED, QUOTATION] = ['5', '9'];

test('events of an entity that is off are accepted, and not synced', async () => {
  await switches({ product: false });
  const event = anEvent('product', 'rt1', aProduct({ model: sku('off') }));
  const answer = await rig.post([event, anEvent('customer', 'rt1', aCustomer({ email: email('on') }))]);
  expect(answer.body.events?.map(({ status }) => status)).toEqual(['accepted', 'accepted']);
  await rig.idle();
  expect(await products(sku('off'))).toEqual([]);
  expect(await partners(email('on'))).toHaveLength(1);
  expect((await rig.logs({ entity: 'product', record: 'rt1' })).logs).toEqual([]);
  // Switched on again, the very same event is no duplicate of one that was never synced.
  await switches({ product: true });
  await rig.sync([event]);
  expect(await products(sku('off'))).toHaveLength(1);
});

test('an order brings what it needs, whether that is on or off', async () => {
  await switches({ product: false, customer: false });
  await rig.sync([order('501', CONFIRMED)]);
  expect(await found('501')).toMatchObject([{ state: 'sale' }]);
});

test('with order statuses off new orders come whole, and keep the state they have from then on', async () => {
  await switches({ 'order-status': false });
  await rig.sync([order('502', QUOTATION)]);
  expect(await found('502')).toMatchObject([{ state: 'draft' }]);
  await rig.sync([order('502', CONFIRMED, { comment: 'Ring twice' })]);
  expect(await found('502')).toMatchObject([{ state: 'draft', note: '<p>Ring twice</p>' }]);
  await rig.sync([order('503', CONFIRMED)]);
  expect(await found('503')).toMatchObject([{ state: 'sale' }]);
  // Switched on again, the next event of the order brings it to its state.
  await switches({ 'order-status': true });
  await rig.sync([order('502', CONFIRMED, { comment: 'Ring twice' })]);
  expect(await found('502')).toMatchObject([{ state: 'sale' }]);
});

test('with orders off new ones wait, and those that Odoo has follow their status', async () => {
  await rig.sync([order('504', QUOTATION)]);
  await switches({ order: false });
  await rig.sync([order('504', CONFIRMED), order('505', CONFIRMED)]);
  expect(await found('504')).toMatchObject([{ state: 'sale' }]);
  expect(await found('505')).toEqual([]);
});

test('with both off no order is touched', async () => {
  await rig.sync([order('506', QUOTATION)]);
  await switches({ order: false, 'order-status': false });
  expect(await rig.sync([order('506', CONFIRMED), order('507', CONFIRMED)])).toEqual([]);
  expect(await found('506')).toMatchObject([{ state: 'draft' }]);
  expect(await found('507')).toEqual([]);
});

test('what somebody asked for in the store is synced whatever is off', async () => {
  await switches({ product: false, order: false, 'order-status': false });
  const asked = { asked: true };
  await rig.sync([
    { ...anEvent('product', 'rt2', aProduct({ model: sku('asked') })), ...asked },
    { ...order('509', CONFIRMED), ...asked },
  ]);
  expect(await products(sku('asked'))).toHaveLength(1);
  expect(await found('509')).toMatchObject([{ state: 'sale' }]);
});

test('what failed before orders were switched off is tried again all the same', async () => {
  const good = rig.credentials.database;
  const change = async (settings: object) => {
    const { version } = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body;
    await api(rig, 'PATCH', '/v1/settings', { body: { version, settings } });
  };
  await change({ odooDatabase: 'nowhere' });
  await rig.sync([order('508', CONFIRMED)]);
  await change({ odooDatabase: good, realtime: { order: false, 'order-status': false } });
  await expect.poll(() => found('508'), { timeout: 60_000 }).toMatchObject([{ state: 'sale' }]);
});

test('a status is known by its name whatever is off', async () => {
  await switches({ order: false, 'order-status': false });
  const { readMappings } = await import('../../lib/store/mappings.ts');
  await rig.sync([anEvent('order-status', '17', { names: [{ languageCode: 'en-gb', name: 'Shipped' }] })]);
  const mappings = await readMappings(rig.connection, [{ entity: 'order-status', recordId: '17' }]);
  expect(mappings.get('order-status/17')).toMatchObject({ title: 'Shipped' });
});

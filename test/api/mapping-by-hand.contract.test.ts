/** Mapping and unmapping by hand, and what becomes of what waited for it. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OdooRecord, Value } from '../../lib/odoo/client.ts';
import type { TaxRate } from '../../lib/opencart/snapshots.ts';
import { api } from '../support/api.ts';
import { email, openStillRig, orderInOdoo, orderOf, partners, products, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, aProduct, type EventInput } from '../support/snapshots.ts';

beforeAll(openStillRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

const patient = { timeout: 110_000, interval: 200 };
const pathOf = (entity: string, recordId: string) => `/v1/mappings/${entity}/${encodeURIComponent(recordId)}` as const;
const map = (entity: string, recordId: string, body: object) => api(rig, 'PUT', pathOf(entity, recordId), { body });
const look = (entity: string, recordId: string) => api(rig, 'GET', pathOf(entity, recordId));
const create = async (model: string, vals: Record<string, Value>) =>
  [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;

describe('a customer', () => {
  test('mapped by hand is that contact from then on: the next event writes to it and makes no other', async () => {
    const odooId = await create('res.partner', { name: 'Somebody', email: email('other-address') });
    const answer = await map('customer', 'h1', { odooId });
    expect(answer).toMatchObject({ status: 200, body: { state: 'manual', odooId, origin: 'manual', sequence: 0 } });
    await rig.sync([anEvent('customer', 'h1', aCustomer({ email: email('h1') }))]);
    expect(await partners(email('h1'))).toMatchObject([{ id: odooId, name: 'Zoë Müller' }]);
    expect((await look('customer', 'h1')).body).toMatchObject({ state: 'manual', odooId, title: 'Zoë Müller' });
  });

  test('mapped to another contact than before is written to that one, and the former stays as it is', async () => {
    const snapshot = aCustomer({ email: email('h2') });
    await rig.sync([anEvent('customer', 'h2', snapshot)]);
    const [former] = await partners(email('h2'));
    const odooId = await create('res.partner', { name: 'Somebody else' });
    await map('customer', 'h2', { odooId });
    await rig.sync([anEvent('customer', 'h2', snapshot)]);
    expect((await partners(email('h2'))).map(({ id }) => id).sort()).toEqual([former?.id, odooId].sort());
    // Its orders are that contact's, too: a guest with this e-mail address is the same shopper.
    await rig.sync([anEvent('order', 'h2', orderOf('h2', { orderId: 'h2' }))]);
    expect(((await orderInOdoo('h2')).partner_id as [number])[0]).toBe(odooId);
  });

  test('is looked up with both names', async () => {
    const odooId = await create('res.partner', { name: `Odoo’s ${rig.tag}` });
    await map('customer', 'h3', { odooId });
    const { body } = await api(rig, 'GET', '/v1/mappings/customer', { query: { q: 'h3', names: 'odoo' } });
    expect(body.mappings).toMatchObject([{ recordId: 'h3', odooName: `Odoo’s ${rig.tag}`, state: 'manual' }]);
    await rig.odoo.call('res.partner', 'unlink', [[odooId]]);
    const query = { q: 'h3', state: 'stale' };
    expect((await api(rig, 'GET', '/v1/mappings/customer', { query })).body.mappings).toMatchObject([
      { recordId: 'h3', odooName: null, state: 'stale' },
    ]);
  });

  test('cannot be what Odoo does not have, nor what another one is', async () => {
    expect(await map('customer', 'h4', { odooId: 2_000_000_000 })).toMatchObject({
      status: 422,
      body: { code: 'VALUE_REFUSED', errors: [{ path: 'odooId', reason: 'is no res.partner in Odoo' }] },
    });
    const odooId = await create('res.partner', { name: 'Taken' });
    await map('customer', 'h5', { odooId });
    expect(await map('customer', 'h6', { odooId })).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT', current: { entity: 'customer', recordId: 'h5', odooId } },
    });
    expect((await look('customer', 'h6')).status).toBe(404);
  });

  test('that a person shall decide on arrives by itself once that was done', async () => {
    await rig.configure({ matchPolicies: { customer: 'report' } });
    const odooId = await create('res.partner', { name: 'Before', email: email('h7') });
    await rig.sync([anEvent('customer', 'h7', aCustomer({ email: email('h7') }))]);
    expect((await look('customer', 'h7')).body).toMatchObject({ state: 'failing', failure: 'MATCH_REPORTED' });
    expect(await map('customer', 'h7', { odooId })).toMatchObject({ status: 200, body: { released: 1 } });
    await rig.idle();
    await vi.waitFor(async () => {
      expect((await look('customer', 'h7')).body).toMatchObject({ state: 'manual', failure: null });
    }, patient);
    expect(await partners(email('h7'))).toMatchObject([{ id: odooId, name: 'Zoë Müller' }]);
  });
});

describe('unmapping', () => {
  test('leaves Odoo as it is; the next event finds the same record', async () => {
    const event = () => anEvent('product', 'u1', aProduct({ model: sku('u1') }));
    await rig.sync([event()]);
    const [before] = await products(sku('u1'));
    expect((await look('product', 'u1')).body.parts).toEqual(['variant/u1']);
    expect((await api(rig, 'DELETE', pathOf('product', 'u1'))).status).toBe(204);
    expect((await look('product', 'u1')).status).toBe(404);
    expect((await look('variant', 'u1')).status).toBe(404);
    expect(await products(sku('u1'))).toEqual([before]);
    await rig.sync([event()]);
    expect(await products(sku('u1'))).toMatchObject([{ id: before?.id }]);
    const { logs } = await rig.logs({ entity: 'product', record: 'u1', code: 'UNMAPPED' });
    expect(logs).toMatchObject([{ by: 'test' }]);
  });

  test('forgets the aliases, too', async () => {
    await rig.sync([anEvent('customer', 'u2', aCustomer({ email: email('u2') }))]);
    const [alias] = (await look('customer', 'u2')).body.aliases as string[];
    expect((await look('customer', alias as string)).body.recordId).toBe('u2');
    await api(rig, 'DELETE', pathOf('customer', alias as string));
    expect((await look('customer', 'u2')).status).toBe(404);
    expect((await look('customer', alias as string)).status).toBe(404);
  });

  test('of what nothing is known of is refused', async () => {
    expect((await api(rig, 'DELETE', pathOf('customer', 'unheard-of'))).status).toBe(404);
  });
});

describe('syncing one now', () => {
  test('sends its parked event again; without one it is fetched from the store, if that can be asked', async () => {
    await rig.configure({ matchPolicies: { customer: 'report' } });
    await create('res.partner', { name: 'Before', email: email('s1') });
    await rig.sync([anEvent('customer', 's1', aCustomer({ email: email('s1') }))]);
    await rig.configure({});
    const again = () => api(rig, 'POST', `${pathOf('customer', 's1')}/sync`);
    expect(await again()).toMatchObject({ status: 202, body: { sent: 1, run: null } });
    await rig.idle();
    expect((await look('customer', 's1')).body).toMatchObject({ state: 'mapped', origin: 'adopted' });
    expect(await again()).toMatchObject({ status: 422, body: { code: 'EXPORT_UNCONFIGURED' } });
    await rig.configure({ exportUrl: 'http://127.0.0.1:9/' });
    const started = await again();
    expect(started).toMatchObject({ status: 202, body: { sent: 0 } });
    expect(await again()).toMatchObject({ status: 409, body: { current: { run: started.body.run } } });
    await api(rig, 'POST', `/v1/runs/${started.body.run as string}/cancel`);
  });

  test('is not possible of what no run fetches', async () => {
    await rig.configure({ exportUrl: 'http://127.0.0.1:9/' });
    await rig.sync([anEvent('product', 's2', aProduct({ model: sku('s2') }))]);
    const sync = (entity: string, recordId: string) => api(rig, 'POST', `${pathOf(entity, recordId)}/sync`);
    expect(await sync('variant', 's2')).toMatchObject({ status: 409, body: { code: 'CONFLICT' } });
    expect(await sync('variant', 'unheard-of')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    // No store has ids as long as this.
    expect(await sync('customer', 'c'.repeat(129))).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await sync('dragon', '1')).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
  });
});

describe('a tax', () => {
  /** Its tax on 80.00 and on 5.00 is whole cents. */
  const rateOf = (taxRateId: string, steps: number): TaxRate => {
    const rate = ((50 + steps) / 5).toFixed(4);
    return { taxRateId, name: `VAT ${rig.tag}`, type: 'P', rate };
  };
  function taxed(orderId: string, rate: TaxRate): EventInput {
    const order = orderOf(`t${orderId}`, { orderId });
    const tax = (85 * Number(rate.rate)) / 100;
    const lines = order.lines.map((line) => ({ ...line, taxes: [rate] }));
    const totals = [
      { code: 'sub_total', title: 'Sub-Total', value: '80.0000' },
      { code: 'shipping', title: 'Flat Rate', value: '5.0000', taxes: [rate] },
      { code: 'tax', title: rate.name, value: tax.toFixed(4) },
      { code: 'total', title: 'Total', value: (85 + tax).toFixed(4) },
    ];
    return anEvent('order', orderId, { ...order, lines, totals });
  }
  const taxOf = ({ rate }: TaxRate) =>
    create('account.tax', {
      ...{ name: `By hand ${rate} ${rig.tag}`, amount: Number(rate), amount_type: 'percent' },
      ...{ type_tax_use: 'sale', price_include_override: 'tax_excluded' },
    });
  const causes = async () =>
    (await api<{ causes: { cause: string; records: number }[] }>(rig, 'GET', '/v1/failures/causes')).body.causes;
  const ordersOf = (ids: readonly string[]) =>
    rig.odoo.searchRead(
      'sale.order',
      [['origin', 'in', ids.map((id) => `OpenCart ${rig.connection} #${id}`)]],
      ['state', 'order_line', 'amount_total'],
    );
  const taxesIn = async (orders: readonly OdooRecord[]) => {
    const lines = orders.flatMap(({ order_line }) => order_line as number[]);
    const found = await rig.odoo.read('sale.order.line', lines, ['tax_ids']);
    return new Set(found.flatMap((line) => line.tax_ids as number[]));
  };

  test('that many orders wait for is mapped once, and all of them arrive by themselves', async () => {
    await rig.configure({ matchPolicies: { tax: 'report' } });
    const rate = rateOf('871', 3);
    const odooId = await taxOf(rate);
    const many = Number(process.env.WAITING_ORDERS ?? (rig.sandbox === undefined ? 60 : 100));
    const ids = Array.from({ length: many }, (_, index) => String(40_000 + index));
    for (let start = 0; start < ids.length; start += 50) {
      await rig.post(ids.slice(start, start + 50).map((id) => taxed(id, rate)));
    }
    await rig.idle();
    const recordId = `871:P${Number(rate.rate)}`;
    expect(await causes()).toMatchObject([{ cause: `MATCH_REPORTED:tax/${recordId}`, records: ids.length }]);
    expect(await ordersOf(ids)).toEqual([]);

    // Nothing was ever sent of the tax itself: what it is stands in the orders.
    const answer = await map('tax', recordId, { odooId });
    expect(answer).toMatchObject({ status: 200, body: { released: 1, identity: `P ${Number(rate.rate)}` } });
    await vi.waitFor(async () => expect(await ordersOf(ids)).toHaveLength(ids.length), patient);
    await rig.idle();
    const orders = await ordersOf(ids);
    expect(new Set(orders.map(({ state, amount_total }) => `${state} ${amount_total}`)).size).toBe(1);
    expect(orders[0]).toMatchObject({ state: 'sale', amount_total: 85 + 0.85 * Number(rate.rate) });
    expect(await taxesIn(orders)).toEqual(new Set([odooId]));
    await vi.waitFor(async () => expect(await causes()).toEqual([]), patient);
  });

  test('whose own event waits serves the orders that name it as it was when they were placed', async () => {
    await rig.configure({ matchPolicies: { tax: 'report' } });
    const rate = rateOf('872', 8);
    const odooId = await taxOf(rate);
    await rig.sync([anEvent('tax', '872', rate), taxed('41001', rate)]);
    expect((await look('tax', '872')).body).toMatchObject({ failure: 'MATCH_REPORTED', odooId: null });
    const answer = await map('tax', '872', { odooId });
    expect(answer).toMatchObject({ status: 200, body: { released: 2, aliases: [`872:P${Number(rate.rate)}`] } });
    await rig.idle();
    expect(await taxesIn(await ordersOf(['41001']))).toEqual(new Set([odooId]));
    await vi.waitFor(async () => {
      expect((await look('tax', '872')).body).toMatchObject({ state: 'manual', failure: null });
    }, patient);
  });

  test('of which only the orders know what it is can be mapped under its own id', async () => {
    await rig.configure({ matchPolicies: { tax: 'report' } });
    const rate = rateOf('875', 18);
    const odooId = await taxOf(rate);
    await rig.sync([taxed('41003', rate)]);
    expect(await map('tax', '875', { odooId })).toMatchObject({
      status: 200,
      body: { identity: `P ${Number(rate.rate)}` },
    });
    await rig.idle();
    expect(await taxesIn(await ordersOf(['41003']))).toEqual(new Set([odooId]));
  });

  test('that nothing is known of needs a snapshot, and then serves orders without a look into Odoo', async () => {
    const rate = rateOf('873', 13);
    const odooId = await taxOf(rate);
    expect(await map('tax', '873', { odooId })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'snapshot' }] },
    });
    expect(await map('tax', '873', { odooId, snapshot: { ...rate, type: 'X' } })).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'snapshot.type' }] },
    });
    expect((await map('tax', '873', { odooId, snapshot: rate })).status).toBe(200);
    // Another record of the store may be the same tax.
    expect((await map('tax', '874', { odooId, snapshot: { ...rate, taxRateId: '874' } })).status).toBe(200);
    const calls = await rig.sync([taxed('41002', rate)]);
    expect(calls.filter((call) => call.startsWith('account.tax'))).toEqual([]);
    expect(await taxesIn(await ordersOf(['41002']))).toEqual(new Set([odooId]));
    // Its rate changes: that is another tax, and the orders of before keep theirs.
    expect((await look('tax', `873:P${Number(rate.rate)}`)).body).toMatchObject({ recordId: '873', odooId });
  });
});

test('what Odoo has no records of cannot be mapped', async () => {
  expect(await map('order-status', '1', { odooId: 1 })).toMatchObject({
    status: 422,
    body: { errors: [{ path: 'entity' }] },
  });
  expect((await map('dragon', '1', { odooId: 1 })).status).toBe(404);
});

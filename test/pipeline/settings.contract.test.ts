/** Carriers, payment methods, discounts, rates and statuses, and the settings that say which are used. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Value } from '../../lib/odoo/client.ts';
import { linesOf, openRig, orderInOdoo, orderOf, rig, sku } from '../support/pipeline.ts';
import { anEvent, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

const create = async (model: string, vals: Record<string, Value>) =>
  [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;
const own = (name: string) => `${name} ${rig.tag}`;
const idOf = (value: unknown) => (value as [number, string] | false) && (value as [number, string])[0];

async function orderWith(orderId: string, ...fields: string[]) {
  const { id } = await orderInOdoo(orderId);
  const [found] = await rig.odoo.read('sale.order', [id], fields);
  return { ...found, id } as Record<string, unknown> & { id: number };
}

describe('a carrier', () => {
  test('comes from the store’s shipping methods, and an order’s shipping is sold as its product', async () => {
    await rig.sync([anEvent('carrier', 'drone', { name: own('Drone') })]);
    const [carrier] = await rig.odoo.searchRead('delivery.carrier', [['name', '=', own('Drone')]], ['product_id']);
    const shippingMethod = { code: 'drone.express', name: 'Drone, express' };
    const calls = await rig.sync([anEvent('order', '1', orderOf('drone', { orderId: '1', shippingMethod }))]);
    expect(calls.filter((call) => call.startsWith('delivery.'))).toEqual(['delivery.carrier.search_read']);
    const order = await orderWith('1', 'carrier_id');
    expect(idOf(order.carrier_id)).toBe(carrier?.id);
    expect((await linesOf(order.id))[1]?.product_id).toEqual(carrier?.product_id);
  });

  test('that Odoo has already is adopted, with its product', async () => {
    const product_id = await create('product.product', { name: own('Balloon trip'), type: 'service' });
    const carrier = await create('delivery.carrier', { name: own('Balloon'), product_id });
    const shippingMethod = { code: 'balloon.balloon', name: own('Balloon') };
    await rig.sync([anEvent('order', '2', orderOf('balloon', { orderId: '2', shippingMethod }))]);
    const order = await orderWith('2', 'carrier_id', 'amount_total');
    expect(idOf(order.carrier_id)).toBe(carrier);
    const [, shipping] = await rig.odoo.searchRead(
      ...([
        'sale.order.line',
        [['order_id', '=', order.id]],
        ['product_id', 'is_delivery'],
        { order: 'sequence' },
      ] as const),
    );
    expect(shipping).toMatchObject({ is_delivery: true });
    expect(idOf(shipping?.product_id)).toBe(product_id);
  });
});

describe('what Odoo had already and an order adopted', () => {
  const errors = async (entity: string, record: string) =>
    (await rig.logs({ entity, record, level: 'error' })).logs.map(({ code }) => code);

  test('stays as it is in Odoo when the store sends it by itself: a carrier', async () => {
    const product_id = await create('product.product', { name: own('Boat trip'), type: 'service' });
    const carrier = await create('delivery.carrier', { name: own('Boat'), product_id });
    const shippingMethod = { code: 'boat.boat', name: own('Boat') };
    await rig.sync([anEvent('order', '8', orderOf('boat', { orderId: '8', shippingMethod }))]);
    await rig.sync([anEvent('carrier', 'boat', { name: own('Boat, renamed') })]);
    expect(await errors('carrier', 'boat')).toEqual([]);
    const [found] = await rig.odoo.read('delivery.carrier', [carrier], ['name', 'product_id']);
    expect(found).toMatchObject({ name: own('Boat') });
    expect(idOf(found?.product_id)).toBe(product_id);
  });

  test('and a journal', async () => {
    const code = `C${String(Date.now()).slice(-4)}`;
    const journal = await create('account.journal', { name: own('Cashbox'), type: 'cash', code });
    await rig.configure({ statusMapping: { '5': 'PAID' } });
    const paymentMethod = { code: 'cashbox.cashbox', name: own('Cashbox') };
    await rig.sync([anEvent('order', '9', orderOf('cashbox', { orderId: '9', statusId: '5', paymentMethod }))]);
    await rig.sync([anEvent('payment-method', 'cashbox', { name: own('Cashbox in the store') })]);
    expect(await errors('payment-method', 'cashbox')).toEqual([]);
    const [found] = await rig.odoo.read('account.journal', [journal], ['name', 'type']);
    expect(found).toMatchObject({ name: own('Cashbox'), type: 'cash' });
  });
});

test('discounts are sold as the product that the settings name', async () => {
  const discountProductId = await create('product.product', {
    name: own('Rebate'),
    type: 'service',
    taxes_id: [[6, 0, []]],
  });
  await rig.configure({ discountProductId });
  const order = orderOf('rebate', { orderId: '3' });
  const totals = [
    { code: 'sub_total', title: 'Sub-Total', value: '80.0000' },
    { code: 'credit', title: 'Store Credit', value: '-6.0000' },
    { code: 'tax', title: 'VAT (20%)', value: '16.0000' },
    { code: 'total', title: 'Total', value: '90.0000' },
  ];
  await rig.sync([anEvent('order', '3', { ...order, totals })]);
  const { id } = await orderWith('3', 'amount_total');
  const lines = await linesOf(id);
  expect(idOf(lines.find((line) => line.price_unit === -6)?.product_id)).toBe(discountProductId);
});

test('a payment method that is not mapped goes to the journal that the settings name', async () => {
  const defaultJournalId = await create('account.journal', {
    ...{ name: own('Till'), type: 'cash', code: `T${String(Date.now()).slice(-4)}` },
  });
  await rig.configure({ defaultJournalId, statusMapping: { '5': 'PAID' } });
  const paymentMethod = { code: 'cowrie.cowrie', name: own('Cowrie shells') };
  await rig.sync([anEvent('order', '4', orderOf('cowrie', { orderId: '4', statusId: '5', paymentMethod }))]);
  const order = await orderWith('4', 'invoice_ids');
  const [invoice] = await rig.odoo.read('account.move', order.invoice_ids as number[], [
    'payment_state',
    'amount_total',
  ]);
  expect(['paid', 'in_payment']).toContain(invoice?.payment_state);
  const payments = await rig.odoo.searchRead('account.payment', [['journal_id', '=', defaultJournalId]], ['amount']);
  expect(payments).toMatchObject([{ amount: 102 }]);
  expect(await rig.odoo.searchRead('account.journal', [['name', '=', own('Cowrie shells')]], ['id'])).toEqual([]);
});

test('an order is shipped from the warehouse that the settings name', async () => {
  const [warehouse] = await rig.odoo.searchRead('stock.warehouse', [], ['name'], { order: 'id', limit: 1 });
  await rig.configure({ warehouseId: warehouse?.id as number });
  await rig.sync([anEvent('order', '5', orderOf('warehouse', { orderId: '5' }))]);
  expect(idOf((await orderWith('5', 'warehouse_id')).warehouse_id)).toBe(warehouse?.id);
});

test('the shopper’s comment is the order’s note', async () => {
  await rig.sync([
    anEvent('order', '6', orderOf('comment', { orderId: '6', comment: 'Ring <twice>\nplease & thanks' })),
  ]);
  const { note } = await orderWith('6', 'note');
  expect(note).toBe('<p>Ring &lt;twice&gt;<br>please &amp; thanks</p>');
});

describe('an exchange rate', () => {
  const rateOf = async (code: string) => {
    const today = new Date().toISOString().slice(0, 10);
    const domain = [
      ['currency_id.name', '=', code],
      ['name', '=', today],
    ] as const;
    return rig.odoo.searchRead('res.currency.rate', domain, ['company_rate']);
  };

  test('is Odoo’s business, unless the settings say otherwise', async () => {
    const before = await rateOf('NOK');
    await rig.sync([anEvent('currency', 'NOK', { code: 'NOK', rates: { NOK: '11.6000', EUR: '1.0000' } })]);
    expect(await rateOf('NOK')).toEqual(before);
  });

  test('is kept by the currency of Odoo’s company, one a day', async () => {
    await rig.configure({ currencyRates: true });
    // A store in dollars, a company in euros.
    const rates = (dkk: string) => ({ DKK: dkk, EUR: '0.80000000', USD: '1.00000000' });
    await rig.sync([anEvent('currency', 'DKK', { code: 'DKK', rates: rates('6.00000000') })]);
    await rig.sync([anEvent('currency', 'DKK', { code: 'DKK', rates: rates('6.40000000') })]);
    const found = await rateOf('DKK');
    expect(found).toHaveLength(1);
    expect(found[0]?.company_rate).toBeCloseTo(8, 6);
  });

  test('that cannot be told in the company’s currency is parked', async () => {
    await rig.configure({ currencyRates: true });
    await rig.sync([anEvent('currency', 'CZK', { code: 'CZK', rates: { CZK: '24.0000', USD: '1.0000' } })]);
    const { logs } = await rig.logs({ entity: 'currency', record: 'CZK', level: 'error' });
    expect(logs[0]?.code).toBe('CURRENCY_RATE_UNKNOWN');
  });
});

test('a status of the store is remembered by its name, without a call to Odoo', async () => {
  const { readMappings } = await import('../../lib/store/mappings.ts');
  const names = (name: string) => ({ names: [{ languageCode: 'en-gb', name }] });
  expect(await rig.sync([anEvent('order-status', '17', names('Shipped'))])).toEqual([]);
  const key = { entity: 'order-status', recordId: '17' };
  expect((await readMappings(rig.connection, [key])).get('order-status/17')).toMatchObject({ title: 'Shipped' });
  await rig.sync([anEvent('order-status', '17', {}, { action: 'delete' })]);
  expect((await readMappings(rig.connection, [key])).get('order-status/17')).toMatchObject({ removed: 'keep' });
});

describe('stock', () => {
  const counted = (name: string, quantity: number) => aProduct({ model: sku(name), quantity });
  const onHand = async (name: string) => {
    const fields = ['qty_available', 'virtual_available', 'is_storable'];
    return (await rig.odoo.searchRead('product.product', [['default_code', '=', sku(name)]], fields))[0];
  };

  test('is Odoo’s business, unless the settings say otherwise', async () => {
    await rig.sync([anEvent('product', 'k1', counted('uncounted', 7))]);
    expect(await onHand('uncounted')).toMatchObject({ qty_available: 0, is_storable: false });
  });

  test('is written once, when a product is made', async () => {
    await rig.configure({ stockPolicy: 'onCreate' });
    await rig.sync([anEvent('product', 'k2', counted('once', 7))]);
    expect(await onHand('once')).toMatchObject({ qty_available: 7 });
    await rig.sync([anEvent('product', 'k2', counted('once', 3))]);
    expect(await onHand('once')).toMatchObject({ qty_available: 7 });
  });

  test('is always what the store can still sell: what is ordered but not delivered comes on top', async () => {
    await rig.configure({ stockPolicy: 'always' });
    await rig.sync([anEvent('product', 'k3', counted('always', 7)), anEvent('product', 'k4', counted('other', 2))]);
    const line = { orderProductId: '1', productId: 'k3', name: 'Kettle', quantity: 2, price: '40.0000', taxes: [] };
    const order = orderOf('stocked', { orderId: '7' });
    const totals = [{ code: 'total', title: 'Total', value: '80.0000' }];
    const products = { k3: counted('always', 7) };
    await rig.sync([anEvent('order', '7', { ...order, lines: [line], products, totals })]);
    // The store has taken the two away already.
    const calls = await rig.sync([anEvent('product', 'k3', counted('always', 5))]);
    expect(await onHand('always')).toMatchObject({ qty_available: 7, virtual_available: 5 });
    expect(await onHand('other')).toMatchObject({ qty_available: 2 });
    expect(calls.slice(-3)).toEqual([
      ...['product.product.search_read', 'stock.quant.create', 'stock.quant.search_read'],
    ]);
  });

  test('is counted again for what an order has moved, though the store’s quantity is the same', async () => {
    await rig.configure({ stockPolicy: 'always', statusMapping: { '5': 'CONFIRM', '7': 'CANCEL' } });
    await rig.sync([anEvent('product', 'k5', counted('late', 7))]);
    const line = { orderProductId: '1', productId: 'k5', name: 'Kettle', quantity: 2, price: '40.0000', taxes: [] };
    const totals = [{ code: 'total', title: 'Total', value: '80.0000' }];
    const products = { k5: counted('late', 7) };
    const order = { ...orderOf('late', { orderId: '10' }), lines: [line], products, totals };
    // Sold before it was counted: the store has taken the two away already.
    await rig.sync([anEvent('order', '10', { ...order, statusId: '5' })]);
    await rig.sync([anEvent('product', 'k5', counted('late', 7))]);
    expect(await onHand('late')).toMatchObject({ qty_available: 9, virtual_available: 7 });
    await rig.sync([anEvent('order', '10', { ...order, statusId: '7' })]);
    await rig.sync([anEvent('product', 'k5', counted('late', 7))]);
    expect(await onHand('late')).toMatchObject({ qty_available: 7, virtual_available: 7 });
    // Once is enough.
    expect(await rig.sync([anEvent('product', 'k5', counted('late', 7))])).toEqual([]);
  });
});

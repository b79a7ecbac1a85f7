import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anAddress, anEvent, anOrder, aProduct, type OrderInput, vat20 } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig?.stop());

const email = (name: string) => `${name}.${rig.tag}@example.com`;
const sku = (name: string) => `${name}-${rig.tag}`;

async function orderInOdoo(orderId: string) {
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = [
    'state',
    'amount_total',
    'amount_tax',
    'date_order',
    'partner_id',
    'partner_invoice_id',
    'partner_shipping_id',
    'order_line',
    'currency_id',
    'client_order_ref',
  ];
  const found = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  expect(found).toHaveLength(1);
  return found[0] as Record<string, unknown> & { id: number };
}

async function linesOf(orderId: number) {
  const fields = ['name', 'product_uom_qty', 'price_unit', 'tax_ids', 'price_total', 'product_id'];
  return rig.odoo.searchRead('sale.order.line', [['order_id', '=', orderId]], fields, { order: 'sequence, id' });
}

const partners = (address: string, fields: string[] = ['name']) =>
  rig.odoo.searchRead(
    'res.partner',
    [
      ['email_normalized', '=', address.toLowerCase()],
      ['type', '=', 'contact'],
    ],
    fields,
  );

function orderOf(name: string, over: Partial<OrderInput> = {}): OrderInput {
  const base = anOrder({ customer: aCustomer({ email: email(name) }) });
  const product = aProduct({ model: sku(name) });
  return {
    ...base,
    products: { [`p${name}`]: product },
    lines: base.lines.map((line) => ({ ...line, productId: `p${name}`, model: sku(name) })),
    ...over,
  };
}

describe('an order of an unknown customer with unknown products', () => {
  let calls: string[];
  beforeAll(async () => {
    const second = {
      orderProductId: '2',
      productId: 'p2',
      name: 'Cup',
      model: sku('cup'),
      quantity: 3,
      price: '10.0000',
      taxes: [vat20],
    };
    const order = orderOf('first', { orderId: '1' });
    const totals = [
      { code: 'sub_total', title: 'Sub-Total', value: '110.0000' },
      { code: 'shipping', title: 'Flat Rate', value: '5.0000', taxes: [vat20] },
      { code: 'coupon', title: 'Coupon (10%)', value: '-11.0000' },
      { code: 'tax', title: 'VAT (20%)', value: '20.8000' },
      { code: 'total', title: 'Total', value: '124.8000' },
    ];
    calls = await rig.sync([anEvent('order', '1', { ...order, lines: [...order.lines, second], totals })]);
  });

  test('becomes a confirmed sale order of the same total', async () => {
    const order = await orderInOdoo('1');
    expect(order).toMatchObject({ state: 'sale', amount_total: 124.8, amount_tax: 20.8, client_order_ref: '1' });
    expect((order.currency_id as unknown[])[1]).toBe('EUR');
  });

  test('keeps the time at which the shopper ordered', async () => {
    expect((await orderInOdoo('1')).date_order).toBe('2026-11-20 18:45:10');
  });

  test('has a line per product, shipping and discount, each with its taxes', async () => {
    const lines = await linesOf((await orderInOdoo('1')).id);
    expect(lines.map(({ name, product_uom_qty, price_unit }) => [name, product_uom_qty, price_unit])).toEqual([
      ['Kettle', 2, 40],
      ['Cup', 3, 10],
      ['Flat Rate', 1, 5],
      ['Coupon (10%)', 1, -11],
    ]);
    expect(lines.every((line) => (line.tax_ids as number[]).length === 1)).toBe(true);
  });

  test('makes one customer and, for two equal addresses, one contact', async () => {
    const [customer] = await partners(email('first'), ['name', 'child_ids']);
    expect(customer?.name).toBe('Zoë Müller');
    const order = await orderInOdoo('1');
    expect(customer?.child_ids).toHaveLength(1);
    expect(customer?.child_ids).toEqual([(order.partner_shipping_id as unknown[])[0]]);
    const [contact] = await rig.odoo.read('res.partner', customer?.child_ids as number[], [
      'street',
      'city',
      'zip',
      'country_id',
      'state_id',
      'type',
    ]);
    expect(contact).toMatchObject({ street: '1 Market St', city: 'San Francisco', zip: '94105', type: 'other' });
    expect(String(contact?.state_id)).toContain('California');
  });

  test('takes one call per kind of record and four for the order', () => {
    expect(calls.slice(-4)).toEqual([
      'sale.order.load',
      'sale.order.search_read',
      'sale.order.action_confirm',
      'sale.order.load',
    ]);
    expect(calls.length).toBeLessThanOrEqual(17);
  });

  test('leaves a row in the log', async () => {
    const { logs } = await rig.logs({ entity: 'order', record: '1' });
    expect(logs).toHaveLength(1);
    expect(logs[0]).toMatchObject({ level: 'info', code: 'CREATED', entity: 'order', recordId: '1' });
  });

  test('costs four calls the next time: customer, addresses and products are known', async () => {
    const next = orderOf('first', { orderId: '2' });
    const nextCalls = await rig.sync([anEvent('order', '2', next)]);
    expect(nextCalls).toEqual([
      'sale.order.load',
      'sale.order.search_read',
      'sale.order.action_confirm',
      'sale.order.load',
    ]);
    expect(await orderInOdoo('2')).toMatchObject({ state: 'sale', amount_total: 102 });
  });
});

test('a hundred orders that arrive together take the calls of one', async () => {
  await rig.sync([anEvent('order', '99', orderOf('many', { orderId: '99' }))]);
  const events = Array.from({ length: 100 }, (_, index) => {
    const orderId = String(100 + index);
    return anEvent('order', orderId, orderOf('many', { orderId }));
  });
  await rig.post(events.slice(0, 50));
  await rig.sync(events.slice(50));
  const origins = events.map((event) => `OpenCart ${rig.connection} #${event.recordId}`);
  const found = await rig.odoo.searchRead('sale.order', [['origin', 'in', origins]], ['state', 'amount_total']);
  expect(found).toHaveLength(100);
  expect(found.every((order) => order.state === 'sale' && order.amount_total === 102)).toBe(true);
});

describe('repetition and order of events', () => {
  test('the same event twice is one order', async () => {
    const event = anEvent('order', '300', orderOf('twice', { orderId: '300' }));
    await rig.sync([event]);
    const again = await rig.post([event]);
    expect(again.body.events).toEqual([{ id: event.id, status: 'duplicate' }]);
    const sameUnderAnotherId = { ...event, id: `${event.id}-again` };
    expect(await rig.sync([sameUnderAnotherId])).toEqual([]);
    await orderInOdoo('300');
  });

  test('an older event never overwrites a newer one', async () => {
    const newer = anEvent(
      'product',
      '40',
      aProduct({ model: sku('forty'), names: [{ languageCode: 'en', name: 'New' }] }),
      { sequence: 5000 },
    );
    const older = anEvent(
      'product',
      '40',
      aProduct({ model: sku('forty'), names: [{ languageCode: 'en', name: 'Old' }] }),
      { sequence: 4000 },
    );
    await rig.sync([newer]);
    expect(await rig.sync([older])).toEqual([]);
    const found = await rig.odoo.searchRead('product.product', [['default_code', '=', sku('forty')]], ['name']);
    expect(found.map((one) => one.name)).toEqual(['New']);
  });

  test('of two events of a record in one batch the newest counts', async () => {
    const events = [3, 1, 2].map((version) =>
      anEvent(
        'product',
        '41',
        aProduct({ model: sku('fortyone'), names: [{ languageCode: 'en', name: `V${version}` }] }),
        { sequence: 6000 + version },
      ),
    );
    await rig.sync(events);
    const found = await rig.odoo.searchRead('product.product', [['default_code', '=', sku('fortyone')]], ['name']);
    expect(found.map((one) => one.name)).toEqual(['V3']);
  });

  test('an unchanged record costs no call', async () => {
    const data = aCustomer({ email: email('same'), addresses: [{ ...anAddress(), addressId: '7' }] });
    await rig.sync([anEvent('customer', '50', data)]);
    expect(await rig.sync([anEvent('customer', '50', data)])).toEqual([]);
  });
});

describe('an order that is edited in the store', () => {
  const quotation = (orderId: string, quantity: number, statusId: string): OrderInput => {
    const order = orderOf('edited', { orderId, statusId });
    const net = 40 * quantity;
    return {
      ...order,
      lines: order.lines.map((line) => ({ ...line, quantity, orderProductId: String(quantity) })),
      totals: [
        { code: 'sub_total', title: 'Sub-Total', value: `${net}.0000` },
        { code: 'tax', title: 'VAT (20%)', value: String(net * 0.2) },
        { code: 'total', title: 'Total', value: String(net * 1.2) },
      ],
    };
  };

  test('is replaced while it is a quotation, and confirmed when its status says so', async () => {
    await rig.sync([anEvent('order', '400', quotation('400', 2, '7'))]);
    expect(await orderInOdoo('400')).toMatchObject({ state: 'draft', amount_total: 96 });
    await rig.sync([anEvent('order', '400', quotation('400', 5, '7'))]);
    const edited = await orderInOdoo('400');
    expect(edited).toMatchObject({ state: 'draft', amount_total: 240 });
    expect(edited.order_line).toHaveLength(1);
    const calls = await rig.sync([anEvent('order', '400', quotation('400', 5, '2'))]);
    expect(calls).toEqual(['sale.order.search_read', 'sale.order.action_confirm', 'sale.order.load']);
    expect(await orderInOdoo('400')).toMatchObject({ state: 'sale', amount_total: 240 });
  });

  test('is parked once Odoo has confirmed it, and left as it is there', async () => {
    await rig.sync([anEvent('order', '401', quotation('401', 2, '2'))]);
    await rig.sync([anEvent('order', '401', quotation('401', 3, '2'))]);
    expect(await orderInOdoo('401')).toMatchObject({ state: 'sale', amount_total: 96 });
    const { logs } = await rig.logs({ entity: 'order', record: '401', level: 'error' });
    expect(logs[0]?.code).toBe('ORDER_LOCKED');
  });
});

test('an order is closed to the cent by one tax-free rounding line', async () => {
  const taxes = [vat20];
  const order = orderOf('cents', {
    orderId: '500',
    lines: [
      { orderProductId: '1', productId: 'c1', name: 'A', model: sku('c1'), quantity: 3, price: '10.0050', taxes },
      { orderProductId: '2', productId: 'c2', name: 'B', model: sku('c2'), quantity: 7, price: '0.3333', taxes },
    ],
    totals: [
      { code: 'sub_total', title: 'Sub-Total', value: '32.3481' },
      { code: 'tax', title: 'VAT (20%)', value: '6.4796' },
      { code: 'total', title: 'Total', value: '38.8377' },
    ],
  });
  await rig.sync([anEvent('order', '500', order)]);
  const found = await orderInOdoo('500');
  expect(found).toMatchObject({ state: 'sale', amount_total: 38.84 });
  const rounding = (await linesOf(found.id)).filter((line) => line.name === 'Rounding');
  expect(rounding.length).toBeLessThanOrEqual(1);
  for (const line of rounding) expect(line.tax_ids).toEqual([]);
});

test('an order whose total no rounding explains is parked with its reconciliation, unconfirmed', async () => {
  const order = orderOf('wrong', { orderId: '501' });
  order.totals = order.totals.map((row) => (row.code === 'total' ? { ...row, value: '202.0000' } : row));
  await rig.sync([anEvent('order', '501', order)]);
  expect(await orderInOdoo('501')).toMatchObject({ state: 'draft', amount_total: 102 });
  const { logs } = await rig.logs({ entity: 'order', record: '501', level: 'error' });
  expect(logs[0]?.code).toBe('TOTAL_MISMATCH');
  expect(logs[0]?.message).toContain('the shopper paid 202 EUR, Odoo makes it 102');
});

test('an order that was parked for its total is written anew when its event says something else', async () => {
  const order = orderOf('mended', { orderId: '504' });
  const wrong = order.totals.map((row) => (row.code === 'total' ? { ...row, value: '202.0000' } : row));
  await rig.sync([anEvent('order', '504', { ...order, totals: wrong })]);
  expect(await orderInOdoo('504')).toMatchObject({ state: 'draft' });
  await rig.sync([anEvent('order', '504', order)]);
  const mended = await orderInOdoo('504');
  expect(mended).toMatchObject({ state: 'sale', amount_total: 102 });
  expect(await linesOf(mended.id)).toHaveLength(2);
});

test('an older event that comes again leaves the failure of a newer one parked', async () => {
  const { readFailure } = await import('../../lib/store/failures.ts');
  const key = { entity: 'order', recordId: '505' };
  const order = orderOf('stays', { orderId: '505' });
  const wrong = order.totals.map((row) => (row.code === 'total' ? { ...row, value: '202.0000' } : row));
  const first = anEvent('order', '505', order);
  await rig.sync([first]);
  await rig.sync([anEvent('order', '505', { ...order, totals: wrong })]);
  expect(await readFailure(rig.connection, key)).toBeDefined();
  await rig.sync([{ ...first, id: `${first.id}-again` }]);
  expect(await readFailure(rig.connection, key)).toMatchObject({ code: 'ORDER_LOCKED' });
});

test('a quotation that was edited to another total is never confirmed at the former one', async () => {
  // Tax-exempt after all: the lines still carry VAT, so Odoo makes it 102 while the shopper pays 85.
  const order = orderOf('exempt', { orderId: '506', statusId: '7' });
  await rig.sync([anEvent('order', '506', order)]);
  expect(await orderInOdoo('506')).toMatchObject({ state: 'draft', amount_total: 102 });
  const totals = order.totals
    .filter((row) => row.code !== 'tax')
    .map((row) => (row.code === 'total' ? { ...row, value: '85.0000' } : row));
  await rig.sync([anEvent('order', '506', { ...order, totals, statusId: '2' })]);
  expect(await orderInOdoo('506')).toMatchObject({ state: 'draft' });
  expect((await rig.logs({ entity: 'order', record: '506', level: 'error' })).logs[0]?.code).toBe('TOTAL_MISMATCH');
});

test('a parked quotation that a person has put right in Odoo is confirmed as it is', async () => {
  const order = orderOf('corrected', { orderId: '507' });
  const totals = order.totals.map((row) => (row.code === 'total' ? { ...row, value: '202.0000' } : row));
  await rig.sync([anEvent('order', '507', { ...order, totals })]);
  const parked = await orderInOdoo('507');
  const [line] = await linesOf(parked.id);
  const corrected = { price_unit: 40 + 50 / 1.2, product_uom_qty: 2 };
  await rig.odoo.call('sale.order.line', 'write', [[line?.id as number], corrected]);
  await expect.poll(async () => (await orderInOdoo('507')).state, { timeout: 20_000 }).toBe('sale');
  expect(await orderInOdoo('507')).toMatchObject({ amount_total: 202 });
});

test('an older event that is late leaves the failure of a newer one parked', async () => {
  const { readFailure } = await import('../../lib/store/failures.ts');
  const key = { entity: 'order', recordId: '508' };
  const order = orderOf('late', { orderId: '508' });
  const totals = order.totals.map((row) => (row.code === 'total' ? { ...row, value: '202.0000' } : row));
  const older = anEvent('order', '508', order);
  await rig.sync([anEvent('order', '508', { ...order, totals })]);
  await rig.sync([older]);
  expect(await readFailure(rig.connection, key)).toMatchObject({ code: 'TOTAL_MISMATCH' });
});

test('an order that is saved again in the store’s admin, with other line ids, stays as it is', async () => {
  const order = orderOf('saved', { orderId: '509' });
  await rig.sync([anEvent('order', '509', order)]);
  const lines = order.lines.map((line) => ({ ...line, orderProductId: `9${line.orderProductId}` }));
  await rig.sync([anEvent('order', '509', { ...order, lines, comment: 'Ring twice' })]);
  expect((await rig.logs({ entity: 'order', record: '509', level: 'error' })).logs).toEqual([]);
});

test('two rates of one tax in one batch are two taxes', async () => {
  const rated = (orderId: string, rate: string, total: string) => {
    const tax = { taxRateId: '77', name: `Rate ${rig.tag}`, type: 'P' as const, rate };
    const order = orderOf('rates', { orderId });
    return {
      ...order,
      lines: order.lines.map((line) => ({ ...line, taxes: [tax] })),
      totals: [{ code: 'total', title: 'Total', value: total }],
    };
  };
  await rig.sync([
    anEvent('order', '510', rated('510', '20.0000', '96.0000')),
    anEvent('order', '511', rated('511', '25.0000', '100.0000')),
  ]);
  expect(await orderInOdoo('510')).toMatchObject({ state: 'sale', amount_total: 96, amount_tax: 16 });
  expect(await orderInOdoo('511')).toMatchObject({ state: 'sale', amount_total: 100, amount_tax: 20 });
});

test('a product that the store has deleted does not block the order', async () => {
  const order = orderOf('gone', { orderId: '502', products: {} });
  await rig.sync([anEvent('order', '502', order)]);
  expect(await orderInOdoo('502')).toMatchObject({ state: 'sale', amount_total: 102 });
  const [product] = await rig.odoo.searchRead('product.product', [['default_code', '=', sku('gone')]], ['active'], {
    archived: true,
  });
  expect(product?.active).toBe(false);
});

test('an order in another currency keeps it, at the rate of its day', async () => {
  const order = orderOf('dollars', { orderId: '503', currencyCode: 'USD', currencyValue: '1.08450000' });
  await rig.sync([anEvent('order', '503', order)]);
  const found = await orderInOdoo('503');
  expect((found.currency_id as unknown[])[1]).toBe('USD');
  expect(found).toMatchObject({ state: 'sale', amount_total: 110.62 });
});

import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { compareLife } from '../../infra/local/chaos/compare-life.ts';
import { compare } from '../../infra/local/compare.ts';
import { type Sandbox, startSandbox } from '../../infra/local/sandbox/index.ts';
import type { Expectation } from '../../infra/local/store/expectation.ts';
import { Odoo } from '../../lib/odoo/client.ts';

let sandbox: Sandbox;
let odoo: Odoo;
let run = 0;
let expectation: Expectation;
let ids: { customer: number; product: number; order: number; address: number };

beforeAll(async () => {
  sandbox = await startSandbox();
  const { url, database, login, password } = sandbox;
  odoo = new Odoo({ credentials: { url, database, user: login, password }, pace: async () => {} });
});
afterAll(async () => {
  odoo.close();
  await sandbox.stop();
});

async function create(model: string, values: Record<string, string | number | readonly unknown[]>): Promise<number> {
  const [id] = (await odoo.call(model, 'create', [[values as never]])) as number[];
  if (id === undefined) throw new Error(`${model} was not created`);
  return id;
}

const label = { name: 'Atelier Nord, Zoë Müller', street: 'Am Bürgerpark 61', zip: '80469', city: 'München' };
let address: Record<string, string | number> = label;

/** An order of two pieces for 25.00, with its customer, address and product, all as expected. */
beforeEach(async () => {
  run += 1;
  const [email, code, origin] = [`zoe${run}@example.com`, `DEMO-${run}`, `OpenCart main #${1000 + run}`];
  const [country] = await odoo.searchRead('res.country', [['code', '=', 'DE']], ['code']);
  const customer = await create('res.partner', { name: 'Zoë Müller', email, phone: '+49 1' });
  const shelf = await create('product.category', { name: `Furniture ${run}` });
  const desk = await create('product.category', { name: 'Desks', parent_id: shelf });
  const barcode = String(2_000_000_000_000 + run);
  const product = await create('product.product', {
    ...{ name: 'Desk', default_code: code, list_price: 12.5, type: 'consu', categ_id: desk, barcode },
  });
  const [state] = await odoo.searchRead('res.country.state', [['name', '=', 'Bayern']], ['name']);
  address = { ...address, country_id: country?.id ?? 0, state_id: state?.id ?? 0 };
  const child = { ...address, type: 'other', parent_id: customer };
  ids = {
    ...{ customer, product },
    address: await create('res.partner', child),
    order: await create('sale.order', {
      ...{ origin, client_order_ref: String(1000 + run), partner_id: customer, date_order: '2026-03-01 10:30:00' },
      order_line: [[0, 0, { product_id: product, product_uom_qty: 2, price_unit: 12.5, tax_ids: [[6, 0, []]] }]],
    }),
  };
  const category = `Furniture ${run} / Desks`;
  expectation = {
    connection: 'main',
    customers: [{ email, name: 'Zoë Müller', phone: '+49 1' }],
    addresses: [
      {
        ...{ email, name: 'Atelier Nord, Zoë Müller', street: ' AM BÜRGERPARK 61', street2: '' },
        ...{ zip: '80469', city: 'München', countryCode: 'DE', zoneName: 'Bayern' },
      },
    ],
    categories: [`Furniture ${run}`, category],
    products: [{ code, name: 'Desk', price: '12.5000', category, barcode }],
    orders: [
      {
        ...{ orderId: String(1000 + run), origin, total: '25.00', currency: 'EUR', placedAt: '2026-03-01T10:30:00Z' },
        ...{ email, state: 'draft', statusId: '7', items: { [code]: 2 } },
      },
    ],
  };
});

const expectOrder = (changes: Partial<Expectation['orders'][number]>): Expectation => ({
  ...expectation,
  orders: expectation.orders.map((order) => ({ ...order, ...changes })),
});

describe('the comparison', () => {
  it('finds nothing where all is as it should be, in few calls', async () => {
    const before = sandbox.calls;

    expect(await compare(odoo, expectation)).toEqual({
      ...{ orders: 1, ordersEqual: 1, centsOff: 0, duplicates: 0, lost: 0, wrong: 0, problems: [] },
    });
    expect(sandbox.calls - before).toBeLessThanOrEqual(8);
  });

  it('counts every cent', async () => {
    const found = await compare(odoo, expectOrder({ total: '24.98' }));

    expect(found).toMatchObject({ ordersEqual: 0, centsOff: 2, wrong: 1 });
    expect(found.problems).toEqual([expect.stringContaining('amount_total is 25, paid were 24.98 EUR')]);
  });

  it.each([
    ['state', { state: 'sale' as const }],
    ['currency', { currency: 'USD' }],
    ['date', { placedAt: '2026-03-01T10:31:00Z' }],
    ['customer', { email: 'somebody@example.com' }],
    ['reference', { orderId: '7' }],
    ['pieces', { items: { 'DEMO-1': 3 } }],
  ])('sees another %s', async (what, changes) => {
    const found = await compare(odoo, expectOrder(changes));

    expect(found).toMatchObject({ ordersEqual: 0, centsOff: 0, wrong: 1 });
    expect(found.problems).toEqual([expect.stringContaining(`: ${what} is `)]);
  });

  it('sees the wrong state', async () => {
    const [other] = await odoo.searchRead('res.country.state', [['name', '=', 'Berlin']], ['name']);
    await odoo.call('res.partner', 'write', [[ids.address], { state_id: other?.id ?? 0 }]);

    const found = await compare(odoo, expectation);

    expect(found).toMatchObject({ lost: 1, problems: [expect.stringContaining('state is "Berlin", not "Bayern"')] });
  });

  it.each([
    ['category', { category: 'Elsewhere' }],
    ['barcode', { barcode: '2000000000008' }],
    ['price', { price: '12.5100' }],
  ])('sees a product of another %s', async (what, changes) => {
    const products = expectation.products.map((one) => ({ ...one, ...changes }));

    const found = await compare(odoo, { ...expectation, products });

    expect(found).toMatchObject({ lost: 1, problems: [expect.stringContaining(`: ${what} is `)] });
  });

  it('counts what is there twice', async () => {
    const { email, name = '' } = expectation.customers[0] ?? { email: '' };
    const [order] = expectation.orders;
    await create('res.partner', { name, email: email.toUpperCase() });
    await create('product.product', { name: 'Desk', default_code: expectation.products[0]?.code ?? '', type: 'consu' });
    await create('sale.order', { origin: order?.origin ?? '', partner_id: ids.customer });
    await create('res.partner', { ...address, type: 'other', parent_id: ids.customer });

    const found = await compare(odoo, expectation);

    expect(found).toMatchObject({ ordersEqual: 0, duplicates: 4, lost: 0 });
  });

  it('counts what is not there, and changes that are not', async () => {
    const lost = {
      customers: [...expectation.customers, { email: 'nobody@example.com' }],
      products: [{ code: 'NOTHING' }, ...expectation.products.map((product) => ({ ...product, name: 'Table' }))],
      addresses: expectation.addresses.map((one) => ({ ...one, city: 'Köln' })),
      categories: [...expectation.categories, 'Nowhere'],
      orders: [...expectation.orders, ...expectOrder({ origin: 'OpenCart main #0' }).orders],
    };

    const found = await compare(odoo, { ...expectation, ...lost });

    expect(found).toMatchObject({ orders: 2, ordersEqual: 1, duplicates: 0, lost: 6 });
  });
});

describe('the comparison of lives', () => {
  const statusMapping = { '2': 'PAID', '5': 'DONE' } as const;

  it('finds nothing where an order stays a quotation', async () => {
    const found = await compareLife(odoo, expectation, statusMapping);

    expect(found).toMatchObject({ lost: 0, duplicates: 0, wrong: 0, problems: [] });
  });

  it('sees that an order was not invoiced', async () => {
    const found = await compareLife(odoo, expectOrder({ statusId: '2' }), statusMapping);

    expect(found).toMatchObject({ lost: 1, problems: [expect.stringContaining('has no invoice')] });
  });

  it('sees that a finished order is still open', async () => {
    const found = await compareLife(odoo, expectOrder({ statusId: '5' }), statusMapping);

    expect(found).toMatchObject({ lost: 1, wrong: 1 });
    expect(found.problems).toContainEqual(expect.stringContaining('is not locked'));
  });
});

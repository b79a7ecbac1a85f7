/**
 * Amounts of orders, to the cent. A real Odoo is compared with a sandbox started beside it, order by order; the
 * sandbox alone is compared with what a real Odoo answered (`fixtures/order-amounts.json`). `ODOO_RECORD=1` with a real
 * Odoo records those answers anew, under the tax rounding its company has.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startSandbox } from '../../infra/local/sandbox/index.ts';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { OdooWire, type Struct, type Wire } from '../support/odoo-wire.ts';
import { HAND_PICKED, type OrderCase, RATES, randomOrders } from './order-cases.ts';

const METHODS = ['round_globally', 'round_per_line'] as const;
type Method = (typeof METHODS)[number];
/** Per order: untaxed, tax, total; then per line: price, quantity, subtotal, tax, total. */
type Answers = Record<string, string>;

const FIXTURE = new URL('./fixtures/order-amounts.json', import.meta.url);
const CASES = [...HAND_PICKED, ...randomOrders(60, 20_260_101)];

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

/** Loads all cases in one batch and reads what Odoo makes of them. */
async function amountsOn(odoo: OdooWire, run: string): Promise<Answers> {
  const taxes: number[] = [];
  for (const rate of RATES) {
    taxes.push(await odoo.create('account.tax', { name: `${rate}% ${run}`, amount: rate, type_tax_use: 'sale' }));
  }
  const partner = await odoo.create('res.partner', { name: `Amounts ${run}` });
  const product = await odoo.create('product.product', { name: `Amounts ${run}`, list_price: 1 });
  const pricelists = await pricelistsOn(odoo, run);
  const fields = [
    'id',
    'partner_id/.id',
    'pricelist_id/.id',
    'order_line/product_id/.id',
    'order_line/product_uom_qty',
  ];
  fields.push('order_line/price_unit', 'order_line/discount', 'order_line/tax_ids/.id');
  const answer = await odoo.load(
    'sale.order',
    fields,
    CASES.flatMap((each, index) => rowsOf(each, index)),
  );
  expect(answer.messages).toEqual([]);
  return read(odoo, answer.ids || []);

  function rowsOf({ currency = 'EUR', lines }: OrderCase, index: number): Wire[][] {
    const head: Wire[] = [`amounts_${run.replace(/\W/g, '_')}.o${index}`, partner, pricelists[currency] ?? false];
    if (lines.length === 0) return [[...head, '', '', '', '', '']];
    return lines.map((line, position) => [
      ...(position === 0 ? head : ['', '', '']),
      ...[product, line.quantity, line.price, line.discount ?? 0],
      line.taxes.map((tax) => taxes[tax]).join(','),
    ]);
  }
}

async function pricelistsOn(odoo: OdooWire, run: string): Promise<Record<string, number>> {
  const ids: Record<string, number> = {};
  for (const name of ['EUR', 'JPY', 'KWD']) {
    const domain = [[['name', '=', name]]];
    const [currency = 0] = await odoo.call<number[]>('res.currency', 'search', domain, {
      context: { active_test: false },
    });
    ids[name] = await odoo.create('product.pricelist', {
      name: `${name} ${run}`,
      currency_id: currency,
      sequence: 999,
    });
  }
  return ids;
}

async function read(odoo: OdooWire, ids: number[]): Promise<Answers> {
  const fields = ['amount_untaxed', 'amount_tax', 'amount_total', 'order_line'];
  const orders = await odoo.call<Struct[]>('sale.order', 'read', [ids, fields]);
  const lineFields = ['order_id', 'price_unit', 'product_uom_qty', 'price_subtotal', 'price_tax', 'price_total'];
  const lineIds = orders.flatMap((order) => order.order_line as number[]);
  const lines = await odoo.call<Struct[]>('sale.order.line', 'read', [lineIds, lineFields]);
  const amounts = orders.map(({ id, amount_untaxed, amount_tax, amount_total }) => {
    const own = lines.filter((line) => (line.order_id as Wire[])[0] === id);
    const texts = own.map((line) =>
      lineFields
        .slice(1)
        .map((field) => line[field])
        .join(' '),
    );
    return [[amount_untaxed, amount_tax, amount_total].join(' '), ...texts].join(' | ');
  });
  return Object.fromEntries(CASES.map((each, index) => [each.name, amounts[index] ?? '']));
}

async function sandboxAmounts(taxRounding: Method): Promise<Answers> {
  const sandbox = await startSandbox({ taxRounding });
  try {
    return await amountsOn(await OdooWire.connect(sandbox), 'sandbox');
  } finally {
    await sandbox.stop();
  }
}

const fixture = (): Partial<Record<Method, Answers>> => JSON.parse(readFileSync(FIXTURE, 'utf8'));

function record(method: Method, answers: Answers): void {
  writeFileSync(FIXTURE, `${JSON.stringify({ ...fixture(), [method]: answers }, null, 2)}\n`);
}

describe('amounts of orders', () => {
  it('are those of a real Odoo, line by line', async () => {
    if (!t.real) {
      for (const method of METHODS) expect(await sandboxAmounts(method), method).toEqual(fixture()[method]);
      return;
    }
    const real = await amountsOn(t.odoo, t.unique('amounts'));
    const method = await roundingOf(t.odoo);
    if (process.env.ODOO_RECORD) record(method, real);
    expect(await sandboxAmounts(method)).toEqual(real);
  });

  it('keep the price as it was given, quantities to two digits', async () => {
    const order = await t.odoo.create('sale.order', {
      partner_id: await t.odoo.create('res.partner', { name: t.unique('Digits') }),
      order_line: [
        [
          0,
          0,
          {
            product_id: await t.odoo.create('product.product', { name: 'Digits' }),
            price_unit: 1.23456789,
            product_uom_qty: 1.2345,
            discount: 33.336,
          },
        ],
      ],
    });
    const [line] = (await t.odoo.one<{ order_line: number[] }>('sale.order', order, ['order_line'])).order_line;
    const kept = await t.odoo.one('sale.order.line', line ?? 0, ['price_unit', 'product_uom_qty', 'discount']);
    expect(kept).toMatchObject({ price_unit: 1.23456789, product_uom_qty: 1.23, discount: 33.34 });
  });
});

describe('a line under a pricelist that takes ten percent off', () => {
  let listed = 0;
  /** Loads an order of one line at 40.00, told of a discount or not. @returns what the line became */
  async function lineOf(pricelist: number, discount?: number): Promise<Struct> {
    const product = await t.odoo.create('product.product', { name: t.unique('Listed'), list_price: 40 });
    const partner = await t.odoo.create('res.partner', { name: t.unique('Listed') });
    const told = discount === undefined ? {} : { 'order_line/discount': discount };
    const row: Struct = {
      ...{ id: t.xid(`listed_${listed++}`), 'partner_id/.id': partner, 'pricelist_id/.id': pricelist },
      ...{ 'order_line/product_id/.id': product, 'order_line/price_unit': 40, ...told },
    };
    const answer = await t.odoo.load('sale.order', Object.keys(row), [Object.values(row)]);
    const [order = 0] = answer.ids || [];
    const { order_line } = await t.odoo.one<{ order_line: number[] }>('sale.order', order, ['order_line']);
    return t.odoo.one('sale.order.line', order_line[0] ?? 0, ['price_unit', 'discount', 'price_subtotal']);
  }

  it('keeps its price where it is told that nothing is taken off', async () => {
    const { EUR = 0 } = await pricelistsOn(t.odoo, t.unique('list'));
    const given = { price_unit: 40, discount: 0, price_subtotal: 40 };
    expect(await lineOf(EUR, 0)).toMatchObject(given);
    const { ODOO_ADMIN: login, ODOO_ADMIN_PASSWORD: password = '' } = process.env;
    if (!t.real || login === undefined) return;

    const { url, database } = t.credentials;
    const admin = await OdooWire.connect({ url, database, login, password });
    const switched = async (on: boolean) => {
      const wizard = await admin.create('res.config.settings', { group_discount_per_so_line: on });
      await admin.call('res.config.settings', 'execute', [[wizard]]);
    };
    const field = 'group_discount_per_so_line';
    const before = await admin.call<Struct>('res.config.settings', 'default_get', [[field]]);
    await switched(true);
    try {
      const rule = { applied_on: '3_global', compute_price: 'percentage', percent_price: 10 };
      await admin.create('product.pricelist.item', { pricelist_id: EUR, ...rule });
      expect(await lineOf(EUR)).toMatchObject({ price_unit: 40, discount: 10, price_subtotal: 36 });
      expect(await lineOf(EUR, 0)).toMatchObject(given);
    } finally {
      await switched(before[field] === true);
    }
  });
});

async function roundingOf(odoo: OdooWire): Promise<Method> {
  const [order] = await odoo.call<Struct[]>('sale.order', 'search_read', [[], ['tax_calculation_rounding_method']], {
    limit: 1,
  });
  return order?.tax_calculation_rounding_method as Method;
}

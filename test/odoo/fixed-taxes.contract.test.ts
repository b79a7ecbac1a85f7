/** What the connector must know of fixed taxes before it puts one on a line. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

/** An order in a currency with one line at 2.00 fixed tax per unit. @returns its untaxed amount and its tax */
async function amountsOf(currency: string, quantity: number, price: number): Promise<[number, number]> {
  const [id = 0] = await t.odoo.call<number[]>('res.currency', 'search', [[['name', '=', currency]]], {
    context: { active_test: false },
  });
  const fixed = { name: t.unique(`Eco ${currency} ${price}`), amount: 2, amount_type: 'fixed', type_tax_use: 'sale' };
  const line = {
    product_id: await t.odoo.create('product.product', { name: t.unique('Lamp'), list_price: 1 }),
    ...{ product_uom_qty: quantity, price_unit: price },
    tax_ids: [[6, 0, [await t.odoo.create('account.tax', fixed)]]],
  };
  const order = await t.odoo.create('sale.order', {
    partner_id: await t.odoo.create('res.partner', { name: t.unique('Buyer') }),
    pricelist_id: await t.odoo.create('product.pricelist', {
      name: t.unique(currency),
      currency_id: id,
      sequence: 999,
    }),
    order_line: [[0, 0, line]],
  });
  const found = await t.odoo.one<{ amount_untaxed: number; amount_tax: number }>('sale.order', order, [
    'amount_untaxed',
    'amount_tax',
  ]);
  return [found.amount_untaxed, found.amount_tax];
}

it('is counted for each unit', async () => {
  expect(await amountsOf('EUR', 3, 10)).toEqual([30, 6]);
});

it('is owed on what costs nothing', async () => {
  expect(await amountsOf('EUR', 3, 0)).toEqual([0, 6]);
});

it('is not converted: it is so many of whatever the order is in', async () => {
  expect(await amountsOf('USD', 3, 10)).toEqual([30, 6]);
  expect(await amountsOf('JPY', 3, 1000)).toEqual([3000, 6]);
});

it('turns negative with the price, so that it must not stand on a discount', async () => {
  expect(await amountsOf('EUR', 1, -10)).toEqual([-10, -2]);
});

/** Lines of an order: what they take from their product, and what a write to them resets. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';

let t: Target;
let partner: number;
let product: number;
beforeAll(async () => {
  t = await openTarget();
  partner = await t.odoo.create('res.partner', { name: t.unique('Lines') });
  product = await t.odoo.create('product.product', {
    name: t.unique('Lamp'),
    list_price: 12.3456,
    default_code: 'LMP',
  });
});
afterAll(() => t.close());

async function newOrder(line: Struct = { price_unit: 5, product_uom_qty: 2 }): Promise<number> {
  return t.odoo.create('sale.order', { partner_id: partner, order_line: [[0, 0, { product_id: product, ...line }]] });
}

const read = (id: number, ...fields: string[]) => t.odoo.one('sale.order', id, fields);
const act = (method: string, ...ids: number[]) => t.odoo.call<Wire>('sale.order', method, [ids]);
const lineOf = async (id: number) => ((await read(id, 'order_line')).order_line as number[])[0] ?? 0;

describe('the price of a line', () => {
  const price = async (line: number) => (await t.odoo.one('sale.order.line', line, ['price_unit'])).price_unit;

  it.each([3, 2])(
    'falls back to the list price when only the quantity is written, even the same: %d',
    async (quantity) => {
      const line = await lineOf(await newOrder());
      await t.odoo.write('sale.order.line', [line], { product_uom_qty: quantity });
      expect(await price(line)).toBe(12.3456);
    },
  );

  it('stays when both are written', async () => {
    const line = await lineOf(await newOrder());
    await t.odoo.write('sale.order.line', [line], { product_uom_qty: 3, price_unit: 5 });
    expect(await price(line)).toBe(5);
  });

  it('falls back with name and taxes when the same product is written again', async () => {
    const line = await lineOf(await newOrder({ price_unit: 5, name: 'mine', tax_ids: [[6, 0, []]] }));
    await t.odoo.write('sale.order.line', [line], { product_id: product });
    const { taxes_id: taxes } = await t.odoo.one('product.product', product, ['taxes_id']);
    expect(await t.odoo.one('sale.order.line', line, ['name', 'price_unit', 'tax_ids'])).toMatchObject({
      ...{ name: `[LMP] ${t.unique('Lamp')}`, price_unit: 12.3456, tax_ids: taxes },
    });
  });

  it('stays once it was written by itself', async () => {
    const line = await lineOf(await newOrder());
    await t.odoo.write('sale.order.line', [line], { price_unit: 7 });
    await t.odoo.write('sale.order.line', [line], { product_uom_qty: 8 });
    expect(await price(line)).toBe(7);
  });

  it('falls back on a confirmed order too', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    await t.odoo.write('sale.order.line', [await lineOf(id)], { product_uom_qty: 3 });
    expect(await price(await lineOf(id))).toBe(12.3456);
  });

  it('follows into the amounts', async () => {
    const id = await newOrder({ price_unit: 5, product_uom_qty: 2, tax_ids: [[6, 0, []]] });
    expect(await read(id, 'amount_total')).toMatchObject({ amount_total: 10 });
    await t.odoo.write('sale.order.line', [await lineOf(id)], { product_uom_qty: 3, price_unit: 4.005 });
    expect(await read(id, 'amount_total')).toMatchObject({ amount_total: 12.02 });
    await t.odoo.call('sale.order.line', 'unlink', [[await lineOf(id)]]);
    expect(await read(id, 'amount_total')).toMatchObject({ amount_total: 0 });
  });
});

describe('a line', () => {
  it('is named after its product, with the description for customers below', async () => {
    const described = await t.odoo.create('product.product', {
      name: 'Desk',
      default_code: 'D1',
      description_sale: 'Oak\n2 m',
    });
    const id = await t.odoo.create('sale.order', {
      partner_id: partner,
      order_line: [[0, 0, { product_id: described }]],
    });
    expect((await t.odoo.one('sale.order.line', await lineOf(id), ['name'])).name).toBe('[D1] Desk\nOak\n2 m');
  });

  it('without a product needs a name, and stops the order from being confirmed', async () => {
    const id = await t.odoo.create('sale.order', {
      partner_id: partner,
      order_line: [[0, 0, { name: 'Free text', price_unit: 3 }]],
    });
    const line = await t.odoo.one('sale.order.line', await lineOf(id), ['product_id', 'price_unit', 'tax_ids']);
    expect(line).toMatchObject({ product_id: false, price_unit: 3, tax_ids: [] });
    expect((await faultOf(act('action_confirm', id))).message).toBe(
      'Some order lines are missing a product, you need to correct them before going further.',
    );
  });

  it('may be a note or a section, which cost nothing', async () => {
    const id = await newOrder({ price_unit: 5, tax_ids: [[6, 0, []]] });
    await t.odoo.create('sale.order.line', { order_id: id, display_type: 'line_note', name: 'Thank you' });
    expect(await read(id, 'amount_total')).toMatchObject({ amount_total: 5 });
    expect(await act('action_confirm', id)).toBe(true);
  });
});

/** Telling Odoo how much lies in a warehouse. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct } from '../support/odoo-wire.ts';
import {
  apply,
  count,
  DONE,
  goods,
  openStock,
  order,
  quantities,
  shelf,
  stock,
  t,
  validate,
  warehouse,
} from '../support/stock.ts';

beforeAll(openStock);
afterAll(() => t.close());

const onHand = async (product: number) => (await quantities(product))[0];

const read = (quants: number[]) => {
  const fields = ['quantity', 'inventory_quantity', 'inventory_quantity_set', 'inventory_diff_quantity'];
  return t.odoo.call<Struct[]>('stock.quant', 'read', [quants, fields]);
};

describe('a warehouse', () => {
  it('has a place for its stock', async () => {
    const fields = ['code', 'lot_stock_id', 'active'];
    expect(await t.odoo.one('stock.warehouse', warehouse, fields)).toEqual({
      ...{ id: warehouse, code: 'WH', lot_stock_id: [shelf, 'WH/Stock'], active: true },
    });
  });
});

describe('a count', () => {
  it('counts once it is applied, for several products at once', async () => {
    const [a, b] = [await goods(), await goods()];
    const quants = await count([a, 10], [b, 5.5]);
    const counted = { quantity: 0, inventory_quantity: 10, inventory_quantity_set: true, inventory_diff_quantity: 10 };
    expect((await read(quants))[0]).toMatchObject(counted);
    expect(await onHand(a)).toBe(0);
    expect(await apply(quants)).toBe(DONE);
    const applied = { inventory_quantity: 0, inventory_quantity_set: false, inventory_diff_quantity: 0 };
    expect(await read(quants)).toMatchObject([
      { quantity: 10, ...applied },
      { quantity: 5.5, ...applied },
    ]);
    expect([await onHand(a), await onHand(b)]).toEqual([10, 5.5]);
  });

  it('goes to the quant that is there, and the last one wins', async () => {
    const [a, b, c] = [await goods(), await goods(), await goods()];
    const [quant = 0] = await stock([a, 10]);
    const again = await count([b, 1], [a, 7], [c, 0]);
    expect(again).toEqual([expect.any(Number), quant, expect.any(Number)]);
    await apply(again);
    expect(await Promise.all([a, b, c].map(onHand))).toEqual([7, 1, 0]);
    expect(await count([a, 8], [a, 9])).toEqual([quant]);
    await apply([quant]);
    expect(await onHand(a)).toBe(9);
  });

  it('applied twice leaves nothing', async () => {
    const product = await goods();
    const quants = await stock([product, 10]);
    expect(await apply(quants)).toBe(DONE);
    expect(await onHand(product)).toBe(0);
  });

  it('may be below nothing', async () => {
    const product = await goods();
    await stock([product, -3]);
    expect(await quantities(product)).toEqual([-3, 0, 0, -3, -3]);
  });

  it('may be written too', async () => {
    const product = await goods();
    const quants = await stock([product, 4]);
    await t.odoo.write('stock.quant', quants, { inventory_quantity: 6 });
    await apply(quants);
    expect(await onHand(product)).toBe(6);
  });

  it('that something moved after asks what to do, for all of them', async () => {
    const [a, b] = [await goods(), await goods()];
    await stock([a, 10], [b, 5]);
    const { delivery } = await order([a, 4]);
    const quants = await count([a, 20], [b, 6]);
    await validate(delivery);
    expect(await apply(quants)).toMatchObject({
      ...{
        name: 'Conflict in Inventory Adjustment',
        type: 'ir.actions.act_window',
        res_model: 'stock.inventory.conflict',
      },
      context: { default_quant_ids: quants, default_quant_to_fix_ids: [quants[0]] },
    });
    expect([await onHand(a), await onHand(b)]).toEqual([6, 5]);
    expect(await apply(await count([a, 20], [b, 6]))).toBe(DONE);
    expect([await onHand(a), await onHand(b)]).toEqual([20, 6]);
  });

  it.each([
    ['goods that are not counted', {}],
    ['services', { type: 'service' }],
  ])('is refused for %s', async (_name, vals) => {
    const fault = await faultOf(count([await goods(vals), 3]));
    expect([fault.code, fault.message]).toEqual([2, 'Quants cannot be created for consumables or services.']);
  });

  it('is refused for products that are not there and places that are none', async () => {
    expect((await faultOf(count([2_000_000_000, 3]))).message).toContain('Record does not exist or has been deleted.');
    const { view_location_id: view } = await t.odoo.one('stock.warehouse', warehouse, ['view_location_id']);
    const vals = { product_id: await goods(), location_id: (view as number[])[0] ?? 0, inventory_quantity: 1 };
    const context = { inventory_mode: true };
    expect((await faultOf(t.odoo.call('stock.quant', 'create', [[vals]], { context }))).message).toBe(
      'You cannot take products from or deliver products to a location of type "view" (WH).',
    );
  });
});

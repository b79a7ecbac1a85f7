/** What a product has in stock, and what orders and deliveries make of it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Struct } from '../support/odoo-wire.ts';
import {
  goods,
  openStock,
  order,
  quantities,
  reserved,
  shelf,
  stock,
  t,
  validate,
  warehouse,
} from '../support/stock.ts';

beforeAll(openStock);
afterAll(() => t.close());

describe('quantities', () => {
  it('may be asked for a place, a warehouse or everywhere', async () => {
    const product = await goods();
    await stock([product, 10]);
    const { view_location_id: view } = await t.odoo.one('stock.warehouse', warehouse, ['view_location_id']);
    for (const context of [
      ...[{}, { location: shelf }, { location: [shelf] }, { location: (view as number[])[0] ?? 0 }],
      ...[{ warehouse_id: warehouse }, { warehouse_id: [warehouse] }],
    ] as Struct[]) {
      expect(await quantities(product, context)).toEqual([10, 0, 0, 10, 10]);
    }
    const [vendors = 0] = await t.odoo.call<number[]>('stock.location', 'search', [[['usage', '=', 'supplier']]]);
    expect(await quantities(product, { location: vendors })).toEqual([0, 0, 0, 0, 0]);
  });

  it('of a template are those of its variants', async () => {
    const product = await goods();
    await stock([product, 3]);
    const domain = [['product_variant_ids', 'in', [product]]];
    const fields = ['qty_available', 'virtual_available', 'outgoing_qty'];
    expect(await t.odoo.call('product.template', 'search_read', [domain, fields])).toMatchObject([
      { qty_available: 3, virtual_available: 3, outgoing_qty: 0 },
    ]);
  });

  it('follow an order from its confirmation to its delivery', async () => {
    const [a, b, loose] = [await goods(), await goods(), await goods({})];
    await stock([a, 21]);
    const { delivery } = await order([a, 4], [b, 9], [loose, 2]);
    expect(await quantities(a)).toEqual([21, 4, 0, 17, 17]);
    expect(await quantities(b)).toEqual([0, 9, 0, -9, 0]);
    expect(await quantities(loose)).toEqual([0, 2, 0, -2, 0]);
    expect(await reserved(delivery)).toEqual([
      [4, 'assigned'],
      [0, 'confirmed'],
      [2, 'assigned'],
    ]);
    const moves = await t.odoo.call<number[]>('stock.move', 'search', [[['picking_id', '=', delivery]]]);
    await t.odoo.write('stock.picking', [delivery], {
      move_ids: moves.map((move) => [1, move, { quantity: 2, picked: true }]),
    });
    await validate(delivery);
    expect(await quantities(a)).toEqual([19, 2, 0, 17, 17]);
    expect(await quantities(b)).toEqual([-2, 7, 0, -9, -2]);
    expect(await quantities(loose)).toEqual([0, 0, 0, 0, 0]);
  });

  it('do not count drafts, and forget what is cancelled', async () => {
    const product = await goods();
    await stock([product, 5]);
    const { id } = await order([product, 4]);
    await t.odoo.call('sale.order', 'action_cancel', [[id]], { context: { disable_cancel_warning: true } });
    expect(await quantities(product)).toEqual([5, 0, 0, 5, 5]);
    await t.odoo.call('sale.order', 'action_draft', [[id]]);
    expect(await quantities(product)).toEqual([5, 0, 0, 5, 5]);
  });

  it('expect a return before it is there', async () => {
    const product = await goods();
    await stock([product, 5]);
    const { delivery } = await order([product, 3]);
    await validate(delivery);
    const [move = 0] = await t.odoo.call<number[]>('stock.move', 'search', [[['picking_id', '=', delivery]]]);
    const wizard = await t.odoo.create('stock.return.picking', {
      picking_id: delivery,
      product_return_moves: [[0, 0, { product_id: product, quantity: 2, move_id: move }]],
    });
    const { res_id: back } = await t.odoo.call<Struct>('stock.return.picking', 'action_create_returns', [[wizard]]);
    expect(await quantities(product)).toEqual([2, 0, 2, 4, 2]);
    await validate(Number(back));
    expect(await quantities(product)).toEqual([4, 0, 0, 4, 4]);
  });
});

describe('orders that want the same goods', () => {
  it('get them in turn, and again when a count changes', async () => {
    const product = await goods();
    await stock([product, 20]);
    const [first, second] = [await order([product, 15]), await order([product, 10])];
    const got = async () => [...(await reserved(first.delivery)), ...(await reserved(second.delivery))];
    expect(await got()).toEqual([
      [15, 'assigned'],
      [5, 'partially_available'],
    ]);
    await stock([product, 12]);
    expect(await got()).toEqual([
      [12, 'partially_available'],
      [0, 'confirmed'],
    ]);
    expect(await quantities(product)).toEqual([12, 25, 0, -13, 0]);
    await stock([product, 100]);
    expect(await got()).toEqual([
      [15, 'assigned'],
      [10, 'assigned'],
    ]);
  });

  it('are not served by a cancelled one until somebody checks', async () => {
    const product = await goods();
    await stock([product, 16]);
    const [first, second] = [await order([product, 15]), await order([product, 10])];
    await t.odoo.call('sale.order', 'action_cancel', [[first.id]], { context: { disable_cancel_warning: true } });
    expect(await reserved(second.delivery)).toEqual([[1, 'partially_available']]);
    expect(await quantities(product)).toEqual([16, 10, 0, 6, 15]);
    await t.odoo.call('stock.picking', 'action_assign', [[second.delivery]]);
    expect(await reserved(second.delivery)).toEqual([[10, 'assigned']]);
  });
});

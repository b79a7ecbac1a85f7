import { expect, test } from 'vitest';
import { faultOf } from '../support/odoo-wire.ts';
import { raw, tellStory } from './story.ts';

tellStory(16, ['sale.order', 'locked']);

const anOrder = async () => {
  const partner = await raw.create('res.partner', { name: 'Buyer' });
  const product = await raw.create('product.product', { name: 'Lamp' });
  const line = [0, 0, { product_id: product, product_uom_qty: 2, price_unit: 10 }];
  return raw.create('sale.order', { partner_id: partner, order_line: [line] });
};
const stateOf = async (id: number) => (await raw.one('sale.order', id, ['state'])).state;
const quietly = (method: string, id: number) => raw.call('sale.order', method, [[id]]).catch(() => undefined);

test('16 locks by a state, and unlocking makes any order a confirmed one', async () => {
  const id = await anOrder();
  await raw.call('sale.order', 'action_confirm', [[id]]);
  const { code, lastLine } = await faultOf(raw.call('sale.order', 'action_lock', [[id]]));
  expect([code, lastLine]).toEqual([1, expect.stringContaining('AttributeError')]);
  await quietly('action_done', id);
  expect(await stateOf(id)).toBe('done');
  const context = { disable_cancel_warning: true };
  await raw.call('sale.order', 'action_cancel', [[id]], { context });
  expect(await stateOf(id)).toBe('cancel');
  await quietly('action_unlock', id);
  expect(await stateOf(id)).toBe('sale');
});

test('16 confirms again what is confirmed', async () => {
  const id = await anOrder();
  await raw.call('sale.order', 'action_confirm', [[id]]);
  await raw.write('sale.order', [id], { date_order: '2026-01-02 03:04:05' });
  expect(await raw.call('sale.order', 'action_confirm', [[id]])).toBe(true);
  expect(await raw.one('sale.order', id, ['date_order'])).not.toMatchObject({ date_order: '2026-01-02 03:04:05' });
});

test('16 moves nothing that no quantity was written of, and says yes', async () => {
  const id = await anOrder();
  await raw.call('sale.order', 'action_confirm', [[id]]);
  const { picking_ids } = (await raw.one('sale.order', id, ['picking_ids'])) as { picking_ids: number[] };
  const validate = (context = {}) => raw.call('stock.picking', 'button_validate', [picking_ids], { context });
  expect(await validate()).toMatchObject({ res_model: 'stock.immediate.transfer' });
  expect(await validate({ skip_immediate: true })).toMatchObject({ res_model: 'stock.backorder.confirmation' });
  const quiet = { skip_immediate: true, skip_backorder: true };
  expect(await validate(quiet)).toBe(true);
  const [picking = 0] = picking_ids;
  expect(await raw.one('stock.picking', picking, ['state'])).not.toMatchObject({ state: 'done' });
  const moves = await raw.call<number[]>('stock.move', 'search', [[['picking_id', '=', picking]]]);
  await raw.write('stock.move', moves, { quantity_done: 2 });
  await validate(quiet);
  expect(await raw.one('stock.picking', picking, ['state'])).toMatchObject({ state: 'done' });
});

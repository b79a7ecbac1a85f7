import { expect, test } from 'vitest';
import { faultOf } from '../support/odoo-wire.ts';
import { rig } from '../support/pipeline.ts';
import { raw, tellStory } from './story.ts';

tellStory(17, ['product.template', 'is_storable']);

test('17 asks before it cancels', async () => {
  const partner = await raw.create('res.partner', { name: 'Buyer' });
  const id = await raw.create('sale.order', { partner_id: partner });
  await raw.call('sale.order', 'action_confirm', [[id]]);
  const asked = await raw.call('sale.order', 'action_cancel', [[id]]);
  expect(asked).toMatchObject({ type: 'ir.actions.act_window', res_model: 'sale.order.cancel' });
  expect(await raw.one('sale.order', id, ['state'])).toMatchObject({ state: 'sale' });
});

test('17 has one word for the kind of a product, and says whether prices include a tax', async () => {
  const chair = await raw.create('product.product', { name: 'Chair', detailed_type: 'product' });
  const fields = ['detailed_type', 'type'];
  expect(await raw.one('product.product', chair, fields)).toMatchObject({ detailed_type: 'product' });
  const tax = await raw.create('account.tax', { name: `Levy ${rig.tag}`, amount: 7, price_include: true });
  expect(await raw.one('account.tax', tax, ['price_include'])).toMatchObject({ price_include: true });
});

test('17 returns goods by another method', async () => {
  const { code, lastLine } = await faultOf(raw.call('stock.return.picking', 'action_create_returns', [[1]]));
  expect([code, lastLine]).toEqual([1, expect.stringContaining('AttributeError')]);
});

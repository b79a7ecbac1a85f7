import { expect, test } from 'vitest';
import { raw, tellStory } from './story.ts';

tellStory(18, ['sale.order.line', 'tax_ids']);

test('18 asks before it cancels', async () => {
  const partner = await raw.create('res.partner', { name: 'Buyer' });
  const id = await raw.create('sale.order', { partner_id: partner });
  await raw.call('sale.order', 'action_quotation_sent', [[id]]).catch(() => undefined);
  const asked = await raw.call('sale.order', 'action_cancel', [[id]]);
  expect(asked).toMatchObject({ type: 'ir.actions.act_window', res_model: 'sale.order.cancel' });
  expect(await raw.one('sale.order', id, ['state'])).toMatchObject({ state: 'sent' });
});

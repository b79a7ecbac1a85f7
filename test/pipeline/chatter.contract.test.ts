import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ windowSeconds: 1 });
});
afterAll(() => rig?.stop());

/** Whether there is something in the chatter of a new contact, of a product and of an order. */
async function hasMessage(id: string): Promise<unknown[]> {
  const customer = aCustomer({ email: `chatter.${id}.${rig.tag}@example.com` });
  const model = `chatter-${id}-${rig.tag}`;
  await rig.sync([anEvent('product', id, aProduct({ model }))]);
  await rig.sync([anEvent('order', id, anOrder({ orderId: id, customer }))]);
  const found = await Promise.all([
    rig.odoo.searchRead('res.partner', [['email', '=', customer.email]], ['has_message']),
    rig.odoo.searchRead('product.template', [['default_code', '=', model]], ['has_message']),
    rig.odoo.searchRead('sale.order', [['partner_id.email', '=', customer.email]], ['has_message']),
  ]);
  return found.map(([record]) => record?.has_message);
}

test('Odoo keeps a history of what the connector does', async () => {
  expect(await hasMessage('1')).toEqual([true, true, true]);
});

test('where nobody wants one it writes nothing into the chatter', async () => {
  await rig.configure({ chatter: false });
  expect(await hasMessage('2')).toEqual([false, false, false]);
});

/** What somebody deletes in Odoo while the store goes on: found by `npm run chaos`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { email, guestOrder, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent } from '../support/snapshots.ts';

beforeAll(openRig, 60_000);
afterAll(() => rig?.stop());

describe('a customer who was deleted in Odoo', () => {
  test('and comes back with an order has all addresses again when the customer changes', async () => {
    const addresses = ['1 Home Rd', '2 Work Rd'].map((address1, index) => ({
      ...anAddress({ address1 }),
      addressId: `50${index}`,
    }));
    const customer = aCustomer({ email: email('gone'), addresses });
    await rig.sync([anEvent('customer', '50', customer)]);
    const [before] = await partners(email('gone'));
    await rig.odoo.call('res.partner', 'unlink', [[before?.id as number]]);

    const there = anAddress({ address1: '3 Third Rd' });
    await guestOrder('500', email('gone'), { customerId: '50', paymentAddress: there, shippingAddress: there });
    await rig.sync([anEvent('customer', '50', { ...customer, telephone: '+1 555 0199' })]);

    const [after] = await partners(email('gone'));
    const children = await rig.odoo.read('res.partner', after?.child_ids as number[], ['street']);
    expect(children.map(({ street }) => street).sort()).toEqual(['1 Home Rd', '2 Work Rd', '3 Third Rd']);
  });
});

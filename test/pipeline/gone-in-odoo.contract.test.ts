/** What somebody deletes in Odoo while the store goes on: found by `npm run chaos`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy } from '../../infra/local/chaos/proxy.ts';
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

  test('has all addresses again although Odoo failed just when the contact was back', async () => {
    const addresses = ['1 Broken Rd', '2 Broken Rd'].map((address1, index) => ({
      ...anAddress({ address1 }),
      addressId: `51${index}`,
    }));
    const customer = aCustomer({ email: email('broken'), addresses });
    await rig.sync([anEvent('customer', '51', customer)]);
    const [before] = await partners(email('broken'));
    await rig.odoo.call('res.partner', 'unlink', [[before?.id as number]]);

    const { url } = rig.credentials;
    let loads = 0;
    const proxy = await startProxy({
      target: () => url,
      before: async (body) => {
        if (body.includes('<string>load</string>')) loads += 1;
        else if (loads > 0) {
          loads = Number.NEGATIVE_INFINITY;
          return { name: 'unavailable', passed: 0, gets: { status: 502, type: 'text/html', body: '' } };
        }
        return undefined;
      },
    });
    try {
      await rig.configure({ odooUrl: proxy.url, transport: 'xmlrpc' });
      await rig.sync([anEvent('customer', '51', { ...customer, telephone: '+1 555 0177' })]);
      expect(loads).toBe(Number.NEGATIVE_INFINITY);
    } finally {
      await rig.configure({ odooUrl: url });
      await proxy.stop();
    }

    const [after] = await partners(email('broken'));
    const children = await rig.odoo.read('res.partner', after?.child_ids as number[], ['street']);
    expect(children.map(({ street }) => street).sort()).toEqual(['1 Broken Rd', '2 Broken Rd']);
  });
});

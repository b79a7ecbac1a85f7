/** What somebody deletes in Odoo while the store goes on: found by `npm run chaos`. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy } from '../../infra/local/chaos/proxy.ts';
import { readMappings } from '../../lib/store/mappings.ts';
import { email, guestOrder, openRig, orderInOdoo, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

/** A customer of these addresses, whose contact was deleted in Odoo after it had been synced. */
async function deletedInOdoo(recordId: string, name: string, streets: readonly string[]) {
  const addresses = streets.map((address1, index) => ({
    ...anAddress({ address1 }),
    addressId: `${recordId}${index}`,
  }));
  const customer = aCustomer({ email: email(name), addresses });
  await rig.sync([anEvent('customer', recordId, customer)]);
  const [contact] = await partners(email(name));
  await rig.odoo.call('res.partner', 'unlink', [[contact?.id as number]]);
  return customer;
}

async function streetsOf(name: string) {
  const [contact] = await partners(email(name));
  const children = await rig.odoo.read('res.partner', contact?.child_ids as number[], ['street']);
  return children.map(({ street }) => street).sort();
}

describe('a customer who was deleted in Odoo', () => {
  test('and comes back with an order has all addresses again when the customer changes', async () => {
    const customer = await deletedInOdoo('50', 'gone', ['1 Home Rd', '2 Work Rd']);
    const there = anAddress({ address1: '3 Third Rd' });
    await guestOrder('500', email('gone'), { customerId: '50', paymentAddress: there, shippingAddress: there });
    await rig.sync([anEvent('customer', '50', { ...customer, telephone: '+1 555 0199' })]);
    expect(await streetsOf('gone')).toEqual(['1 Home Rd', '2 Work Rd', '3 Third Rd']);
  });

  test('and comes back with an order to an address of the address book has that address', async () => {
    await deletedInOdoo('53', 'known', ['1 Known Rd', '2 Known Rd']);
    const there = anAddress({ address1: '1 Known Rd' });
    await guestOrder('530', email('known'), { customerId: '53', paymentAddress: there, shippingAddress: there });
    expect(await streetsOf('known')).toEqual(['1 Known Rd']);
    const [contact] = await partners(email('known'));
    const { partner_shipping_id: shipping } = await orderInOdoo('530');
    expect(contact?.child_ids).toEqual([(shipping as [number, string])[0]]);
  });

  test('and has no address any more is known by the new contact', async () => {
    const customer = await deletedInOdoo('52', 'bare', ['1 Bare Rd']);
    await rig.sync([anEvent('customer', '52', { ...customer, telephone: '+1 555 0188', addresses: [] })]);
    const [contact] = await partners(email('bare'));
    const mappings = await readMappings(rig.connection, [{ entity: 'customer', recordId: '52' }]);
    expect(mappings.get('customer/52')?.odooId).toBe(contact?.id);
  });

  test('has all addresses again although Odoo failed just when the contact was back', async () => {
    const customer = await deletedInOdoo('51', 'broken', ['1 Broken Rd', '2 Broken Rd']);
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

    expect(await streetsOf('broken')).toEqual(['1 Broken Rd', '2 Broken Rd']);
  });
});

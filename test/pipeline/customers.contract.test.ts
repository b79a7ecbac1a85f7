/** Customers, guests and their addresses. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { contact, email, guestOrder, openRig, partners, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

describe('a customer', () => {
  test('that Odoo has already is adopted by e-mail, whatever its case, and brought up to date', async () => {
    const existing = await rig.odoo.call('res.partner', 'create', [
      { name: 'Z. M.', email: email('Adopted').toUpperCase() },
    ]);
    await rig.sync([anEvent('customer', '1', aCustomer({ email: email('adopted'), telephone: '+1 555 0123' }))]);
    const found = await partners(email('adopted'));
    expect(found).toMatchObject([{ id: [existing].flat()[0], name: 'Zoë Müller', phone: '+1 555 0123' }]);
    const { logs } = await rig.logs({ entity: 'customer', record: '1' });
    expect(logs[0]?.code).toBe('ADOPTED');
  });

  test('has the company and tax id that the store knows, and keeps what it does not ask for', async () => {
    const customer = (over: object) => aCustomer({ email: email('business'), ...over });
    await rig.sync([anEvent('customer', '7', customer({ company: 'Müller & Co', vat: 'BE0477472701' }))]);
    const read = async () => {
      const [found] = await partners(email('business'));
      return (await rig.odoo.read('res.partner', [found?.id as number], ['company_name', 'vat', 'phone']))[0];
    };
    expect(await read()).toMatchObject({ company_name: 'Müller & Co', vat: 'BE0477472701' });
    await rig.sync([anEvent('customer', '7', customer({ telephone: '+1 555 0199' }))]);
    expect(await read()).toMatchObject({ company_name: 'Müller & Co', vat: 'BE0477472701', phone: '+1 555 0199' });
  });

  test('without a name goes by its e-mail address', async () => {
    await rig.sync([anEvent('customer', '2', aCustomer({ email: email('noname'), firstName: '', lastName: ' ' }))]);
    expect(await partners(email('noname'))).toMatchObject([{ name: email('noname') }]);
  });

  test('that is changed is updated, not made again', async () => {
    await rig.sync([anEvent('customer', '3', aCustomer({ email: email('changed') }))]);
    await rig.sync([anEvent('customer', '3', aCustomer({ email: email('changed'), lastName: 'Maier' }))]);
    expect(await partners(email('changed'))).toMatchObject([{ name: 'Zoë Maier' }]);
  });

  test('whose record was deleted in Odoo is made again', async () => {
    await rig.sync([anEvent('customer', '4', aCustomer({ email: email('deleted') }))]);
    const [first] = await partners(email('deleted'));
    await rig.odoo.call('res.partner', 'unlink', [[first?.id as number]]);
    await rig.sync([anEvent('customer', '4', aCustomer({ email: email('deleted'), lastName: 'Again' }))]);
    expect(await partners(email('deleted'))).toMatchObject([{ name: 'Zoë Again' }]);
  });

  test('with characters that XML cannot carry does not stop its neighbours', async () => {
    const bad = aCustomer({ email: email('control'), firstName: 'Zo\u0001\ud800ë' });
    const events = [anEvent('customer', '5', bad), anEvent('customer', '6', aCustomer({ email: email('neighbour') }))];
    await rig.sync(events);
    expect(await partners(email('neighbour'))).toHaveLength(1);
    expect(await partners(email('control'))).toMatchObject([{ name: 'Zo\ufffdë Müller' }]);
  });
});

test.each(['a/b', 'john#1', 'x=y', 'a~b', "o'brien"])(
  '%s@… is an e-mail address, as OpenCart takes it',
  async (local) => {
    const address = `${local}.${rig.tag}@example.com`;
    await rig.sync([anEvent('customer', `mail ${local}`, aCustomer({ email: address }))]);
    await rig.sync([anEvent('customer', `again ${local}`, aCustomer({ email: address }))]);
    expect(await partners(address)).toHaveLength(1);
  },
);

describe('guests', () => {
  test('of one e-mail address are one partner, also once they have an account', async () => {
    const first = await guestOrder('100', email('guest'));
    const second = await guestOrder('101', email('GUEST'));
    expect(second.partner).toBe(first.partner);
    await rig.sync([anEvent('customer', '20', aCustomer({ email: email('guest'), firstName: 'Ada' }))]);
    expect(await partners(email('guest'))).toMatchObject([{ id: first.partner, name: 'Ada Müller' }]);
  });
});

test('a guest who orders under an address that a customer has given up is somebody else', async () => {
  const former = email('former');
  const first = await guestOrder('150', former);
  await rig.sync([anEvent('customer', '60', aCustomer({ email: former }))]);
  await rig.sync([anEvent('customer', '60', aCustomer({ email: email('current'), firstName: 'Ada' }))]);
  await guestOrder('151', former, { customer: aCustomer({ email: former, firstName: 'Other' }) });
  expect(await partners(email('current'))).toMatchObject([{ id: first.partner, name: 'Ada Müller' }]);
});

test('who was deleted and registers anew is active again', async () => {
  const address = email('again');
  await rig.sync([anEvent('customer', '61', aCustomer({ email: address }))]);
  await rig.sync([anEvent('customer', '61', {}, { action: 'delete' })]);
  expect(await partners(address)).toEqual([]);
  await rig.sync([anEvent('customer', '62', aCustomer({ email: address }))]);
  expect(await partners(address)).toHaveLength(1);
});

test('a guest and the account opened right afterwards are one partner, also when both orders arrive together', async () => {
  const customer = aCustomer({ email: email('both') });
  const known = { products: { '28': aProduct({ model: sku('kettle') }) } };
  await rig.sync([
    anEvent('order', '130', { ...anOrder({ orderId: '130', customer }), ...known }),
    anEvent('order', '131', { ...anOrder({ orderId: '131', customerId: '40', customer }), ...known }),
  ]);
  const found = await partners(email('both'));
  expect(found).toHaveLength(1);
  expect(found[0]?.child_ids).toHaveLength(1);
});

describe('an address', () => {
  test('that is written twice is one contact', async () => {
    const same = anAddress({ address1: ' 1 MARKET ST ', city: 'san francisco' });
    const order = await guestOrder('110', email('twice'), { shippingAddress: same });
    expect(order.shipping).toBe(order.invoice);
  });

  test('of the address book and of an order is one contact', async () => {
    const addresses = [{ ...anAddress(), addressId: '30' }];
    await rig.sync([anEvent('customer', '30', aCustomer({ email: email('book'), addresses }))]);
    const [customer] = await partners(email('book'));
    const order = await guestOrder('111', email('book'), { customerId: '30' });
    expect(customer?.child_ids).toEqual([order.shipping]);
  });

  test('that changes becomes another contact: the order that used it keeps its own', async () => {
    const customer = (address1: string) =>
      aCustomer({ email: email('moved'), addresses: [{ ...anAddress({ address1 }), addressId: '31' }] });
    await rig.sync([anEvent('customer', '31', customer('1 Old Rd'))]);
    const order = await guestOrder('112', email('moved'), {
      customerId: '31',
      shippingAddress: anAddress({ address1: '1 Old Rd' }),
    });
    await rig.sync([anEvent('customer', '31', customer('2 New Rd'))]);
    expect(await contact(order.shipping)).toMatchObject({ street: '1 Old Rd', active: false });
    const [found] = await partners(email('moved'));
    const streets = await rig.odoo.read('res.partner', found?.child_ids as number[], ['street']);
    expect(streets.map((one) => one.street).sort()).toEqual(['1 Market St', '2 New Rd']);
  });

  test('that the customer deletes is archived, and comes back when it is entered again', async () => {
    const customer = (...streets: string[]) =>
      aCustomer({
        email: email('fewer'),
        addresses: streets.map((address1, index) => ({ ...anAddress({ address1 }), addressId: `33${index}` })),
      });
    await rig.sync([anEvent('customer', '33', customer('1 Stays', '2 Goes'))]);
    const streets = async () => {
      const [found] = await partners(email('fewer'));
      const children = await rig.odoo.read('res.partner', found?.child_ids as number[], ['street']);
      return children.map((one) => one.street).sort();
    };
    expect(await streets()).toEqual(['1 Stays', '2 Goes']);
    await rig.sync([anEvent('customer', '33', customer('1 Stays'))]);
    expect(await streets()).toEqual(['1 Stays']);
    await rig.sync([anEvent('customer', '33', customer('1 Stays', '2 Goes'))]);
    expect(await streets()).toEqual(['1 Stays', '2 Goes']);
  });

  test('that changes into one that an order went to is that one', async () => {
    const customer = (address1: string) =>
      aCustomer({ email: email('became'), addresses: [{ ...anAddress({ address1 }), addressId: '32' }] });
    await rig.sync([anEvent('customer', '32', customer('3 First Rd'))]);
    const shippingAddress = anAddress({ address1: '4 Second Rd' });
    await guestOrder('116', email('became'), { customerId: '32', shippingAddress, paymentAddress: shippingAddress });
    await rig.sync([anEvent('customer', '32', customer('4 Second Rd'))]);
    const [found] = await partners(email('became'));
    const streets = await rig.odoo.read('res.partner', found?.child_ids as number[], ['street']);
    expect(streets.map((one) => one.street)).toEqual(['4 Second Rd']);
  });

  // Found by npm run chaos.
  test('that an order went to stays one contact: in the address book, changed there, and ordered to as a guest', async () => {
    const ordered = anAddress({ address1: '5 Fifth Ave' });
    const to = { paymentAddress: ordered, shippingAddress: ordered };
    const first = await guestOrder('117', email('once'), { customerId: '34', ...to });
    const customer = (address2: string) =>
      aCustomer({ email: email('once'), addresses: [{ ...ordered, address2, addressId: '340' }] });
    await rig.sync([anEvent('customer', '34', customer(''))]);
    await rig.sync([anEvent('customer', '34', customer('Floor 2'))]);
    const again = await guestOrder('118', email('once'), to);
    expect(again).toEqual(first);
  });

  test('is in the state of that name, whatever its code means in Odoo', async () => {
    const shippingAddress = anAddress({ countryCode: 'ES', zoneCode: 'MA', zoneName: 'Madrid' });
    const order = await guestOrder('115', email('madrid'), { shippingAddress });
    const [found] = await rig.odoo.read('res.partner', [order.shipping], ['state_id']);
    expect(String(found?.state_id)).toContain('Madrid');
  });

  test('of a company says so in its name', async () => {
    const shippingAddress = anAddress({ company: 'Analytical Engines Ltd' });
    const order = await guestOrder('114', email('company'), { shippingAddress });
    const [found] = await rig.odoo.read('res.partner', [order.shipping], ['name']);
    expect(found?.name).toBe('Analytical Engines Ltd, Zoë Müller');
    expect(order.shipping).not.toBe(order.invoice);
  });

  test('in a country or state that Odoo does not know is synced without it', async () => {
    const shippingAddress = anAddress({ countryCode: 'ZZ', zoneCode: 'QQ', zoneName: 'Nowhere' });
    const order = await guestOrder('113', email('nowhere'), { shippingAddress });
    const [found] = await rig.odoo.read('res.partner', [order.shipping], ['country_id', 'state_id', 'street']);
    expect(found).toMatchObject({ country_id: false, state_id: false, street: '1 Market St' });
  });
});

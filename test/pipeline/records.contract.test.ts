import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anAddress, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig?.stop());

const email = (name: string) => `${name}.${rig.tag}@example.com`;
const sku = (name: string) => `${name}-${rig.tag}`;

const partners = (address: string) =>
  rig.odoo.searchRead(
    'res.partner',
    [
      ['email_normalized', '=', address.toLowerCase()],
      ['type', '=', 'contact'],
    ],
    ['name', 'phone', 'child_ids'],
  );
const products = (code: string) =>
  rig.odoo.searchRead('product.product', [['default_code', '=', code]], ['name', 'list_price', 'active'], {
    archived: true,
  });
const contact = async (id: number) =>
  (await rig.odoo.read('res.partner', [id], ['street', 'zip', 'active', 'parent_id']))[0] as Record<string, unknown>;

async function guestOrder(orderId: string, address: string, over: object = {}) {
  const order = anOrder({ orderId, customer: aCustomer({ email: address }), ...over });
  const products = { '28': aProduct({ model: sku('kettle') }) };
  await rig.sync([anEvent('order', orderId, { ...order, products })]);
  const origin = `OpenCart ${rig.connection} #${orderId}`;
  const fields = ['partner_id', 'partner_shipping_id', 'partner_invoice_id'];
  const [found] = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
  const idOf = (value: unknown) => (value as [number, string])[0];
  return {
    partner: idOf(found?.partner_id),
    shipping: idOf(found?.partner_shipping_id),
    invoice: idOf(found?.partner_invoice_id),
  };
}

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
    expect(await contact(order.shipping)).toMatchObject({ street: '1 Old Rd' });
    const [found] = await partners(email('moved'));
    const streets = await rig.odoo.read('res.partner', found?.child_ids as number[], ['street']);
    expect(streets.map((one) => one.street)).toContain('2 New Rd');
  });

  test('that changes into one that an order went to is that one', async () => {
    const customer = (address1: string) =>
      aCustomer({ email: email('became'), addresses: [{ ...anAddress({ address1 }), addressId: '32' }] });
    await rig.sync([anEvent('customer', '32', customer('3 First Rd'))]);
    const shippingAddress = anAddress({ address1: '4 Second Rd' });
    await guestOrder('116', email('became'), { customerId: '32', shippingAddress, paymentAddress: shippingAddress });
    await rig.sync([anEvent('customer', '32', customer('4 Second Rd'))]);
    const [found] = await partners(email('became'));
    expect(found?.child_ids).toHaveLength(2);
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

describe('a product', () => {
  test('that Odoo has already is adopted by SKU before model', async () => {
    const [bySku] = [
      await rig.odoo.call('product.product', 'create', [{ name: 'S', default_code: sku('by-sku') }]),
    ].flat();
    await rig.odoo.call('product.product', 'create', [{ name: 'M', default_code: sku('by-model') }]);
    await rig.sync([anEvent('product', '1', aProduct({ sku: sku('by-sku'), model: sku('by-model') }))]);
    expect(await products(sku('by-sku'))).toMatchObject([{ id: bySku, name: 'Kettle', list_price: 40 }]);
    expect(await products(sku('by-model'))).toMatchObject([{ name: 'M' }]);
  });

  test('is not taken for another one of the same model', async () => {
    await rig.sync([anEvent('product', '2', aProduct({ model: sku('twins') }))]);
    await rig.sync([anEvent('product', '3', aProduct({ model: sku('twins'), price: '50.0000' }))]);
    expect((await products(sku('twins'))).map((one) => one.list_price).sort()).toEqual([40, 50]);
  });

  test('that is disabled in the store is archived, and comes back', async () => {
    await rig.sync([anEvent('product', '4', aProduct({ model: sku('off') }))]);
    await rig.sync([anEvent('product', '4', aProduct({ model: sku('off'), active: false }))]);
    expect(await products(sku('off'))).toMatchObject([{ active: false }]);
    await rig.sync([anEvent('product', '4', aProduct({ model: sku('off') }))]);
    expect(await products(sku('off'))).toMatchObject([{ active: true }]);
  });

  test('that was deleted in Odoo is made again when an order needs it', async () => {
    const order = (orderId: string) => {
      const base = anOrder({ orderId, customer: aCustomer({ email: email('needs') }) });
      const lines = base.lines.map((line) => ({ ...line, productId: '5', model: sku('needed') }));
      return { ...base, lines, products: { '5': aProduct({ model: sku('needed') }) } };
    };
    await rig.sync([anEvent('product', '5', aProduct({ model: sku('needed') }))]);
    const [before] = await products(sku('needed'));
    await rig.odoo.call('product.product', 'unlink', [[before?.id as number]]);
    await rig.sync([anEvent('order', '120', order('120'))]);
    const [after] = await products(sku('needed'));
    expect(after?.id).not.toBe(before?.id);
    const origin = `OpenCart ${rig.connection} #120`;
    expect(await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], ['state'])).toMatchObject([
      { state: 'sale' },
    ]);
  });
});

describe('what the store deletes', () => {
  const remove = (entity: string, recordId: string, over: object = {}) =>
    anEvent(entity, recordId, {}, { action: 'delete', ...over });

  test('is archived in Odoo, and comes back with a newer event', async () => {
    await rig.sync([anEvent('product', '9', aProduct({ model: sku('keep') }))]);
    expect(await rig.sync([remove('product', '9')])).toEqual(['product.product.write']);
    expect(await products(sku('keep'))).toMatchObject([{ active: false }]);
    const { logs } = await rig.logs({ entity: 'product', record: '9', code: 'ARCHIVED' });
    expect(logs).toHaveLength(1);
    expect(await rig.sync([remove('product', '9')])).toEqual(['product.product.write']);
    await rig.sync([anEvent('product', '9', aProduct({ model: sku('keep') }))]);
    expect(await products(sku('keep'))).toMatchObject([{ active: true }]);
  });

  test('takes one call for many', async () => {
    const ids = ['200', '201', '202', '203'];
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(`gone${id}`) }))));
    expect(await rig.sync(ids.map((id) => remove('customer', id)))).toEqual(['res.partner.write']);
    for (const id of ids) expect(await partners(email(`gone${id}`))).toEqual([]);
  });

  test('does not come back with an older event that is late, known or not', async () => {
    await rig.sync([remove('product', '90', { sequence: 90_000 })]);
    expect(await rig.sync([anEvent('product', '90', aProduct({ model: sku('late') }), { sequence: 80_000 })])).toEqual(
      [],
    );
    expect(await products(sku('late'))).toEqual([]);
  });

  test('and Odoo has deleted too is no failure', async () => {
    await rig.sync([anEvent('product', '91', aProduct({ model: sku('both') }))]);
    const [found] = await products(sku('both'));
    await rig.odoo.call('product.product', 'unlink', [[found?.id as number]]);
    await rig.sync([remove('product', '91')]);
    expect((await rig.logs({ entity: 'product', record: '91', level: 'error' })).logs).toEqual([]);
  });

  test('is cancelled if it is an order', async () => {
    await guestOrder('140', email('cancel'));
    await rig.sync([remove('order', '140')]);
    const origin = `OpenCart ${rig.connection} #140`;
    expect(await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], ['state'])).toMatchObject([
      { state: 'cancel' },
    ]);
  });

  test('stays if the settings say so', async () => {
    await rig.configure({ deletePolicies: { customer: 'keep' } });
    await expect
      .poll(
        async () => {
          const id = `k${Math.random().toString(36).slice(2)}`;
          await rig.sync([anEvent('customer', id, aCustomer({ email: email(id) }))]);
          return rig.sync([remove('customer', id)]);
        },
        { timeout: 15_000 },
      )
      .toEqual([]);
    await rig.configure({});
  });
});

describe('a category', () => {
  const names = (name: string) => [{ languageCode: 'en-gb', name: `${name} ${rig.tag}` }];
  const categories = (name: string) =>
    rig.odoo.searchRead('product.category', [['name', '=', `${name} ${rig.tag}`]], ['complete_name', 'parent_id']);

  test('comes with its parents, parents first, in one batch whatever the order of the events', async () => {
    const root = anEvent('category', 'r', { names: names('Root') });
    const middle = anEvent('category', 'm', { names: names('Middle'), parentId: 'r' });
    const leaf = anEvent('category', 'l', { names: names('Leaf'), parentId: 'm' });
    await rig.sync([leaf, middle, root]);
    const path = ['Root', 'Middle', 'Leaf'].map((name) => `${name} ${rig.tag}`).join(' / ');
    expect(await categories('Leaf')).toMatchObject([{ complete_name: path }]);
  });

  test('brings its ancestors along, and is renamed and moved', async () => {
    const ancestors = [{ categoryId: 'a', names: names('Above') }];
    await rig.sync([anEvent('category', 'b', { names: names('Below'), parentId: 'a', ancestors })]);
    expect((await categories('Below'))[0]?.complete_name).toBe(`Above ${rig.tag} / Below ${rig.tag}`);
    await rig.sync([anEvent('category', 'b', { names: names('Renamed') })]);
    expect(await categories('Below')).toEqual([]);
    expect(await categories('Renamed')).toMatchObject([{ parent_id: false }]);
  });

  test('that Odoo has already is adopted together with its parent', async () => {
    const top = [await rig.odoo.call('product.category', 'create', [{ name: `Top ${rig.tag}` }])].flat()[0] as number;
    await rig.odoo.call('product.category', 'create', [{ name: `Sub ${rig.tag}`, parent_id: top }]);
    const ancestors = [{ categoryId: 'top', names: names('Top') }];
    await rig.sync([anEvent('category', 'sub', { names: names('Sub'), parentId: 'top', ancestors })]);
    expect(await categories('Sub')).toHaveLength(1);
    expect(await categories('Top')).toHaveLength(1);
  });

  test('that Odoo has already under the same parent is adopted, one under another is not', async () => {
    const [root] = [await rig.odoo.call('product.category', 'create', [{ name: `Known ${rig.tag}` }])].flat();
    await rig.odoo.call('product.category', 'create', [{ name: `Twin ${rig.tag}`, parent_id: root as number }]);
    await rig.sync([
      anEvent('category', 'k', { names: names('Known') }),
      anEvent('category', 't', { names: names('Twin') }),
    ]);
    expect(await categories('Known')).toMatchObject([{ id: root }]);
    expect((await categories('Twin')).map((one) => one.parent_id !== false).sort()).toEqual([false, true]);
  });

  test('waits for a parent that nobody knows, and comes with it', async () => {
    await rig.sync([anEvent('category', 'w', { names: names('Waiting'), parentId: 'later' })]);
    expect((await rig.logs({ entity: 'category', record: 'w' })).logs[0]?.code).toBe('SNAPSHOT_MISSING');
    await rig.sync([anEvent('category', 'later', { names: names('Later') })]);
    await expect.poll(() => categories('Waiting'), { timeout: 15_000 }).toHaveLength(1);
  });

  test('of a product is the product’s', async () => {
    const known = { categoryId: 'p', names: names('Shelf'), ancestors: [] };
    await rig.sync([anEvent('product', '300', aProduct({ model: sku('shelved'), categories: [known] }))]);
    const found = await rig.odoo.searchRead('product.product', [['default_code', '=', sku('shelved')]], ['categ_id']);
    expect(String(found[0]?.categ_id)).toContain(`Shelf ${rig.tag}`);
  });
});

test('a currency that is not active in Odoo is activated', async () => {
  await rig.sync([anEvent('currency', 'SEK', { code: 'SEK' })]);
  const found = await rig.odoo.searchRead('res.currency', [['name', '=', 'SEK']], ['active'], { archived: true });
  expect(found).toMatchObject([{ active: true }]);
});

test('a tax rate that changes is another tax: what was sold with the former keeps it', async () => {
  const rate = (value: string) => ({ taxRateId: '900', name: `Levy ${rig.tag}`, type: 'P', rate: value });
  // Odd enough that no other run of this test has made such a tax.
  const former = `3.${String(Date.now() % 10_000).padStart(4, '0')}`;
  const later = `4.${String(Date.now() % 10_000).padStart(4, '0')}`;
  await rig.sync([anEvent('tax', '900', rate(former))]);
  await rig.sync([anEvent('tax', '900', rate(later))]);
  const found = await rig.odoo.searchRead(
    'account.tax',
    [['amount', 'in', [Number(former), Number(later)]]],
    ['amount'],
  );
  expect(found.map((tax) => tax.amount).sort()).toEqual([Number(former), Number(later)]);
});

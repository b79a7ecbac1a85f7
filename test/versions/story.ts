/**
 * A store's day on an Odoo of an older version: the whole path, from the signed event to the record, through a
 * sandbox that knows the words of that version only. What is looked for is called as the newest Odoo calls it;
 * what is said to the sandbox in its own words is in `raw`.
 */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { OlderVersion } from '../../infra/local/sandbox/versions/recorded.ts';
import { anOption, chosen } from '../support/choices.ts';
import { faultOf, OdooWire } from '../support/odoo-wire.ts';
import { email, linesOf, openRigOf, orderInOdoo, orderOf, partners, rig, sku } from '../support/pipeline.ts';
import { aShirt, orderFor, size, templateOf, variantsOf } from '../support/shirts.ts';
import { aCustomer, anAddress, anEvent, aProduct } from '../support/snapshots.ts';

const statusMapping = { c: 'CONFIRM', p: 'PAID', d: 'DELIVERED', z: 'DONE', x: 'CANCEL' } as const;
const paymentMethod = { code: 'cod.cod', name: 'Cash On Delivery' };

/** The sandbox as it is: nothing is translated. */
export let raw: OdooWire;

const order = (orderId: string, statusId: keyof typeof statusMapping) =>
  anEvent('order', orderId, orderOf('story', { orderId, statusId, paymentMethod }));

async function held(orderId: string) {
  const { id } = await orderInOdoo(orderId);
  const fields = ['state', 'locked', 'invoice_ids', 'picking_ids', 'amount_total', 'date_order'];
  const [found] = await rig.odoo.read('sale.order', [id], fields);
  const moves = ['state', 'payment_state', 'amount_total', 'move_type'];
  const invoices = await rig.odoo.read('account.move', found?.invoice_ids as number[], moves);
  const pickings = await rig.odoo.read('stock.picking', found?.picking_ids as number[], ['state']);
  return { ...found, invoices, pickings };
}

const noErrors = async () => expect((await rig.logs({ level: 'error' })).logs).toEqual([]);
const paid = { state: 'posted', payment_state: expect.stringMatching(/^(paid|in_payment)$/), amount_total: 102 };

/** @param unknown a field of the newest Odoo that this version has not */
export function tellStory(version: OlderVersion, unknown: readonly [model: string, field: string]): void {
  beforeAll(async () => {
    await openRigOf(version);
    await rig.configure({ statusMapping });
    const { user, ...credentials } = rig.credentials;
    raw = await OdooWire.connect({ ...credentials, login: user });
  });
  afterAll(() => rig?.stop());

  test(`it is an Odoo ${version}, and does not know the words of its successors`, async () => {
    expect(await rig.odoo.version()).toBe(`${version}.0`);
    const [model, field] = unknown;
    expect(await raw.call(model, 'fields_get', [[field], ['type']])).toEqual({});
    const { code, lastLine } = await faultOf(raw.call(model, 'search_read', [[], [field]]));
    expect([code, lastLine]).toEqual([1, expect.stringMatching(new RegExp(`^(KeyError|ValueError): .*'${field}'`))]);
    const refused = await faultOf(raw.call(model, 'create', [{ [field]: false }]));
    expect(refused.code).toBe(1);
  });

  test('a customer with an address is a contact', async () => {
    const addresses = [{ ...anAddress(), addressId: 'a1' }];
    await rig.sync([anEvent('customer', '1', aCustomer({ email: email('one'), addresses }))]);
    expect(await partners(email('one'))).toMatchObject([{ name: 'Zoë Müller', child_ids: [expect.any(Number)] }]);
  });

  describe('an order', () => {
    test('goes through its states one by one', async () => {
      await rig.sync([order('1', 'c')]);
      expect(await held('1')).toMatchObject({ state: 'sale', locked: false, invoices: [] });
      expect(await linesOf((await orderInOdoo('1')).id)).toMatchObject([
        { price_unit: 40, tax_ids: [expect.any(Number)] },
        { price_unit: 5, tax_ids: [expect.any(Number)] },
      ]);
      await rig.sync([order('1', 'p')]);
      expect(await held('1')).toMatchObject({ state: 'sale', locked: false, invoices: [paid] });
      await rig.sync([order('1', 'd')]);
      expect(await held('1')).toMatchObject({ state: 'sale', locked: false, pickings: [{ state: 'done' }] });
      await rig.sync([order('1', 'z')]);
      const date = '2026-11-20 18:45:10';
      expect(await held('1')).toMatchObject({ state: 'sale', locked: true, date_order: date, invoices: [paid] });
      await noErrors();
    });

    test('reaches DONE in one event, and again changes nothing', async () => {
      await rig.sync([order('2', 'z')]);
      expect(await held('2')).toMatchObject({ locked: true, invoices: [paid], pickings: [{ state: 'done' }] });
      expect(await rig.sync([order('2', 'z')])).toEqual([]);
      await noErrors();
    });

    test('has an invoice of its own, although its customer has placed others at the same time', async () => {
      await rig.sync(['31', '32', '33'].map((id) => order(id, 'z')));
      const invoices = await Promise.all(['31', '32', '33'].map(async (id) => (await held(id)).invoices));
      expect(invoices).toMatchObject([[paid], [paid], [paid]]);
      expect(new Set(invoices.flat().map(({ id }) => id)).size).toBe(3);
      await noErrors();
    });

    test('that is edited after its confirmation is changed line by line', async () => {
      await rig.sync([order('4', 'c')]);
      const { data, ...event } = order('4', 'c');
      const { lines, totals, ...rest } = data as ReturnType<typeof orderOf>;
      const twice = {
        ...{ ...rest, lines: lines.map((line) => ({ ...line, quantity: 4 })) },
        totals: totals.map((row) => ({ ...row, value: { tax: '33.0000', total: '198.0000' }[row.code] ?? row.value })),
      };
      await rig.sync([{ ...event, data: twice }]);
      expect(await held('4')).toMatchObject({ state: 'sale', amount_total: 198 });
      await noErrors();
    });
  });

  test('an order in a currency of three decimals is closed to the last, though prices have two', async () => {
    const dinars = { currencyCode: 'KWD', currencyDecimals: 3, currencyValue: '0.30700000' };
    await rig.sync([
      anEvent('order', '40', orderOf('dinars', { orderId: '40', statusId: 'z', paymentMethod, ...dinars })),
    ]);
    // 1.535 for shipping is 1.54 there: 31.320.
    expect(await held('40')).toMatchObject({
      locked: true,
      amount_total: 31.314,
      invoices: [{ amount_total: 31.314 }],
    });
    const rounding = (await linesOf((await orderInOdoo('40')).id)).filter(({ name }) => name === 'Rounding');
    expect(rounding).toMatchObject([{ product_uom_qty: 0.1, price_unit: -0.06 }]);
    await noErrors();
  });

  test.each([
    ['new', '50', []],
    ['confirmed', '51', ['c']],
    ['paid', '52', ['p']],
    ['delivered', '53', ['d']],
    ['done', '54', ['z']],
  ] as const)('a cancelled order that was %s ends cancelled, with nothing owed', async (_, orderId, before) => {
    for (const status of before) await rig.sync([order(orderId, status)]);
    await rig.sync([order(orderId, 'x')]);
    const { invoices, pickings, ...found } = await held(orderId);
    expect(found).toMatchObject({ state: 'cancel', locked: false });
    const posted = invoices.filter(({ state }) => state === 'posted');
    const signed = posted.map(
      ({ move_type, amount_total }) => (move_type === 'out_refund' ? -1 : 1) * Number(amount_total),
    );
    expect(signed.reduce((total, one) => total + one, 0)).toBe(0);
    expect(posted.filter(({ payment_state }) => payment_state === 'not_paid')).toEqual([]);
    expect(pickings.filter(({ state }) => state !== 'done' && state !== 'cancel')).toEqual([]);
    await noErrors();
  });

  describe('a product', () => {
    test('with an option gets its variants, and an order of it sells the one that was chosen', async () => {
      const shirt = aShirt('one', [size()], { weightKg: '0.3000' });
      await rig.sync([anEvent('product', 's1', shirt)]);
      const { id } = await templateOf('one');
      expect(await variantsOf(id)).toMatchObject([
        { default_code: `${sku('one')}-L`, lst_price: 42.5, weight: 0.5 },
        { default_code: `${sku('one')}-M`, lst_price: 40, weight: 0.3 },
        { default_code: `${sku('one')}-S`, lst_price: 39, weight: 0.3 },
      ]);
      const sold = orderFor('61', 's1', shirt, [chosen(size(), 'L')], '42.5000', { statusId: 'c' });
      await rig.sync([anEvent('order', '61', sold)]);
      const found = await orderInOdoo('61');
      expect(found).toMatchObject({ state: 'sale', amount_total: 42.5 });
      expect(String((await linesOf(found.id))[0]?.product_id)).toContain('(L)');
      await noErrors();
    });

    test('with ticks has them on the line', async () => {
      const extras = () =>
        anOption('Extras', [{ name: 'Card', price: '3.0000' }, { name: 'Bow' }], { type: 'checkbox' });
      const shirt = aShirt('ticked', [extras()]);
      const sold = orderFor('62', 's2', shirt, [chosen(extras(), 'Card')], '43.0000', { statusId: 'c' });
      await rig.sync([anEvent('product', 's2', shirt), anEvent('order', '62', sold)]);
      expect(await orderInOdoo('62')).toMatchObject({ state: 'sale', amount_total: 43 });
      expect(await variantsOf((await templateOf('ticked')).id)).toHaveLength(1);
      await noErrors();
    });

    test('whose stock is told is counted', async () => {
      await rig.configure({ statusMapping, stockPolicy: 'always' });
      await rig.sync([anEvent('product', 's3', aProduct({ model: sku('counted'), quantity: 7 }))]);
      const fields = ['type', 'is_storable', 'qty_available'];
      const found = await rig.odoo.searchRead('product.product', [['default_code', '=', sku('counted')]], fields);
      expect(found).toMatchObject([{ type: 'consu', is_storable: true, qty_available: 7 }]);
      await noErrors();
    });
  });

  test('an option that the store deletes is archived where Odoo has an archive for it, and stays where not', async () => {
    const snapshot = {
      names: [{ languageCode: 'en-gb', name: `Colour ${rig.tag}` }],
      type: 'select' as const,
      values: [{ optionValueId: 'red', names: [{ languageCode: 'en-gb', name: 'Red' }] }],
    };
    await rig.sync([anEvent('option', 'o1', snapshot)]);
    await rig.sync([anEvent('option', 'o1', {}, { action: 'delete' })]);
    const found = await rig.odoo.searchRead('product.attribute', [['name', '=', `Colour ${rig.tag}`]], ['name']);
    expect(found).toHaveLength(version >= 18 ? 0 : 1);
    await noErrors();
  });
}

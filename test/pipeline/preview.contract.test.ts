/** The plan of a sync, shown instead of applied. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { anOption, chosen } from '../support/choices.ts';
import { previewTogether, syncTogether } from '../support/direct.ts';
import { email, openRig, orderOf, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent, aProduct, type EventInput } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

const READS = /\.(search_read|read|fields_get|get_metadata)$/;

/** Shows a batch, then applies it, and looks whether what was shown is what was done. */
async function shownAndDone(events: readonly EventInput[]) {
  const { calls, preview } = await previewTogether(events);
  expect(calls.filter((call) => !READS.test(call))).toEqual([]);
  const again = await previewTogether(events);
  expect(again.preview.fingerprint).toBe(preview.fingerprint);
  const done = await syncTogether(events);
  const results = new Map(done.outcomes.map(({ item, result }) => [item.recordId, result]));
  return { preview, done, results, own: preview.records.filter(({ along }) => along !== true) };
}

test('of new records shows what they would be in Odoo, and what comes along', async () => {
  const customer = aCustomer({ email: email('new'), addresses: [{ ...anAddress(), addressId: 'n1' }] });
  const { own, preview, results } = await shownAndDone([anEvent('customer', 'n1', customer)]);
  expect(own).toMatchObject([{ action: 'create', title: 'Zoë Müller', model: 'res.partner' }]);
  expect(own[0]?.fields).toContainEqual({ field: 'email', odoo: null, ours: email('new') });
  const address = preview.records.find(({ entity }) => entity === 'address');
  expect(address).toMatchObject({ action: 'create', along: true });
  expect(address?.fields).toContainEqual({ field: 'parent_id', odoo: null, ours: 'Zoë Müller' });
  expect(results.get('n1')).toBe('created');
});

test('of an image shows where it is, without what opens it', async () => {
  const image = { url: 'http://127.0.0.1:9/image.php?key=Schibboleth', version: '1' };
  await syncTogether([anEvent('product', 'p1', aProduct({ model: sku('pictured') }))]);
  const { preview } = await previewTogether([anEvent('product', 'p1', aProduct({ model: sku('pictured'), image }))]);
  const shown = preview.records.find(({ entity }) => entity === 'product-image');
  expect(shown).toMatchObject({
    title: 'image.php',
    fields: [{ field: 'image_1920', odoo: null, ours: 'http://127.0.0.1:9/image.php' }],
  });
});

test('of changed records shows the fields that change, each with Odoo’s value and ours', async () => {
  const product = (price: string) => aProduct({ model: sku('changed'), price });
  await syncTogether([anEvent('product', 'c1', product('40.0000'))]);
  const { own, results } = await shownAndDone([anEvent('product', 'c1', product('45.5000'))]);
  expect(own).toMatchObject([{ action: 'update', fields: [{ field: 'list_price', odoo: 40, ours: '45.5000' }] }]);
  expect(results.get('c1')).toBe('updated');
});

test('of what Odoo has already shows what would be adopted', async () => {
  const [id] = [
    await rig.odoo.call('product.product', 'create', [{ name: 'There', default_code: sku('there') }]),
  ].flat();
  const { own, results } = await shownAndDone([anEvent('product', 'a1', aProduct({ model: sku('there') }))]);
  expect(own).toMatchObject([{ action: 'adopt' }]);
  expect(own[0]?.fields).toContainEqual({ field: 'name', odoo: 'There', ours: { 'en-gb': 'Kettle' } });
  expect(id).toBeDefined();
  expect(results.get('a1')).toBe('adopted');
});

test('of what is unchanged, older or deleted shows just that', async () => {
  const product = aProduct({ model: sku('same') });
  await syncTogether([anEvent('product', 's1', product), anEvent('product', 's2', aProduct({ model: sku('gone') }))]);
  const { own, results } = await shownAndDone([
    anEvent('product', 's1', product),
    anEvent('product', 's2', {}, { action: 'delete' }),
  ]);
  expect(own.map(({ recordId, action }) => [recordId, action]).sort()).toEqual([
    ['s1', 'skip'],
    ['s2', 'remove'],
  ]);
  expect(results.get('s2')).toBe('archived');
});

test('of what came along with another record, and is as it should be, shows nothing to do', async () => {
  const names = [{ languageCode: 'en-gb', name: `Shelf ${rig.tag}` }];
  const product = aProduct({ model: sku('shelved'), categories: [{ categoryId: 'k1', names }] });
  await syncTogether([anEvent('product', 'k1', product)]);
  const { own, results } = await shownAndDone([anEvent('category', 'k1', { names })]);
  expect(own).toMatchObject([{ action: 'skip' }]);
  expect(results.get('k1')).toBe('unchanged');
});

test('of a product that an order has brought shows what is still to be done, and what is not', async () => {
  const colour = anOption('Colour', [{ name: 'Red' }, { name: 'Blue', price: '1.0000' }]);
  const plain = aProduct({ model: sku('ordered') });
  const optioned = aProduct({ model: sku('chosen'), options: [colour] });
  const base = orderOf('brought', { orderId: 'b1' });
  const line = base.lines[0] as (typeof base.lines)[number];
  const lines = [
    { ...line, productId: 'p1' },
    { ...line, productId: 'p2', options: [chosen(colour, 'Red')] },
  ];
  const order = { ...base, lines, products: { p1: plain, p2: optioned } };
  await syncTogether([anEvent('order', 'b1', order as typeof base)]);
  const { own, results } = await shownAndDone([anEvent('product', 'p1', plain), anEvent('product', 'p2', optioned)]);
  expect(own).toHaveLength(2);
  const did = { skip: 'unchanged', update: 'updated' } as Record<string, string>;
  for (const { recordId, action } of own) expect([recordId, did[action]]).toEqual([recordId, results.get(recordId)]);
});

test('of what cannot be done says why, and who can mend it', async () => {
  await rig.configure({ matchPolicies: { customer: 'report' } });
  await rig.odoo.call('res.partner', 'create', [{ name: 'Known', email: email('known') }]);
  const { own, results } = await shownAndDone([
    anEvent('customer', 'b1', aCustomer({ email: email('known') })),
    anEvent('customer', 'b2', aCustomer({ email: email('fine') })),
  ]);
  expect(own).toMatchObject([
    { recordId: 'b1', action: 'blocked', error: { code: 'MATCH_REPORTED' } },
    { recordId: 'b2', action: 'create' },
  ]);
  expect(results.get('b1')).toBe('failed');
});

test('of an order shows its lines, and about how many calls it takes', async () => {
  const size = anOption('PreviewSize', [{ name: 'S' }, { name: 'L', price: '2.0000' }]);
  const base = orderOf('shown', { orderId: 'o1' });
  const line = { ...base.lines[0], productId: 'shirt', name: 'Shirt', options: [chosen(size, 'L')] };
  const order = { ...base, lines: [line], products: { shirt: aProduct({ model: sku('shirt'), options: [size] }) } };
  const { preview, own, done } = await shownAndDone([anEvent('order', 'o1', order as typeof base)]);
  const lines = own[0]?.fields.find(({ field }) => field === 'order_line')?.ours as {
    name: string;
    product_id: string;
  }[];
  expect(lines.map(({ product_id }) => product_id)).toEqual(['Kettle · L', 'Shipping by flat']);
  expect(preview.records.filter(({ along }) => along).map(({ entity }) => entity)).toContain('variant');
  const writes = done.calls.length;
  expect(Math.abs(preview.calls - writes)).toBeLessThan(writes);
});

test.each([1, 2])('of many records counts the loads of %i at once', async (callsAtOnce) => {
  await rig.configure({ callsAtOnce });
  const customers = Array.from({ length: 60 }, (_, index) => {
    const id = `m${callsAtOnce}-${index}`;
    return anEvent('customer', id, aCustomer({ email: email(id) }));
  });
  const { preview, done } = await shownAndDone(customers);
  const writes = done.calls.filter((call) => !READS.test(call));
  expect(writes).toHaveLength(callsAtOnce);
  expect(preview.calls).toBe(writes.length);
});

/** Products, categories, currencies and taxes. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { email, openRig, products, rig, sku } from '../support/pipeline.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

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
    await expect.poll(() => categories('Waiting'), { timeout: 60_000 }).toHaveLength(1);
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

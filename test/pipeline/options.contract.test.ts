/** Options of products: attributes, variants, and what a shopper chose on an order's line. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { anOption, chosen, filledIn } from '../support/choices.ts';
import { linesOf, openRig, orderInOdoo, rig, sku } from '../support/pipeline.ts';
import { aShirt, orderFor, size, templateOf, variantsOf } from '../support/shirts.ts';
import { anEvent } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

const finish = () => anOption('Finish', [{ name: 'Matt' }, { name: 'Gloss' }], { type: 'radio', required: false });
const extras = () =>
  anOption('Extras', [{ name: 'Gift wrap', price: '3.0000' }, { name: 'Card' }], { type: 'checkbox' });
const engraving = () => anOption('Engraving', [], { type: 'text', required: false });

describe('a product with an option', () => {
  test('gets a variant of each value, with its code, surcharge and weight', async () => {
    const calls = await rig.sync([anEvent('product', 's1', aShirt('one', [size()], { weightKg: '0.3000' }))]);
    const { id } = await templateOf('one');
    expect(await variantsOf(id)).toMatchObject([
      { default_code: `${sku('one')}-L`, lst_price: 42.5, weight: 0.5 },
      { default_code: `${sku('one')}-M`, lst_price: 40, weight: 0.3 },
      { default_code: `${sku('one')}-S`, lst_price: 39, weight: 0.3 },
    ]);
    expect((await variantsOf(id))[0]?.display_name).toContain('(L)');
    expect(calls).toEqual([
      ...['product.attribute.search_read', 'product.template.search_read'],
      ...['product.attribute.load', 'product.attribute.value.load', 'product.template.load'],
      ...['product.template.attribute.value.search_read', 'product.template.attribute.value.load'],
      ...['product.product.search_read', 'product.product.load'],
    ]);
  });

  test('costs no call when it is sent again, and a call or two when its price changes', async () => {
    const product = (price: string) => aShirt('again', [size()], { price });
    await rig.sync([anEvent('product', 's2', product('40.0000'))]);
    expect(await rig.sync([anEvent('product', 's2', product('40.0000'))])).toEqual([]);
    expect(await rig.sync([anEvent('product', 's2', product('50.0000'))])).toEqual([
      ...['product.template.search_read', 'product.template.attribute.line.search_read', 'product.template.load'],
    ]);
    const { id } = await templateOf('again');
    expect((await variantsOf(id)).map((one) => one.lst_price)).toEqual([52.5, 50, 49]);
  });

  test('that is sold is sold as the variant that was chosen', async () => {
    const product = aShirt('sold', [size()]);
    await rig.sync([anEvent('order', 'o1', orderFor('o1', 's3', product, [chosen(size(), 'L')], '42.5000'))]);
    const order = await orderInOdoo('o1');
    expect(order).toMatchObject({ state: 'sale', amount_total: 42.5 });
    const [line] = await linesOf(order.id);
    expect(String(line?.product_id)).toContain('(L)');
    expect(String(line?.name)).toContain('L');
    // The order made only what it needs; the product's own event makes the rest, and no second L.
    const { id } = await templateOf('sold');
    expect(await variantsOf(id)).toHaveLength(1);
    await rig.sync([anEvent('product', 's3', product)]);
    expect(await variantsOf(id)).toHaveLength(3);
  });

  test('whose option is added later keeps what was sold before', async () => {
    const plain = aShirt('later', []);
    await rig.sync([anEvent('order', 'o2', orderFor('o2', 's4', plain, [], '40.0000'))]);
    const [before] = await linesOf((await orderInOdoo('o2')).id);
    await rig.sync([anEvent('product', 's4', plain)]);
    await rig.sync([anEvent('product', 's4', aShirt('later', [size()]))]);
    const { id } = await templateOf('later');
    expect(await variantsOf(id)).toHaveLength(3);
    expect((await linesOf((await orderInOdoo('o2')).id))[0]?.product_id).toEqual(before?.product_id);
    // And loses it again.
    await rig.sync([anEvent('product', 's4', plain)]);
    expect((await templateOf('later')).attribute_line_ids).toEqual([]);
    expect(await variantsOf(id)).toHaveLength(1);
    await rig.sync([anEvent('order', 'o3', orderFor('o3', 's4', plain, [], '40.0000'))]);
    expect(await orderInOdoo('o3')).toMatchObject({ state: 'sale', amount_total: 40 });
  });

  test('whose value is removed or added loses or gets that variant', async () => {
    const all = size();
    const fewer = { ...all, values: all.values?.slice(0, 2) ?? [] };
    await rig.sync([anEvent('product', 's5', aShirt('values', [all]))]);
    const { id } = await templateOf('values');
    await rig.sync([anEvent('product', 's5', aShirt('values', [fewer]))]);
    expect((await variantsOf(id)).map((one) => one.default_code)).toEqual([`${sku('values')}-M`, `${sku('values')}-S`]);
    await rig.sync([anEvent('product', 's5', aShirt('values', [all]))]);
    expect(await variantsOf(id)).toHaveLength(3);
    expect((await rig.logs({ entity: 'product', record: 's5', level: 'error' })).logs).toEqual([]);
  });

  test('that has two values of one name has one variant for both', async () => {
    const fit = anOption('Cut', [{ name: 'Slim' }, { name: 'Loose' }, { name: 'slim', price: '2.0000' }]);
    const product = aShirt('alike', [fit]);
    await rig.sync([anEvent('product', 's11', product)]);
    expect(await variantsOf((await templateOf('alike')).id)).toHaveLength(2);
    await rig.sync([anEvent('order', 'o9', orderFor('o9', 's11', product, [chosen(fit, 'slim')], '42.0000'))]);
    const [line] = await linesOf((await orderInOdoo('o9')).id);
    expect(String(line?.product_id)).toContain('(Slim)');
    expect((await rig.logs({ entity: 'product', record: 's11', level: 'error' })).logs).toEqual([]);
  });

  test('that the product no longer has is sold as what the order remembers', async () => {
    const choice = { ...chosen(size(), 'XXL'), value: 'XXL' };
    await rig.sync([anEvent('order', 'o4', orderFor('o4', 's6', aShirt('former', [size()]), [choice], '41.0000'))]);
    const order = await orderInOdoo('o4');
    expect(order).toMatchObject({ state: 'sale', amount_total: 41 });
    expect(String((await linesOf(order.id))[0]?.name)).toContain('XXL');
  });
});

describe('options that need not be chosen, or of which several can be', () => {
  test('an optional one has a variant for who chose nothing', async () => {
    const product = aShirt('optional', [size(), finish()]);
    await rig.sync([anEvent('product', 's7', product)]);
    const { id } = await templateOf('optional');
    expect(await variantsOf(id)).toHaveLength(9);
    await rig.sync([anEvent('order', 'o5', orderFor('o5', 's7', product, [chosen(size(), 'M')], '40.0000'))]);
    const [line] = await linesOf((await orderInOdoo('o5')).id);
    expect(String(line?.product_id)).toContain('—');
    expect(await variantsOf(id)).toHaveLength(9);
  });

  test('ticked values and filled-in texts stand on the order’s line', async () => {
    const product = aShirt('extras', [size(), extras(), engraving()]);
    const choices = [
      ...[chosen(size(), 'S'), chosen(extras(), 'Gift wrap'), chosen(extras(), 'Card')],
      filledIn(engraving(), 'For Zoë & co'),
    ];
    await rig.sync([anEvent('order', 'o6', orderFor('o6', 's8', product, choices, '42.0000'))]);
    const order = await orderInOdoo('o6');
    expect(order).toMatchObject({ state: 'sale', amount_total: 42 });
    const fields = [
      'name',
      'product_id',
      'product_no_variant_attribute_value_ids',
      'product_custom_attribute_value_ids',
    ];
    const [line] = await rig.odoo.searchRead('sale.order.line', [['order_id', '=', order.id]], fields);
    const texts = line?.product_custom_attribute_value_ids as number[];
    expect(await rig.odoo.read('product.attribute.custom.value', texts, ['custom_value'])).toMatchObject([
      { custom_value: 'For Zoë & co' },
    ]);
    expect(String(line?.product_id)).toContain('(S)');
    expect(line?.product_no_variant_attribute_value_ids).toHaveLength(3);
    expect(String(line?.name).split('\n').slice(1)).toEqual([
      `Size-${rig.tag}: S`,
      `Extras-${rig.tag}: Gift wrap`,
      `Extras-${rig.tag}: Card`,
      `Engraving-${rig.tag}: For Zoë & co`,
    ]);
  });
});

describe('settings', () => {
  test('in template mode a product stays one, and the choice stands on the line', async () => {
    await rig.configure({ productMode: 'template' });
    const product = aShirt('template', [size()]);
    await rig.sync([anEvent('product', 's9', product)]);
    const { id } = await templateOf('template');
    expect(await variantsOf(id)).toMatchObject([{ default_code: sku('template') }]);
    await rig.sync([anEvent('order', 'o7', orderFor('o7', 's9', product, [chosen(size(), 'L')], '42.5000'))]);
    const order = await orderInOdoo('o7');
    const fields = ['name', 'product_no_variant_attribute_value_ids'];
    const [line] = await rig.odoo.searchRead('sale.order.line', [['order_id', '=', order.id]], fields);
    expect(line?.product_no_variant_attribute_value_ids).toHaveLength(1);
    expect(String(line?.name)).toContain(': L');
  });

  test('beyond the limit only those variants are made that are sold', async () => {
    await rig.configure({ variantLimit: 2 });
    const product = aShirt('limit', [size()]);
    await rig.sync([anEvent('product', 's10', product)]);
    const { id } = await templateOf('limit');
    expect(await variantsOf(id)).toEqual([]);
    await rig.sync([anEvent('order', 'o8', orderFor('o8', 's10', product, [chosen(size(), 'M')], '40.0000'))]);
    expect(await variantsOf(id)).toHaveLength(1);
  });
});

describe('an option of its own', () => {
  const snapshot = (names: string[], optionName = 'Colour') => ({
    names: [{ languageCode: 'en-gb', name: `${optionName} ${rig.tag}` }],
    type: 'select',
    values: names.map((name, index) => ({
      optionValueId: `${optionName}-${index}`,
      names: [{ languageCode: 'en-gb', name }],
      sortOrder: index,
    })),
  });
  const attribute = async (name: string) => {
    const found = await rig.odoo.searchRead(
      'product.attribute',
      [['name', '=', `${name} ${rig.tag}`]],
      ['value_ids', 'create_variant'],
    );
    return found as ({ id: number; value_ids: number[] } & Record<string, unknown>)[];
  };

  test('is an attribute with its values, renamed and extended', async () => {
    await rig.sync([anEvent('option', 'c1', snapshot(['Red', 'Green']))]);
    const [made] = await attribute('Colour');
    expect(made).toMatchObject({ create_variant: 'dynamic' });
    expect(made?.value_ids).toHaveLength(2);
    await rig.sync([anEvent('option', 'c1', snapshot(['Crimson', 'Green', 'Blue'], 'Color'))]);
    expect(await attribute('Colour')).toEqual([]);
    const [renamed] = await attribute('Color');
    expect(renamed?.id).toBe(made?.id);
    const values = await rig.odoo.read('product.attribute.value', renamed?.value_ids ?? [], ['name']);
    const left = (await hasArchive()) ? [] : ['Red'];
    expect(values.map((value) => value.name).sort()).toEqual(['Blue', 'Crimson', 'Green', ...left]);
  });

  /** 16 and 17 have no archive for attributes and their values: there they stay. */
  const hasArchive = async () =>
    'active' in ((await rig.odoo.call('product.attribute.value', 'fields_get', [['active'], ['type']])) as object);

  test('archives a value that is gone, also if another one was refused meanwhile', async () => {
    await rig.sync([anEvent('option', 'c3', snapshot(['Teal', ''], 'Shade'))]);
    const { logs } = await rig.logs({ entity: 'option', record: 'c3', level: 'error' });
    expect(logs.map(({ code }) => code)).toEqual(['ODOO_REFUSED']);
    const [made] = await attribute('Shade');
    const [teal] = made?.value_ids ?? [];
    const other = snapshot(['Umber'], 'Shade');
    const values = other.values.map((value) => ({ ...value, optionValueId: 'colour-umber' }));
    await rig.sync([anEvent('option', 'c3', { ...other, values })]);
    const kept = (await hasArchive()) ? { active: false } : { id: teal };
    expect(await rig.odoo.read('product.attribute.value', [teal as number], ['active'])).toMatchObject([kept]);
  });

  test('that Odoo has already is adopted, values too', async () => {
    const create = async (model: string, vals: Record<string, string | number>) =>
      [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;
    const id = await create('product.attribute', { name: `Fit ${rig.tag}`, create_variant: 'always' });
    const slim = await create('product.attribute.value', { name: 'slim', attribute_id: id });
    const fit = { ...snapshot(['Slim', 'Loose'], 'Fit'), values: [] as object[] };
    fit.values = ['Slim', 'Loose'].map((name, index) => ({
      optionValueId: `fit-${index}`,
      names: [{ languageCode: 'en-gb', name }],
    }));
    await rig.sync([anEvent('option', 'c2', fit)]);
    const [found] = await attribute('Fit');
    expect(found).toMatchObject({ id, create_variant: 'always' });
    expect(found?.value_ids).toHaveLength(2);
    expect(found?.value_ids).toContain(slim);
  });
});

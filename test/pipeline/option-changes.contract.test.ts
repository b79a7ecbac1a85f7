/** Products whose options change, or that Odoo had already with attributes of its own. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Value } from '../../lib/odoo/client.ts';
import { anOption, chosen } from '../support/choices.ts';
import { linesOf, openRig, orderInOdoo, orderOf, rig, sku } from '../support/pipeline.ts';
import { aShirt, orderFor, size, templateOf, variantsOf } from '../support/shirts.ts';
import { anEvent, aProduct } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

/** Once each: what is parked may be tried again meanwhile. */
const errors = async (entity: string, record: string) => {
  const { logs } = await rig.logs({ entity, record, level: 'error' });
  return [...new Set(logs.map(({ code }) => code))];
};

describe('a product that was sold as a variant', () => {
  const product = () => aShirt('mode', [size()]);
  const order = (id: string) => anEvent('order', id, orderFor(id, 'mode', product(), [chosen(size(), 'L')], '42.5000'));
  const chosenOf = async (orderId: string) => {
    const { id } = await orderInOdoo(orderId);
    const fields = ['product_no_variant_attribute_value_ids'];
    const [line] = await rig.odoo.searchRead('sale.order.line', [['order_id', '=', id]], fields);
    const values = line?.product_no_variant_attribute_value_ids as number[];
    return rig.odoo.read('product.template.attribute.value', values, ['ptav_active', 'price_extra']);
  };

  test('is sold with its choice on the line once the mode wants that, and as a variant again', async () => {
    await rig.sync([anEvent('product', 'mode', product())]);
    await rig.sync([order('c1')]);
    await rig.configure({ productMode: 'template' });
    await rig.sync([order('c2')]);
    expect(await errors('order', 'c2')).toEqual(['CHOICE_MISSING']);
    await rig.sync([anEvent('product', 'mode', product())]);
    await rig.sync([order('c3')]);
    expect(await errors('order', 'c3')).toEqual([]);
    expect(await chosenOf('c3')).toMatchObject([{ ptav_active: true, price_extra: 2.5 }]);
    expect(await variantsOf((await templateOf('mode')).id)).toHaveLength(1);
    await expect.poll(() => chosenOf('c2').catch(() => []), { timeout: 60_000 }).toHaveLength(1);

    await rig.configure({});
    await rig.sync([anEvent('product', 'mode', product())]);
    expect(await variantsOf((await templateOf('mode')).id)).toHaveLength(3);
    await rig.sync([order('c4')]);
    const [line] = await linesOf((await orderInOdoo('c4')).id);
    expect(String(line?.product_id)).toContain('(L)');
    expect([...(await errors('product', 'mode')), ...(await errors('order', 'c4'))]).toEqual([]);
  });
});

test('a product that comes to have more variants than the limit keeps those it has', async () => {
  await rig.configure({ variantLimit: 3 });
  await rig.sync([anEvent('product', 'limit', aShirt('limit', [size()]))]);
  const more = anOption(
    'Size',
    ['S', 'M', 'L', 'XL'].map((name) => ({ name })),
  );
  await rig.sync([anEvent('product', 'limit', aShirt('limit', [more]))]);
  const { id } = await templateOf('limit');
  expect(await variantsOf(id)).toHaveLength(3);
  const order = orderFor('c5', 'limit', aShirt('limit', [more]), [chosen(more, 'XL')], '40.0000');
  await rig.sync([anEvent('order', 'c5', order)]);
  expect(await variantsOf(id)).toHaveLength(4);
  // Once more within the limit, its variants are those of its values.
  const fewer = { ...more, values: more.values?.slice(2) ?? [] };
  await rig.sync([anEvent('product', 'limit', aShirt('limit', [fewer]))]);
  expect(await variantsOf(id)).toHaveLength(2);
  expect([...(await errors('product', 'limit')), ...(await errors('order', 'c5'))]).toEqual([]);
});

describe('a product that Odoo had already, with an attribute of its own', () => {
  const create = async (model: string, vals: Record<string, Value>) =>
    [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;

  async function made(code: string): Promise<number> {
    const attribute_id = await create('product.attribute', { name: `Material ${code}`, create_variant: 'always' });
    const value = await create('product.attribute.value', { name: 'Steel', attribute_id });
    const lines = [[0, 0, { attribute_id, value_ids: [[6, 0, [value]]] }]];
    return create('product.template', { name: 'Pan', default_code: code, attribute_line_ids: lines });
  }
  const fields = ['attribute_line_ids', 'product_variant_ids', 'default_code'];
  const one = [expect.any(Number)];

  test('is adopted, and keeps it', async () => {
    const id = await made(sku('pan'));
    const [before] = await rig.odoo.read('product.template', [id], fields);
    await rig.sync([anEvent('product', 'pan', aProduct({ model: sku('pan') }))]);
    await rig.sync([anEvent('product', 'pan', aProduct({ model: sku('pan'), price: '50.0000' }))]);
    expect(await rig.odoo.read('product.template', [id], fields)).toEqual([before]);
    expect(await errors('product', 'pan')).toEqual([]);
  });

  test('is sold as what it is, if an order comes first', async () => {
    const id = await made(sku('pot'));
    await rig.sync([anEvent('order', 'pot', orderOf('pot', { orderId: 'pot' }))]);
    const [template] = await rig.odoo.read('product.template', [id], fields);
    expect(template).toMatchObject({ default_code: sku('pot'), attribute_line_ids: one, product_variant_ids: one });
    const [line] = await linesOf((await orderInOdoo('pot')).id);
    expect([(line?.product_id ?? []) as unknown[]].map(([id]) => id)).toEqual(template?.product_variant_ids);
  });
});

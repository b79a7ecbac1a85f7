/** Attributes and their values: what products may differ in. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct } from '../support/odoo-wire.ts';
import { attributeOf, errorOf, fresh, idsOf, loadTemplate, newXid, openOptions, t } from '../support/options.ts';

beforeAll(openOptions);
afterAll(() => t.close());

const ATTRIBUTE = ['id', 'name', 'create_variant', 'display_type', 'sequence'];
const VALUE = ['id', 'attribute_id/.id', 'name', 'is_custom', 'sequence'];

describe('an attribute', () => {
  it('can be loaded, again and again', async () => {
    const name = fresh('Size');
    const rows = [
      [newXid(), name, 'dynamic', 'select', 1],
      [newXid(), fresh('Gravure'), 'no_variant', 'multi', '2'],
    ];
    const ids = idsOf(await t.odoo.load('product.attribute', ATTRIBUTE, rows));
    expect(idsOf(await t.odoo.load('product.attribute', ATTRIBUTE, rows))).toEqual(ids);
    const found = await t.odoo.call('product.attribute', 'search_read', [
      [['name', 'in', [name, 'nobody']]],
      ATTRIBUTE,
    ]);
    expect(found).toEqual([{ id: ids[0], name, create_variant: 'dynamic', display_type: 'select', sequence: 1 }]);
  });

  it('makes variants at once unless told otherwise', async () => {
    const id = await t.odoo.create('product.attribute', { name: fresh('Plain') });
    expect(await t.odoo.one('product.attribute', id, ['create_variant', 'display_type', 'sequence', 'active'])).toEqual(
      {
        ...{ id, create_variant: 'always', display_type: 'radio', sequence: 20, active: true },
      },
    );
  });

  it('of check boxes makes no variants', async () => {
    const text = 'Multi-checkbox display type is not compatible with the creation of variants';
    const answer = await t.odoo.load('product.attribute', ATTRIBUTE, [[newXid(), fresh('Bad'), 'always', 'multi', 1]]);
    expect(errorOf(answer)).toBe(text);
    const fault = await faultOf(t.odoo.create('product.attribute', { name: 'bad', display_type: 'multi' }));
    expect([fault.code, fault.message]).toEqual([2, `The operation cannot be completed: ${text}`]);
  });

  it('needs a name', async () => {
    const answer = await t.odoo.load('product.attribute', ['id', 'create_variant'], [[newXid(), 'dynamic']]);
    expect(answer.messages[0]).toMatchObject({ type: 'error', record: 0, field: 'name' });
    expect(errorOf(answer)).toContain("field 'Attribute' (name).\nModel: 'Product Attribute' (product.attribute)");
  });

  it('is found archived only when asked for', async () => {
    const name = fresh('Old');
    const id = await t.odoo.create('product.attribute', { name, active: false });
    const search = (context: Struct) =>
      t.odoo.call('product.attribute', 'search', [[['name', 'in', [name]]]], { context });
    expect(await search({})).toEqual([]);
    expect(await search({ active_test: false })).toEqual([id]);
  });
});

describe('an attribute in use', () => {
  let size: number;
  let small: number;
  let name: string;
  let used: string;
  beforeAll(async () => {
    [size, small = 0] = await attributeOf('dynamic', ['Small', 'Large']);
    name = String((await t.odoo.one('product.attribute', size, ['name'])).name);
    used = fresh('Shirt');
    await loadTemplate(newXid(), { name: used }, [['', size, [small]]]);
  });

  it('keeps the way its variants are made', async () => {
    const text =
      `You cannot change the Variants Creation Mode of the attribute ${name} because it is used on the following ` +
      `products:\n${used}`;
    expect(errorOf(await t.odoo.load('product.attribute', ['.id', 'create_variant'], [[size, 'always']]))).toBe(text);
    const fault = await faultOf(t.odoo.write('product.attribute', [size], { create_variant: 'no_variant' }));
    expect([fault.code, fault.message]).toEqual([2, text]);
    // The same again is no change.
    expect(idsOf(await t.odoo.load('product.attribute', ['.id', 'create_variant'], [[size, 'dynamic']]))).toEqual([
      size,
    ]);
  });

  it('cannot be deleted or archived, nor its values deleted or moved', async () => {
    const message = async (call: Promise<unknown>) => (await faultOf(call)).message;
    expect(await message(t.odoo.call('product.attribute', 'unlink', [[size]]))).toBe(
      `You cannot delete the attribute ${name} because it is used on the following products:\n${used}`,
    );
    expect(await message(t.odoo.call('product.attribute', 'action_archive', [[size]]))).toBe(
      'You cannot archive this attribute as there are still products linked to it',
    );
    expect(await message(t.odoo.call('product.attribute.value', 'unlink', [[small]]))).toBe(
      `You cannot delete the value ${name}: Small because it is used on the following products:\n${used}\n`,
    );
    const [other] = await attributeOf('dynamic', []);
    expect(await message(t.odoo.write('product.attribute.value', [small], { attribute_id: other }))).toBe(
      `You cannot change the attribute of the value ${name}: Small because it is used on the following products: ${used}`,
    );
  });

  it('lets go of a value nobody uses', async () => {
    const [, , large = 0] = await attributeOf('dynamic', ['a', 'b']);
    expect(await t.odoo.call('product.attribute.value', 'unlink', [[large]])).toBe(true);
  });
});

describe('values', () => {
  it('can be loaded by external id and by id, and read in their order', async () => {
    const [size] = await attributeOf('dynamic', []);
    const { name } = await t.odoo.one('product.attribute', size, ['name']);
    const rows = [
      [newXid(), size, 'M', '0', 2],
      [newXid(), size, 'S', '0', 1],
      [newXid(), size, 'Own', '1', 3],
    ];
    const [m, s, own] = idsOf(await t.odoo.load('product.attribute.value', VALUE, rows));
    const again = await t.odoo.load(
      'product.attribute.value',
      ['.id', 'attribute_id/.id', 'name'],
      [[m ?? 0, size, 'Medium']],
    );
    expect(idsOf(again)).toEqual([m]);
    const fields = ['name', 'display_name', 'is_custom', 'sequence', 'attribute_id'];
    const search = [[['attribute_id', 'in', [size]]], fields];
    expect(await t.odoo.call('product.attribute.value', 'search_read', search)).toEqual([
      { id: s, name: 'S', display_name: `${name}: S`, is_custom: false, sequence: 1, attribute_id: [size, name] },
      {
        id: m,
        name: 'Medium',
        display_name: `${name}: Medium`,
        is_custom: false,
        sequence: 2,
        attribute_id: [size, name],
      },
      { id: own, name: 'Own', display_name: `${name}: Own`, is_custom: true, sequence: 3, attribute_id: [size, name] },
    ]);
    expect((await t.odoo.one('product.attribute', size, ['value_ids'])).value_ids).toEqual([s, m, own]);
  });

  it('may have the same name, but need an attribute', async () => {
    const [size] = await attributeOf('dynamic', ['S']);
    expect(idsOf(await t.odoo.load('product.attribute.value', VALUE, [[newXid(), size, 'S', '0', 1]]))).toHaveLength(1);
    const answer = await t.odoo.load('product.attribute.value', ['id', 'name'], [[newXid(), 'S']]);
    expect(answer.messages[0]).toMatchObject({ type: 'error', record: 0, field: 'attribute_id' });
    expect(errorOf(answer)).toContain(
      "field 'Attribute' (attribute_id).\nModel: 'Attribute Value' (product.attribute.value)",
    );
  });
});

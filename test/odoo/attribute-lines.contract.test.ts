/** Products with options: what attribute lines make of a template, and what it loses with them. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Struct } from '../support/odoo-wire.ts';
import {
  attributeOf,
  errorOf,
  fresh,
  linesOf,
  loadTemplate,
  loadVariants,
  newXid,
  openOptions,
  t,
  template,
  templateValues,
  tryTemplate,
  variantsOf,
} from '../support/options.ts';

let size: number;
let [small, medium, large] = [0, 0, 0];
let wood: [number, ...number[]];
let colour: [number, ...number[]];
beforeAll(async () => {
  await openOptions();
  [size, small = 0, medium = 0, large = 0] = await attributeOf('dynamic', ['S', 'M', 'L'], { sequence: 1 });
  wood = await attributeOf('always', ['Oak', 'Pine'], { sequence: 3 });
  colour = await attributeOf('no_variant', ['Red', 'Own'], { sequence: 2 });
});
afterAll(() => t.close());

const shown = (id: number) =>
  template(id, 'default_code', 'barcode', 'weight', 'product_variant_count', 'is_dynamically_created');
const active = async (id: number) => (await variantsOf(id)).map((variant) => variant.active);
const names = async (id: number) => Object.keys(await templateValues(id));

/** A loaded product with a code, a barcode and a weight. */
function coded(): [xid: string, vals: Struct] {
  const name = fresh('Coded').replace(/\W/g, '');
  return [newXid(), { name, default_code: `C${name}`, barcode: `B${name}`, weight: 1.5 }];
}

describe('a template loaded with', () => {
  it('dynamic attributes has values but no variants, and keeps its code', async () => {
    const [xid, vals] = coded();
    const [red = 0, own = 0] = colour.slice(1);
    const lines: Parameters<typeof loadTemplate>[2] = [
      ['', size, [medium, small]],
      ['', colour[0], [red, own]],
    ];
    const id = await loadTemplate(xid, vals, lines);
    expect(await shown(id)).toEqual({
      ...{ id, default_code: vals.default_code, weight: 1.5, product_variant_count: 0, is_dynamically_created: true },
      barcode: false,
    });
    const [first = 0, second = 0] = await linesOf(id);
    const values = await templateValues(id);
    expect(values).toMatchObject({
      S: { product_attribute_value_id: [small, expect.any(String)], price_extra: 0, ptav_active: true },
      M: { attribute_id: [size, expect.any(String)], attribute_line_id: [first, expect.any(String)] },
      Red: { product_attribute_value_id: [red, expect.any(String)], attribute_line_id: [second, expect.any(String)] },
    });
    expect(Object.keys(values)).toEqual(['S', 'M', 'Red', 'Own']);
    expect(await variantsOf(id)).toEqual([]);
  });

  it('instant attributes gets every combination, none with its code', async () => {
    const [xid, vals] = coded();
    const [oak = 0, pine = 0] = wood.slice(1);
    const id = await loadTemplate(xid, vals, [['', wood[0], [oak, pine]]]);
    expect(await shown(id)).toMatchObject({
      default_code: vals.default_code,
      barcode: false,
      product_variant_count: 2,
    });
    const variants = await variantsOf(id, 'default_code', 'display_name', 'product_template_attribute_value_ids');
    const values = await templateValues(id);
    expect(variants).toMatchObject([
      {
        default_code: false,
        display_name: `${vals.name} (Oak)`,
        product_template_attribute_value_ids: [values.Oak?.id],
      },
      {
        default_code: false,
        display_name: `${vals.name} (Pine)`,
        product_template_attribute_value_ids: [values.Pine?.id],
      },
    ]);
  });

  it('one instant value, or none that makes variants, keeps its one variant', async () => {
    for (const [attribute, ...values] of [wood.slice(0, 2), colour] as [number, ...number[]][]) {
      const [xid, vals] = coded();
      const id = await loadTemplate(xid, vals, [['', attribute, values]]);
      expect(await shown(id)).toMatchObject({ barcode: vals.barcode, weight: 1.5, product_variant_count: 1 });
      const name = `[${vals.default_code}] ${vals.name}`;
      expect(await variantsOf(id, 'display_name', 'barcode')).toMatchObject([
        { display_name: name, barcode: vals.barcode },
      ]);
    }
  });

  it('lines that are addressed by id changes them and adds none', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, vals, [
      [line, size, [medium, large]],
      ['', wood[0], [wood[1] ?? 0]],
    ]);
    expect(await linesOf(id)).toEqual([line, expect.any(Number)]);
    expect(await names(id)).toEqual(['M', 'L', 'Oak']);
    // Without its id a line is added once more.
    await loadTemplate(xid, vals, [['', size, [small]]]);
    expect(await linesOf(id)).toHaveLength(3);
  });

  it('nothing in all line cells loses its lines', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    await t.odoo.load(
      'product.template',
      ['id', 'attribute_line_ids/.id', 'attribute_line_ids/value_ids/.id'],
      [[xid, '', '']],
    );
    expect(await linesOf(id)).toEqual([]);
    expect(await active(id)).toEqual([true]);
  });

  it('wrong lines says what is wrong', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    const [line = 0] = await linesOf(id);
    const [name, other] = [`[${vals.default_code}] ${vals.name}`, wood[0]];
    const attribute = (await t.odoo.one('product.attribute', size, ['name'])).name;
    const oak = (await t.odoo.one('product.attribute.value', wood[1] ?? 0, ['display_name'])).display_name;
    expect(errorOf(await tryTemplate(xid, vals, [[line, size, []]]))).toBe(
      `The attribute ${attribute} must have at least one value for the product ${name}.`,
    );
    expect(errorOf(await tryTemplate(xid, vals, [[line, other, [wood[1] ?? 0]]]))).toBe(
      `On the product ${name} you cannot transform the attribute ${attribute} into the attribute ${other}.`,
    );
    expect(errorOf(await tryTemplate(xid, vals, [[line, size, [wood[1] ?? 0]]]))).toBe(
      `On the product ${name} you cannot associate the value ${oak} with the attribute ${attribute} because they do not match.`,
    );
    expect(errorOf(await tryTemplate(xid, vals, [[2_000_000_000, size, [small]]]))).toBe(
      "No matching record found for database id '2000000000' in field 'Product Attributes'",
    );
    expect(await names(id)).toEqual(['S', 'M']);
  });
});

describe('a template without lines', () => {
  it('loses its variant to a dynamic attribute', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals);
    const [before] = await variantsOf(id);
    await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    expect(await t.odoo.call('product.product', 'read', [[before?.id ?? 0], ['name']])).toEqual([]);
    expect(await shown(id)).toMatchObject({
      default_code: vals.default_code,
      barcode: false,
      product_variant_count: 0,
    });
  });

  it('keeps a variant that was ordered, archived', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals);
    const [before] = await variantsOf(id);
    const partner = await t.odoo.create('res.partner', { name: fresh('Buyer') });
    await t.odoo.create('sale.order', { partner_id: partner, order_line: [[0, 0, { product_id: before?.id ?? 0 }]] });
    await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    expect(await variantsOf(id)).toEqual([{ id: before?.id, active: false }]);
    expect(await shown(id)).toMatchObject({ barcode: vals.barcode, product_variant_count: 0 });
  });

  it('hands its variant to the single value of a line', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals);
    const [before] = await variantsOf(id);
    await loadTemplate(xid, vals, [['', size, [small]]]);
    const { S: value } = await templateValues(id);
    const field = 'product_template_attribute_value_ids';
    expect(await variantsOf(id, field)).toEqual([{ id: before?.id, active: true, [field]: [value?.id] }]);
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, vals, [[line, size, [small, medium]]]);
    expect(await variantsOf(id, field)).toEqual([{ id: before?.id, active: true, [field]: [value?.id] }]);
  });

  it('gets the variants of an instant attribute instead of its own', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals);
    await loadTemplate(xid, vals, [['', wood[0], wood.slice(1)]]);
    expect(await variantsOf(id, 'default_code')).toMatchObject([{ default_code: false }, { default_code: false }]);
  });
});

describe('a value that leaves its line', () => {
  it('takes its variant along', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals, [['', size, [small, medium, large]]]);
    const { S, M, L } = await templateValues(id);
    const made = await loadVariants(
      [newXid(), id, [S?.id ?? 0], fresh('s')],
      [newXid(), id, [M?.id ?? 0], fresh('m')],
      [newXid(), id, [L?.id ?? 0], fresh('l')],
    );
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, { name: vals.name ?? '' }, [[line, size, [medium, large]]]);
    expect(await names(id)).toEqual(['M', 'L']);
    expect((await variantsOf(id)).map((variant) => variant.id)).toEqual(made.slice(1));
  });

  it('stays set aside with a variant that was ordered, and comes back with it', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, { name: vals.name ?? '' }, [['', size, [small, medium]]]);
    const { S } = await templateValues(id);
    await t.odoo.call('product.template.attribute.value', 'write', [[S?.id ?? 0], { price_extra: 3 }]);
    const [variant = 0] = await loadVariants([newXid(), id, [S?.id ?? 0], fresh('s')]);
    const partner = await t.odoo.create('res.partner', { name: fresh('Buyer') });
    await t.odoo.create('sale.order', { partner_id: partner, order_line: [[0, 0, { product_id: variant }]] });
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, { name: vals.name ?? '' }, [[line, size, [medium]]]);
    expect(await templateValues(id)).toMatchObject({ S: { id: S?.id, ptav_active: false }, M: { ptav_active: true } });
    expect(await variantsOf(id)).toEqual([{ id: variant, active: false }]);
    await loadTemplate(xid, { name: vals.name ?? '' }, [[line, size, [small, medium]]]);
    expect(await templateValues(id)).toMatchObject({ S: { id: S?.id, ptav_active: true, price_extra: 3 } });
    expect(await variantsOf(id)).toEqual([{ id: variant, active: true }]);
  });
});

describe('a line that is deleted', () => {
  it('leaves a template with one plain variant', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, vals, [['', size, [small, medium]]]);
    expect(await t.odoo.call('product.template.attribute.line', 'unlink', [await linesOf(id)])).toBe(true);
    expect(await linesOf(id)).toEqual([]);
    expect(await variantsOf(id, 'combination_indices')).toMatchObject([{ active: true, combination_indices: '' }]);
  });

  it('is archived while something sold needs it, and comes back for the same attribute', async () => {
    const [xid, vals] = coded();
    const id = await loadTemplate(xid, { name: vals.name ?? '' }, [['', size, [small, medium]]]);
    const { S } = await templateValues(id);
    const [variant = 0] = await loadVariants([newXid(), id, [S?.id ?? 0], fresh('s')]);
    const partner = await t.odoo.create('res.partner', { name: fresh('Buyer') });
    await t.odoo.create('sale.order', { partner_id: partner, order_line: [[0, 0, { product_id: variant }]] });
    const [line = 0] = await linesOf(id);
    await t.odoo.call('product.template.attribute.line', 'unlink', [[line]]);
    const read = () => t.odoo.one('product.template.attribute.line', line, ['active', 'value_ids']);
    expect(await read()).toEqual({ id: line, active: false, value_ids: [] });
    expect(await active(id)).toEqual([false, true]);
    await loadTemplate(xid, { name: vals.name ?? '' }, [['', size, [small, medium]]]);
    expect(await read()).toEqual({ id: line, active: true, value_ids: [small, medium] });
    expect(await variantsOf(id)).toEqual([{ id: variant, active: true }]);
  });
});

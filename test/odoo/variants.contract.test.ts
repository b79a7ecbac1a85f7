/** Variants that are made on demand, under external ids of their own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf } from '../support/odoo-wire.ts';
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
  tryVariants,
  variantsOf,
} from '../support/options.ts';

let size: number;
let sizes: number[];
let colour: [number, ...number[]];
beforeAll(async () => {
  await openOptions();
  [size, ...sizes] = await attributeOf('dynamic', ['S', 'M', 'L'], { sequence: 2 });
  colour = await attributeOf('dynamic', ['Red', 'Blue'], { sequence: 1 });
});
afterAll(() => t.close());

const COMBINATION = 'product_template_attribute_value_ids';

/** A product in three sizes: its id, its name and its values. */
async function shirt(): Promise<{ id: number; name: string; S: number; M: number; L: number; xid: string }> {
  const [xid, name] = [newXid(), fresh('Shirt')];
  const id = await loadTemplate(xid, { name, list_price: 10 }, [['', size, sizes]]);
  const { S, M, L } = await templateValues(id);
  return { id, xid, name, S: S?.id ?? 0, M: M?.id ?? 0, L: L?.id ?? 0 };
}

const duplicate = (id: number, indices: string | number) =>
  'duplicate key value violates unique constraint "product_product_combination_unique"\n' +
  `DETAIL:  Key (product_tmpl_id, combination_indices)=(${id}, ${indices}) already exists.\n`;

describe('a variant', () => {
  it('is loaded with its values, repeatably', async () => {
    const { id, name, S, M } = await shirt();
    const [s, m] = [newXid(), newXid()];
    const ids = await loadVariants([s, id, [S], 'CS'], [m, id, [M], 'CM', false]);
    expect(await loadVariants([s, id, [S], 'CS2'], [m, id, [M], 'CM', false])).toEqual(ids);
    expect(await variantsOf(id, 'default_code', 'display_name', COMBINATION, 'combination_indices')).toEqual(
      [
        ...[{ id: ids[0], active: true, default_code: 'CS2', display_name: `[CS2] ${name} (S)`, [COMBINATION]: [S] }],
        ...[{ id: ids[1], active: false, default_code: 'CM', display_name: `[CM] ${name} (M)`, [COMBINATION]: [M] }],
      ].map((row) => ({ ...row, combination_indices: String(row[COMBINATION][0]) })),
    );
    const domain = [['product_tmpl_id', 'in', [id]]];
    expect(await t.odoo.call('product.product', 'search', [domain])).toEqual([ids[0]]);
    const byValue = [
      [COMBINATION, 'in', [M]],
      ['active', '=', false],
    ];
    expect(await t.odoo.call('product.product', 'search', [byValue])).toEqual([ids[1]]);
  });

  it('is named after its values in the order of their attributes', async () => {
    const name = fresh('Shirt');
    const lines = [
      ['', size, sizes],
      ['', colour[0], colour.slice(1)],
    ] as Parameters<typeof loadTemplate>[2];
    const id = await loadTemplate(newXid(), { name }, lines);
    const { S, Red } = await templateValues(id);
    const [a = 0, b = 0] = [Number(S?.id), Number(Red?.id)].sort((x, y) => x - y);
    await loadVariants([newXid(), id, [S?.id ?? 0, Red?.id ?? 0], 'X']);
    expect(await variantsOf(id, 'display_name', 'combination_indices', COMBINATION)).toMatchObject([
      { display_name: `[X] ${name} (Red, S)`, combination_indices: `${a},${b}`, [COMBINATION]: [Red?.id, S?.id] },
    ]);
  });

  it('costs what its values add', async () => {
    const { id, S, M } = await shirt();
    const extra = await t.odoo.load(
      'product.template.attribute.value',
      ['.id', 'price_extra'],
      [
        [M, 2.5],
        [S, '-1'],
      ],
    );
    expect(extra.ids).toEqual([M, S]);
    const [s = 0, m = 0] = await loadVariants([newXid(), id, [S], 'S'], [newXid(), id, [M], 'M']);
    expect(await variantsOf(id, 'lst_price', 'list_price', 'price_extra')).toEqual([
      { id: s, active: true, lst_price: 9, list_price: 10, price_extra: -1 },
      { id: m, active: true, lst_price: 12.5, list_price: 10, price_extra: 2.5 },
    ]);
    await t.odoo.write('product.product', [m], { lst_price: 20 });
    expect(await template(id, 'list_price')).toEqual({ id, list_price: 17.5 });
  });

  it('is there once for each combination, not counting archived ones', async () => {
    const { id, S, M } = await shirt();
    const [first, second] = [newXid(), newXid()];
    await loadVariants([first, id, [S], 'S'], [second, id, [M], 'M', false]);
    expect(errorOf(await tryVariants([newXid(), id, [S], 'T']))).toBe(duplicate(id, S));
    expect((await tryVariants([newXid(), id, [S], 'T'], [newXid(), id, [S], 'U'])).messages).toMatchObject([
      { type: 'error', record: 0, message: duplicate(id, S) },
      { type: 'error', record: 1, message: duplicate(id, S) },
    ]);
    const fault = await faultOf(
      t.odoo.create('product.product', { product_tmpl_id: id, [COMBINATION]: [[6, 0, [S]]] }),
    );
    expect([fault.code, fault.message]).toEqual([2, `The operation cannot be completed: ${duplicate(id, S)}`]);
    await loadVariants([newXid(), id, [M], 'M2']);
    expect(errorOf(await tryVariants([second, id, [M], 'M']))).toBe(duplicate(id, M));
  });

  it('that was deleted leaves a template for more', async () => {
    const { id, S } = await shirt();
    const xid = newXid();
    const [variant = 0] = await loadVariants([xid, id, [S], 'S']);
    await t.odoo.call('product.product', 'unlink', [[variant]]);
    expect(await template(id, 'active', 'product_variant_ids')).toEqual({ id, active: true, product_variant_ids: [] });
    expect(await loadVariants([xid, id, [S], 'S'])).not.toEqual([variant]);
  });
});

describe('a template', () => {
  it('shows what its only active variant has', async () => {
    const { id, S, M } = await shirt();
    const [s = 0, m = 0] = await loadVariants([newXid(), id, [S], 'CS'], [newXid(), id, [M], 'CM']);
    const shown = () => template(id, 'default_code', 'weight', 'product_variant_count', 'product_variant_ids');
    await t.odoo.write('product.product', [s, m], { weight: 2 });
    const both = { default_code: false, weight: 0, product_variant_count: 2, product_variant_ids: [m, s] };
    expect(await shown()).toMatchObject(both);
    await t.odoo.write('product.product', [m], { active: false, default_code: 'CM', weight: 2 });
    expect(await shown()).toMatchObject({ default_code: 'CS', weight: 2, product_variant_count: 1 });
  });

  it('writes over the code of its only variant when it is loaded with one', async () => {
    const { id, xid, name, S } = await shirt();
    await loadVariants([newXid(), id, [S], 'CS']);
    await loadTemplate(xid, { name, default_code: 'T1', weight: 3 });
    expect(await variantsOf(id, 'default_code', 'weight')).toMatchObject([{ default_code: 'T1', weight: 3 }]);
  });

  it('keeps a code of its own while it has several', async () => {
    const { id, xid, name, S, M } = await shirt();
    await loadVariants([newXid(), id, [S], 'CS'], [newXid(), id, [M], 'CM']);
    await loadTemplate(xid, { name, default_code: 'T1', weight: 3 });
    expect(await template(id, 'default_code', 'weight')).toEqual({ id, default_code: 'T1', weight: 3 });
    expect(await variantsOf(id, 'default_code', 'weight')).toMatchObject([
      { default_code: 'CS', weight: 0 },
      { default_code: 'CM', weight: 0 },
    ]);
  });

  it('archives its variants with itself and wakes all of them', async () => {
    const { id, xid, S, M } = await shirt();
    const active = async () => (await variantsOf(id)).map((variant) => variant.active);
    await loadVariants([newXid(), id, [S], 'CS'], [newXid(), id, [M], 'CM', false]);
    expect(await active()).toEqual([true, false]);
    await loadTemplate(xid, { active: '0' });
    expect(await active()).toEqual([false, false]);
    await loadTemplate(xid, { active: '1' });
    expect(await active()).toEqual([true, true]);
  });

  it('wakes archived variants whenever its lines are loaded', async () => {
    const { id, xid, name, S, M } = await shirt();
    await loadVariants([newXid(), id, [S], 'CS'], [newXid(), id, [M], 'CM', false]);
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, { name }, [[line, size, sizes]]);
    expect((await variantsOf(id)).map((variant) => variant.active)).toEqual([true, true]);
  });

  it('that is archived may have an active variant', async () => {
    const { id, xid, S } = await shirt();
    const variant = newXid();
    await loadVariants([variant, id, [S], 'CS']);
    await loadTemplate(xid, { active: '0' });
    await loadVariants([variant, id, [S], 'CS']);
    expect(await template(id, 'active', 'product_variant_count')).toEqual({
      id,
      active: false,
      product_variant_count: 1,
    });
  });

  it('archives instant variants made with it only when it is loaded again', async () => {
    const [wood, ...woods] = await attributeOf('always', ['Oak', 'Pine']);
    const [xid, name] = [newXid(), fresh('Chair')];
    const id = await loadTemplate(xid, { name, active: '0' }, [['', wood, woods]]);
    expect((await variantsOf(id)).map((variant) => variant.active)).toEqual([true, true]);
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, { name, active: '0' }, [[line, wood, woods]]);
    expect((await variantsOf(id)).map((variant) => variant.active)).toEqual([false, false]);
  });

  it('loses a variant that no longer has a value of every line', async () => {
    const { id, xid, name, S, M } = await shirt();
    await loadVariants([newXid(), id, [S], 'CS'], [newXid(), id, [M], 'CM']);
    await loadTemplate(xid, { name }, [['', colour[0], colour.slice(1)]]);
    expect(await variantsOf(id)).toEqual([]);
  });
});

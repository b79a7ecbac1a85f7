/** What a customer chose and wrote, on the lines of an order. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type LoadAnswer, type Struct, type Wire } from '../support/odoo-wire.ts';
import {
  attributeOf,
  errorOf,
  fresh,
  idsOf,
  linesOf,
  loadTemplate,
  newXid,
  openOptions,
  t,
  templateValues,
  variantsOf,
} from '../support/options.ts';

const CHOSEN = 'product_no_variant_attribute_value_ids';
const WRITTEN = 'product_custom_attribute_value_ids';
const VALUE = 'custom_product_template_attribute_value_id';
const CUSTOM = 'product.attribute.custom.value';

let partner: number;
let mug: number;
let product: number;
let name: string;
/** The template's values, and the names of its attributes. */
let red: number;
let blue: number;
let own: number;
let [boxA, boxB] = [0, 0];
let [colour, text, extras] = ['', '', ''];
let colours: number[];
beforeAll(async () => {
  await openOptions();
  partner = await t.odoo.create('res.partner', { name: fresh('Buyer') });
  colours = await attributeOf('no_variant', ['Red', 'Blue'], { sequence: 1 });
  const texts = await attributeOf('no_variant', ['Own'], { sequence: 2 });
  const boxes = await attributeOf('no_variant', ['A', 'B', 'C'], { sequence: 3, display_type: 'multi' });
  const attributes = [colours, texts, boxes] as [number, ...number[]][];
  [colour = '', text = '', extras = ''] = await Promise.all(
    attributes.map(async ([id]) => String((await t.odoo.one('product.attribute', id, ['name'])).name)),
  );
  name = fresh('Mug');
  const vals = { name, default_code: 'MUG', list_price: 10, taxes_id: '' };
  mug = await loadTemplate(
    newXid(),
    vals,
    attributes.map(([id, ...values]) => ['', id, values]),
  );
  const values = await templateValues(mug);
  const id = (value: string) => values[value]?.id ?? 0;
  [red, blue, own, boxA, boxB] = [id('Red'), id('Blue'), id('Own'), id('A'), id('B')];
  await t.odoo.write('product.template.attribute.value', [red], { price_extra: 2 });
  await t.odoo.write('product.template.attribute.value', [boxA], { price_extra: 1.5 });
  product = (await variantsOf(mug))[0]?.id ?? 0;
});
afterAll(() => t.close());

const COLUMNS = ['id', 'partner_id/.id', 'order_line/id', 'order_line/product_id/.id', `order_line/${CHOSEN}/.id`];

/** Loads an order with one line: more columns of the line by name. */
const tryOrder = (xid: string, chosen: number[], more: Record<string, Wire> = {}): Promise<LoadAnswer> =>
  t.odoo.load(
    'sale.order',
    [...COLUMNS, ...Object.keys(more).map((column) => `order_line/${column}`)],
    [[xid, partner, `${xid}line`, product, chosen.join(','), ...Object.values(more)]],
  );

const lineOf = async (order: number, ...fields: string[]): Promise<Struct & { id: number }> => {
  const { order_line: lines } = await t.odoo.one('sale.order', order, ['order_line']);
  return t.odoo.one('sale.order.line', (lines as number[])[0] ?? 0, fields);
};

const newOrder = async (...args: Parameters<typeof tryOrder>) => idsOf(await tryOrder(...args))[0] ?? 0;

describe('a line with chosen values', () => {
  it('names them and counts what they cost', async () => {
    const id = await newOrder(newXid(), [blue, boxB, boxA, own]);
    expect(await lineOf(id, CHOSEN, 'name', 'price_unit')).toMatchObject({
      [CHOSEN]: [blue, own, boxA, boxB],
      // The text has no alternative, so it was no choice.
      name: `[MUG] ${name}\n${colour}: Blue\n${extras}: A, B`,
      price_unit: 11.5,
    });
  });

  it('keeps a name and a price it was given, when loaded again too', async () => {
    const xid = newXid();
    const more = { name: 'As the store says', price_unit: 7 };
    const id = await newOrder(xid, [red, boxA], more);
    expect(await newOrder(xid, [red, boxA], more)).toBe(id);
    expect(await lineOf(id, CHOSEN, 'name', 'price_unit')).toMatchObject({ ...more, [CHOSEN]: [red, boxA] });
  });

  it('does not count the surcharge of another product', async () => {
    const other = await loadTemplate(newXid(), { name: fresh('Cup'), list_price: 5 });
    const [cup] = await variantsOf(other);
    const answer = await t.odoo.load('sale.order', COLUMNS, [[newXid(), partner, newXid(), cup?.id ?? 0, `${red}`]]);
    expect(await lineOf(idsOf(answer)[0] ?? 0, 'price_unit')).toMatchObject({ price_unit: 5 });
  });

  it('keeps a value that its product no longer offers', async () => {
    const size = await attributeOf('no_variant', ['S', 'M', 'L']);
    const [xid, vals] = [newXid(), { name: fresh('Shirt') }];
    const id = await loadTemplate(xid, vals, [['', size[0], size.slice(1)]]);
    const { S, M, L } = await templateValues(id);
    const [shirt] = await variantsOf(id);
    const answer = await t.odoo.load('sale.order', COLUMNS, [
      [newXid(), partner, newXid(), shirt?.id ?? 0, `${S?.id}`],
    ]);
    const [line = 0] = await linesOf(id);
    await loadTemplate(xid, vals, [[line, size[0], [size[3] ?? 0]]]);
    expect(await templateValues(id)).toEqual({ S: { ...S, ptav_active: false }, L });
    expect(M).toMatchObject({ ptav_active: true });
    expect(await lineOf(idsOf(answer)[0] ?? 0, CHOSEN)).toMatchObject({ [CHOSEN]: [S?.id] });
  });
});

describe('what a customer wrote', () => {
  const nested = (xid: string, written: string) => ({
    [`${WRITTEN}/id`]: xid,
    [`${WRITTEN}/${VALUE}/.id`]: own,
    [`${WRITTEN}/custom_value`]: written,
  });

  it('is loaded with the order, under an external id again and again', async () => {
    const [xid, custom] = [newXid(), newXid()];
    const id = await newOrder(xid, [own], nested(custom, 'Anna'));
    const line = await lineOf(id, 'name', WRITTEN);
    expect(line.name).toBe(`[MUG] ${name}\n${text}: Own: Anna`);
    expect(await newOrder(xid, [own], nested(custom, 'Berta'))).toBe(id);
    // A product that is loaded again names the line anew.
    expect(await lineOf(id, 'name', WRITTEN)).toEqual({ ...line, name: `[MUG] ${name}\n${text}: Own: Berta` });
    const [written = 0] = line[WRITTEN] as number[];
    expect(await t.odoo.one(CUSTOM, written, ['custom_value', VALUE, 'display_name', 'sale_order_line_id'])).toEqual({
      ...{ id: written, custom_value: 'Berta', [VALUE]: [own, `${text}: Own`], display_name: `${text}: Own: Berta` },
      sale_order_line_id: [line.id, expect.any(String)],
    });
  });

  it('without an external id cannot be loaded twice', async () => {
    const xid = newXid();
    const { [`${WRITTEN}/id`]: _, ...anonymous } = nested('', 'Anna');
    const id = await newOrder(xid, [own], { ...anonymous, name: 'n' });
    const { id: line } = await lineOf(id);
    expect(errorOf(await tryOrder(xid, [own], { ...anonymous, name: 'n' }))).toBe(
      'duplicate key value violates unique constraint "product_attribute_custom_value_sol_custom_value_unique"\n' +
        `DETAIL:  Key (${VALUE}, sale_order_line_id)=(${own}, ${line}) already exists.\n`,
    );
  });

  it('takes rows of its own below the line', async () => {
    const columns = [...COLUMNS, `order_line/${WRITTEN}/${VALUE}/.id`, `order_line/${WRITTEN}/custom_value`];
    const answer = await t.odoo.load('sale.order', columns, [
      [newXid(), partner, newXid(), product, `${blue},${own}`, own, 'Anna'],
      ['', '', '', '', '', red, 'also'],
    ]);
    const line = await lineOf(idsOf(answer)[0] ?? 0, 'name', WRITTEN);
    expect(line.name).toBe(`[MUG] ${name}\n${colour}: Blue\n${colour}: Red: also\n${text}: Own: Anna`);
    expect(line[WRITTEN]).toHaveLength(2);
  });

  it('can be loaded on its own, onto a confirmed and even a locked order', async () => {
    const [xid, custom] = [newXid(), newXid()];
    const id = await newOrder(xid, [own]);
    const columns = ['id', 'sale_order_line_id/id', `${VALUE}/.id`, 'custom_value'];
    const load = async (written: string) =>
      idsOf(await t.odoo.load(CUSTOM, columns, [[custom, `${xid}line`, own, written]]));
    const ids = await load('Anna');
    await t.odoo.call('sale.order', 'action_confirm', [[id]]);
    expect(await load('Berta')).toEqual(ids);
    await faultOf(t.odoo.call('sale.order', 'action_lock', [[id]]));
    expect(await load('Clara')).toEqual(ids);
    // The line's name was there first.
    expect(await lineOf(id, 'name', WRITTEN)).toMatchObject({ name: `[MUG] ${name}`, [WRITTEN]: ids });
  });

  it('is there once for each value of a line, and needs one', async () => {
    const xid = newXid();
    const id = await newOrder(xid, [own]);
    const columns = ['id', 'sale_order_line_id/id', `${VALUE}/.id`, 'custom_value'];
    const load = (value: Wire) => t.odoo.load(CUSTOM, columns, [[newXid(), `${xid}line`, value, 'Anna']]);
    idsOf(await load(own));
    const text = 'Only one Custom Value is allowed per Attribute Value per Sales Order Line.';
    expect(errorOf(await load(own))).toBe(text);
    const { id: line } = await lineOf(id);
    const fault = await faultOf(t.odoo.create(CUSTOM, { sale_order_line_id: line, [VALUE]: own }));
    expect([fault.code, fault.message]).toEqual([2, `The operation cannot be completed: ${text}`]);
    expect(errorOf(await load(''))).toContain(
      `field 'Attribute Value' (${VALUE}).\nModel: 'Product Attribute Custom Value' (${CUSTOM})`,
    );
  });

  it('goes with its order', async () => {
    const id = await newOrder(newXid(), [own], nested(newXid(), 'Anna'));
    const written = (await lineOf(id, WRITTEN))[WRITTEN] as number[];
    await t.odoo.call('sale.order', 'unlink', [[id]]);
    expect(await t.odoo.call(CUSTOM, 'read', [written, ['custom_value']])).toEqual([]);
  });
});

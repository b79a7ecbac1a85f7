/** `load()`: which record a row means, and what happens to the lines below it. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import type { Struct, Wire } from '../support/odoo-wire.ts';

let t: Target;
let partner: number;
let product: number;
beforeAll(async () => {
  t = await openTarget();
  partner = await t.odoo.create('res.partner', { name: t.unique('Identity') });
  product = await t.odoo.create('product.product', { name: t.unique('Thing'), list_price: 12.3456 });
});
afterAll(() => t.close());

let counter = 0;
const fresh = () => t.xid(`i${++counter}`);
const load = (fields: string[], ...rows: Wire[][]) => t.odoo.load('res.partner', fields, rows);
const nameOf = async (id: number) => (await t.odoo.one('res.partner', id, ['name'])).name;

describe('external ids', () => {
  it('make a record once and update it afterwards', async () => {
    const id = fresh();
    const first = await load(['id', 'name'], [id, 'one']);
    const second = await load(['id', 'name'], [id, 'two']);
    expect(second.ids).toEqual(first.ids);
    expect(await nameOf((second.ids || [])[0] ?? 0)).toBe('two');
  });

  it('repeated in a batch mean one record, and the last row wins', async () => {
    for (const round of ['new', 'known']) {
      const id = t.xid('repeated');
      const answer = await load(['id', 'name'], [id, `${round} first`], [id, `${round} last`]);
      const [a, b] = answer.ids || [];
      expect([a, answer.messages]).toEqual([b, []]);
      expect(await nameOf(a ?? 0)).toBe(`${round} last`);
    }
  });

  it('without a module belong to __import__', async () => {
    const name = t.unique('loose').replace(/\W/g, '_');
    const answer = await load(['id', 'name'], [name, 'x']);
    expect(await t.odoo.idOf(`__import__.${name}`)).toBe((answer.ids || [])[0]);
  });

  it('of a deleted record make it anew', async () => {
    const id = fresh();
    const first = (await load(['id', 'name'], [id, 'x'])).ids || [];
    await t.odoo.call('res.partner', 'unlink', [first]);
    expect(await t.odoo.idOf(id)).toBeNull();
    const again = (await load(['id', 'name'], [id, 'x'])).ids || [];
    expect(again[0]).toBeGreaterThan(first[0] ?? 0);
  });

  it('of an archived record update it and leave it archived', async () => {
    const id = fresh();
    const [made = 0] = (await load(['id', 'name'], [id, 'x'])).ids || [];
    await t.odoo.write('res.partner', [made], { active: false });
    expect((await load(['id', 'name'], [id, 'y'])).ids).toEqual([made]);
    expect(await t.odoo.one('res.partner', made, ['name', 'active'])).toEqual({ id: made, name: 'y', active: false });
  });

  it('of an archived record are told as false by check_object_reference', async () => {
    const id = fresh();
    const [made = 0] = (await load(['id', 'name', 'active'], [id, 'x', '0'])).ids || [];
    const [module = '', name = ''] = id.split('.');
    expect(await t.odoo.call('ir.model.data', 'check_object_reference', [module, name])).toEqual([
      'res.partner',
      false,
    ]);
    const [metadata] = await t.odoo.call<Struct[]>('res.partner', 'get_metadata', [[made]]);
    expect(metadata).toMatchObject({ id: made, xmlid: id, xmlids: [{ xmlid: id, noupdate: false }] });
  });

  it('name a new variant, and its template after it', async () => {
    const id = fresh();
    const answer = await t.odoo.load('product.product', ['id', 'name'], [[id, 'x']]);
    const [variant = 0] = answer.ids || [];
    const { product_tmpl_id: template } = await t.odoo.one('product.product', variant, ['product_tmpl_id']);
    expect(await t.odoo.idOf(`${id}_product_template`)).toBe((template as Wire[])[0]);
  });
});

describe('database ids', () => {
  it('mean the record that has them', async () => {
    const id = await t.odoo.create('res.partner', { name: 'x' });
    expect((await load(['.id', 'name'], [id, 'y'])).ids).toEqual([id]);
    expect(await nameOf(id)).toBe('y');
  });

  it('empty mean a new record', async () => {
    const answer = await load(['.id', 'name'], ['', 'new']);
    expect(answer.ids).toHaveLength(1);
  });

  it('give way to an external id in the same row', async () => {
    const [id, other] = [fresh(), await t.odoo.create('res.partner', { name: 'other' })];
    const answer = await load(['id', '.id', 'name'], [id, other, 'named']);
    expect((answer.ids || [])[0]).not.toBe(other);
    expect(await nameOf(other)).toBe('other');
  });

  it('of an archived record count as unknown, unless the context looks at archived ones too', async () => {
    const id = await t.odoo.create('res.partner', { name: 'x', active: false });
    expect((await load(['.id', 'name'], [id, 'y'])).messages[0]?.message).toBe(`Unknown database identifier '${id}'`);
    const answer = await t.odoo.load('res.partner', ['.id', 'name'], [[id, 'y']], { active_test: false });
    expect(answer.ids).toEqual([id]);
  });
});

describe('lines of an order', () => {
  const COLUMNS = [
    'id',
    'partner_id/.id',
    'order_line/id',
    'order_line/product_id/.id',
    'order_line/product_uom_qty',
    'order_line/price_unit',
  ];
  const orders = (...rows: Wire[][]) => t.odoo.load('sale.order', COLUMNS, rows);
  const linesOf = async (order: number) => {
    const fields = ['product_uom_qty', 'price_unit', 'name', 'sequence'];
    return t.odoo.call<Struct[]>('sale.order.line', 'search_read', [[['order_id', '=', order]], fields]);
  };
  const pairs = async (order: number) => (await linesOf(order)).map((line) => [line.product_uom_qty, line.price_unit]);

  it('are the rows whose own cells are empty', async () => {
    const answer = await orders(
      [fresh(), partner, fresh(), product, 1, 10],
      ['', '', fresh(), product, 2, 20],
      [fresh(), partner, fresh(), product, 3, 30],
    );
    const [first = 0, second = 0] = answer.ids || [];
    expect(answer.ids).toHaveLength(2);
    expect(await pairs(first)).toEqual([
      [1, 10],
      [2, 20],
    ]);
    expect(await pairs(second)).toEqual([[3, 30]]);
  });

  it('with external ids are updated, not added again; those not mentioned stay', async () => {
    const [order, a, b] = [fresh(), fresh(), fresh()];
    await orders([order, partner, a, product, 1, 10], ['', '', b, product, 2, 20]);
    const answer = await orders([order, partner, b, product, 5, 50]);
    const [id = 0] = answer.ids || [];
    expect(await pairs(id)).toEqual([
      [1, 10],
      [5, 50],
    ]);
  });

  it('without external ids are added each time', async () => {
    const order = fresh();
    await orders([order, partner, '', product, 1, 10]);
    const answer = await orders([order, partner, '', product, 1, 10]);
    expect(await pairs((answer.ids || [])[0] ?? 0)).toEqual([
      [1, 10],
      [1, 10],
    ]);
  });

  it('vanish when all line cells of a known order are empty', async () => {
    const order = fresh();
    await orders([order, partner, fresh(), product, 1, 10]);
    const answer = await orders([order, partner, '', '', '', '']);
    expect(answer.messages).toEqual([]);
    expect(await pairs((answer.ids || [])[0] ?? 0)).toEqual([]);
  });

  it('deleted in Odoo come back under their external id', async () => {
    const [order, line] = [fresh(), fresh()];
    await orders([order, partner, line, product, 1, 10]);
    await t.odoo.call('sale.order.line', 'unlink', [[(await t.odoo.idOf(line)) ?? 0]]);
    const answer = await orders([order, partner, line, product, 2, 10]);
    expect(await pairs((answer.ids || [])[0] ?? 0)).toEqual([[2, 10]]);
  });

  it('move to the order that names them', async () => {
    const [one, two, line] = [fresh(), fresh(), fresh()];
    const first = await orders([one, partner, line, product, 1, 10]);
    const second = await orders([two, partner, line, product, 1, 10]);
    expect(await pairs((first.ids || [])[0] ?? 0)).toEqual([]);
    expect(await pairs((second.ids || [])[0] ?? 0)).toEqual([[1, 10]]);
  });

  it('can be loaded by themselves', async () => {
    const [order, line] = [fresh(), fresh()];
    const made = await orders([order, partner, fresh(), product, 1, 10]);
    const columns = ['id', 'order_id/id', 'product_id/.id', 'product_uom_qty', 'price_unit', 'tax_ids/.id'];
    await t.odoo.load('sale.order.line', columns, [[line, order, product, 1, -2.5, '']]);
    const id = (made.ids || [])[0] ?? 0;
    expect(await pairs(id)).toEqual([
      [1, 10],
      [1, -2.5],
    ]);
    expect((await t.odoo.one('sale.order.line', (await t.odoo.idOf(line)) ?? 0, ['tax_ids'])).tax_ids).toEqual([]);
  });

  it('take name, price and taxes from the product when they are not given', async () => {
    const columns = ['id', 'partner_id/.id', 'order_line/product_id/.id'];
    const answer = await t.odoo.load('sale.order', columns, [[fresh(), partner, product]]);
    const [line] = await linesOf((answer.ids || [])[0] ?? 0);
    expect(line).toMatchObject({ name: t.unique('Thing'), product_uom_qty: 1, price_unit: 12.3456, sequence: 10 });
    const { taxes_id: taxes } = await t.odoo.one('product.product', product, ['taxes_id']);
    expect((await t.odoo.one('sale.order.line', Number(line?.id), ['tax_ids'])).tax_ids).toEqual(taxes);
  });
});

/** `load()`: which cell becomes which value. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';

let t: Target;
let partner: number;
beforeAll(async () => {
  t = await openTarget();
  partner = await t.odoo.create('res.partner', { name: t.unique('Values') });
});
afterAll(() => t.close());

let counter = 0;
const fresh = () => t.xid(`v${++counter}`);

/** Loads one cell into a new record and reads it back. */
async function stored(model: string, base: Struct, column: string, cell: Wire, context: Struct = {}): Promise<Wire> {
  const field = column.split(/[./]/)[0] ?? '';
  const columns = ['id', ...Object.keys(base), column];
  const answer = await t.odoo.load(model, columns, [[fresh(), ...Object.values(base), cell]], context);
  expect(answer.messages).toEqual([]);
  return (await t.odoo.one(model, (answer.ids || [])[0] ?? 0, [field]))[field] ?? null;
}

const ofPartner = (column: string, cell: Wire) => stored('res.partner', { name: 'x' }, column, cell);

describe('plain cells', () => {
  it.each<[string, Wire, Wire]>([
    ['is_company', '1', true],
    ['is_company', 'Yes', true],
    ['is_company', 'TRUE', true],
    ['is_company', '0', false],
    ['is_company', 'no', false],
    ['is_company', false, false],
    ['type', 'delivery', 'delivery'],
    ['type', 'INVOICE', 'invoice'],
    ['type', 'Other', 'other'],
    ['color', '7', 7],
    ['color', 7, 7],
    ['zip', 'D-123', 'D-123'],
    ['zip', 123, '123'],
    ['zip', 4.5, '4.5'],
    ['zip', '', false],
    ['zip', false, false],
    ['zip', null, false],
    ['partner_latitude', '1.5', 1.5],
    ['partner_latitude', 2, 2],
  ])('%s %j is kept as %j', async (field, cell, expected) => {
    expect(await ofPartner(field, cell)).toEqual(expected);
  });

  it('missing at the end of a row are not touched', async () => {
    const id = fresh();
    await t.odoo.load('res.partner', ['id', 'name', 'zip'], [[id, 'x', '11']]);
    await t.odoo.load('res.partner', ['id', 'name'], [[id, 'y']]);
    expect(await t.odoo.one('res.partner', (await t.odoo.idOf(id)) ?? 0, ['zip', 'name'])).toMatchObject({
      zip: '11',
      name: 'y',
    });
  });

  it('empty clear what was there', async () => {
    const id = fresh();
    const columns = ['id', 'name', 'zip', 'country_id/id'];
    await t.odoo.load('res.partner', columns, [[id, 'x', '11', 'base.us']]);
    await t.odoo.load('res.partner', columns, [[id, 'x', '', '']]);
    const read = await t.odoo.one('res.partner', (await t.odoo.idOf(id)) ?? 0, ['zip', 'country_id']);
    expect(read).toMatchObject({ zip: false, country_id: false });
  });
});

describe('times', () => {
  const order = (cell: Wire, context: Struct = {}) =>
    stored('sale.order', { 'partner_id/.id': partner }, 'date_order', cell, context);

  it('are UTC, to the second, or a day', async () => {
    expect(await order('2026-07-01 12:34:56', { tz: 'UTC' })).toBe('2026-07-01 12:34:56');
    expect(await order('2026-07-01', { tz: 'UTC' })).toBe('2026-07-01 00:00:00');
  });

  it('are read in the time zone of the context', async () => {
    expect(await order('2026-07-01 12:00:00', { tz: 'Europe/Paris' })).toBe('2026-07-01 10:00:00');
    expect(await order('2026-01-01 00:30:00', { tz: 'America/New_York' })).toBe('2026-01-01 05:30:00');
  });

  it.each(['2026-07-01T12:34:56', '01/07/2026', '2026-13-01 00:00:00'])('are refused as %s', async (cell) => {
    const answer = await t.odoo.load('sale.order', ['id', 'partner_id/.id', 'date_order'], [[fresh(), partner, cell]]);
    expect(answer.messages[0]).toMatchObject({
      ...{ field: 'date_order', field_name: 'Order Date', moreinfo: "Use the format '2012-12-31 23:59:59'" },
      message: `'${cell}' does not seem to be a valid datetime for field 'Order Date'`,
    });
  });
});

describe('references to one record', () => {
  it('are a name, a code, an external id or a database id', async () => {
    const [us, usName] = [(await t.odoo.idOf('base.us')) ?? 0, 'United States'];
    expect(await ofPartner('country_id', usName)).toEqual([us, usName]);
    expect(await ofPartner('country_id', 'US')).toEqual([us, usName]);
    expect(await ofPartner('country_id/id', 'base.us')).toEqual([us, usName]);
    expect(await ofPartner('country_id/.id', us)).toEqual([us, usName]);
    expect(await ofPartner('country_id/.id', String(us))).toEqual([us, usName]);
    expect(await ofPartner('country_id.id', us)).toEqual([us, usName]);
  });

  it.each<Wire>(['', false, 0, '0'])('are none as %j', async (cell) => {
    expect(await ofPartner('country_id/.id', cell)).toBe(false);
  });

  it('warn when a name fits several, and take the first', async () => {
    const answer = await t.odoo.load('res.partner', ['id', 'name', 'state_id'], [[fresh(), 'x', 'CA']]);
    expect(answer.ids).toHaveLength(1);
    expect(answer.messages).toEqual([
      {
        ...{ type: 'warning', rows: { from: 0, to: 0 }, record: 0, field: 'state_id' },
        message: expect.stringMatching(/^Found multiple matches for value "CA" in field "State" \(\d+ matches\)$/),
      },
    ]);
  });

  it('cannot be given twice in one batch, not even empty', async () => {
    const columns = ['id', 'name', 'country_id/id', 'country_id/.id'];
    const { messages } = await t.odoo.load('res.partner', columns, [[fresh(), 'x', 'base.us', '']]);
    expect(messages).toEqual([
      {
        ...{ type: 'error', rows: { from: 0, to: 0 }, record: 0, field: 'country_id' },
        message: "Ambiguous specification for field 'Country', only provide one of name, external id or database id",
      },
    ]);
  });

  it('may be archived when given by id, but not by name', async () => {
    const name = t.unique('Archived');
    const archived = await t.odoo.create('res.partner', { name, active: false });
    expect(await ofPartner('parent_id/.id', archived)).toEqual([archived, name]);
    const { messages } = await t.odoo.load('res.partner', ['id', 'name', 'parent_id'], [[fresh(), 'x', name]]);
    expect(messages[0]?.message).toBe(`No matching record found for name '${name}' in field 'Related Company'`);
  });

  it('may point at an earlier row of the batch, not at a later one', async () => {
    const [parent, child] = [fresh(), fresh()];
    const columns = ['id', 'name', 'parent_id/id'];
    const rows = [
      [parent, 'Parent', ''],
      [child, 'Child', parent],
    ];
    const answer = await t.odoo.load('product.category', columns, rows);
    const [parentId, childId] = answer.ids || [];
    expect(await t.odoo.one('product.category', childId ?? 0, ['parent_id', 'complete_name'])).toEqual({
      ...{ id: childId, parent_id: [parentId, 'Parent'], complete_name: 'Parent / Child' },
    });
    const [late, early] = [fresh(), fresh()];
    const refused = await t.odoo.load('product.category', columns, [
      [early, 'Child', late],
      [late, 'Parent', ''],
    ]);
    expect(refused.messages[0]?.message).toBe(
      `No matching record found for external id '${late}' in field 'Parent Category'`,
    );
  });
});

describe('references to several records', () => {
  const taxes = async (column: string, cell: Wire) =>
    (await stored('product.product', { name: 'x' }, column, cell)) as number[];
  let made: number[];
  let names: string[];
  beforeAll(async () => {
    names = [fresh(), fresh()];
    const rows = names.map((id, index) => [id, t.unique(`Tax ${index}`), index + 1, 'sale']);
    const answer = await t.odoo.load('account.tax', ['id', 'name', 'amount', 'type_tax_use'], rows);
    made = answer.ids || [];
  });

  it('are a list in one cell', async () => {
    expect((await taxes('taxes_id/.id', made.join(','))).sort()).toEqual([...made].sort());
    expect((await taxes('taxes_id/id', names.join(','))).sort()).toEqual([...made].sort());
    expect(await taxes('taxes_id/.id', String(made[0]))).toEqual([made[0]]);
  });

  it('empty mean none, absent mean the default', async () => {
    expect(await taxes('taxes_id/.id', '')).toEqual([]);
    const standard = await t.odoo.create('product.product', { name: 'x' });
    const { taxes_id: defaults } = await t.odoo.one('product.product', standard, ['taxes_id']);
    expect(await stored('product.product', { name: 'x' }, 'taxes_id', '')).toEqual([]);
    const loaded = await t.odoo.load('product.product', ['id', 'name'], [[fresh(), 'x']]);
    expect(await t.odoo.one('product.product', (loaded.ids || [])[0] ?? 0, ['taxes_id'])).toMatchObject({
      taxes_id: defaults,
    });
  });

  it('fault when the cell is a bare number', async () => {
    const call = t.odoo.load('product.product', ['id', 'name', 'taxes_id/.id'], [[fresh(), 'x', made[0] ?? 0]]);
    expect((await faultOf(call)).lastLine).toBe("AttributeError: 'int' object has no attribute 'split'");
  });
});

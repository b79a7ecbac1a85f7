/** `load()`: all or nothing, and what it says about the rows it refuses. The texts are what a connector reads. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Wire } from '../support/odoo-wire.ts';

let t: Target;
beforeAll(async () => {
  t = await openTarget();
});
afterAll(() => t.close());

const GONE = 2_000_000_000;
let counter = 0;
const fresh = () => t.xid(`m${++counter}`);

/** Loads one partner with one more column, and returns the only message. */
async function complaint(column: string, cell: Wire) {
  const answer = await t.odoo.load('res.partner', ['id', 'name', column], [[fresh(), 'x', cell]]);
  expect(answer.ids).toBe(false);
  expect(answer.messages).toHaveLength(1);
  return answer.messages[0];
}

describe('all or nothing', () => {
  it('answers ids in the order of the rows', async () => {
    const [a, b] = [fresh(), fresh()];
    const answer = await t.odoo.load(
      'res.partner',
      ['id', 'name'],
      [
        [b, 'B'],
        [a, 'A'],
      ],
    );
    expect(answer).toEqual({ ids: [await t.odoo.idOf(b), await t.odoo.idOf(a)], messages: [], nextrow: 0 });
  });

  it('writes nothing when one row is refused', async () => {
    const [good, bad] = [fresh(), fresh()];
    const answer = await t.odoo.load(
      'res.partner',
      ['id', 'name'],
      [
        [good, 'good'],
        [bad, ''],
      ],
    );
    expect(answer.ids).toBe(false);
    expect(await t.odoo.idOf(good)).toBeNull();
  });

  it('undoes updates too', async () => {
    const known = fresh();
    await t.odoo.load('res.partner', ['id', 'name'], [[known, 'before']]);
    await t.odoo.load(
      'res.partner',
      ['id', 'name'],
      [
        [known, 'after'],
        [fresh(), ''],
      ],
    );
    expect(await t.odoo.one('res.partner', (await t.odoo.idOf(known)) ?? 0, ['name'])).toMatchObject({
      name: 'before',
    });
  });

  it('accepts an empty batch', async () => {
    expect(await t.odoo.load('res.partner', ['id', 'name'], [])).toEqual({ ids: [], messages: [], nextrow: 0 });
  });

  it('faults on an unknown column, at the root or below', async () => {
    for (const columns of [
      ['id', 'nope'],
      ['id', 'child_ids/nope'],
    ]) {
      const fault = await faultOf(t.odoo.load('res.partner', columns, [[fresh(), 'x']]));
      expect([fault.code, fault.lastLine]).toEqual([1, "ValueError: Invalid field name 'nope'"]);
    }
  });
});

describe('messages about a record', () => {
  it('name a missing required field', async () => {
    const answer = await t.odoo.load('sale.order', ['id', 'client_order_ref'], [[fresh(), 'x']]);
    expect(answer).toEqual({
      ids: false,
      nextrow: 0,
      messages: [
        {
          ...{ type: 'error', rows: { from: 0, to: 0 }, record: 0, field: 'partner_id' },
          message:
            "Missing required value for the field 'Customer' (partner_id).\nModel: 'Sales Order' (sale.order)\n" +
            '- create/update: a mandatory field is not set\n' +
            '- delete: another model requires the record being deleted, you can archive it instead\n',
        },
      ],
    });
  });

  it('name the field of a child after the parent, when the child lacks it', async () => {
    const partner = await t.odoo.create('res.partner', { name: 'x' });
    const columns = ['id', 'partner_id/.id', 'order_line/id', 'order_line/price_unit'];
    const { messages } = await t.odoo.load('sale.order', columns, [[fresh(), partner, fresh(), 3]]);
    expect(messages).toHaveLength(1);
    expect(messages[0]?.field).toBeUndefined();
    expect(messages[0]?.message).toContain("required value for the field 'Order Reference' (name).\nModel: Unknown\n");
  });

  it('say what a constraint says, for every row', async () => {
    const { messages } = await t.odoo.load(
      'res.partner',
      ['id', 'name'],
      [
        [fresh(), ''],
        [fresh(), 'good'],
        [fresh(), ''],
      ],
    );
    expect(messages).toEqual(
      [0, 2].map((row) => ({
        ...{ type: 'error', rows: { from: row, to: row }, record: row, message: 'Contacts require a name' },
      })),
    );
  });

  it('stop after ten', async () => {
    const { messages } = await t.odoo.load(
      'res.partner',
      ['id', 'name'],
      Array.from({ length: 14 }, () => [fresh(), '']),
    );
    expect(messages).toHaveLength(11);
    expect(messages.at(-1)).toEqual({
      type: 'warning',
      message:
        'Found more than 10 errors and more than one error per 10 records, interrupted to avoid showing too many errors.',
    });
  });

  it('blame both rows that claim one barcode', async () => {
    const barcode = t.unique('bar').replace(/\W/g, '');
    const { ids, messages } = await t.odoo.load(
      'product.product',
      ['id', 'name', 'barcode'],
      [
        [fresh(), 'One', barcode],
        [fresh(), 'Two', barcode],
      ],
    );
    expect(ids).toBe(false);
    expect(messages.map((each) => each.record)).toEqual([0, 1]);
    for (const { message } of messages) {
      expect(message).toContain(`- Barcode "${barcode}" already assigned to product(s): One and Two`);
    }
  });

  it('tell that a known database id is needed', async () => {
    const { ids, messages } = await t.odoo.load('res.partner', ['.id', 'name'], [[GONE, 'x']]);
    expect(ids).toBe(false);
    expect(messages).toEqual([
      {
        ...{ type: 'error', rows: { from: 0, to: 0 }, record: 0, field: '.id' },
        message: `Unknown database identifier '${GONE}'`,
      },
    ]);
  });

  it('tell that an external id belongs to another model', async () => {
    const { messages } = await t.odoo.load('res.partner', ['id', 'name'], [['base.us', 'x']]);
    expect(messages[0]?.message).toMatch(
      /^For external id base\.us when trying to create\/update a record of model res\.partner found record of different model res\.country/,
    );
  });

  it('refuse spaces in an external id', async () => {
    const { ids, messages } = await t.odoo.load('res.partner', ['id', 'name'], [[`${fresh()} x`, 'x']]);
    expect(ids).toBe(false);
    expect(messages[0]?.message).toContain('violates check constraint "ir_model_data_name_nospaces"');
  });
});

describe('messages about a cell', () => {
  it('report every bad cell, whatever happens to the record', async () => {
    const rows = Array.from({ length: 14 }, (_, index) => [fresh(), 'x', `Nowhere ${index}`]);
    const { messages } = await t.odoo.load('res.partner', ['id', 'name', 'country_id'], rows);
    expect(messages.map((each) => each.record)).toEqual(rows.map((_, index) => index));
  });

  const dialogue = expect.objectContaining({ name: 'Possible Values' });

  it.each<[string, string, Wire, string]>([
    ['a name', 'country_id', 'Nowhere', "No matching record found for name 'Nowhere' in field 'Country'"],
    ['a name in another case', 'country_id', 'france', "No matching record found for name 'france' in field 'Country'"],
    ['a database id', 'country_id/.id', GONE, `No matching record found for database id '${GONE}' in field 'Country'`],
    ['no number as database id', 'country_id/.id', 'abc', "Invalid database id 'abc' for the field 'Country'"],
    [
      'an external id',
      'country_id/id',
      'base.xx',
      "No matching record found for external id 'base.xx' in field 'Country'",
    ],
  ])('that refers to nothing by %s', async (_what, column, cell, message) => {
    expect(await complaint(column, cell)).toEqual({
      ...{ type: 'error', rows: { from: 0, to: 0 }, record: 0, field: 'country_id', field_name: 'Country' },
      ...{ message, moreinfo: dialogue },
    });
  });

  it('that refers to the wrong model', async () => {
    const message = "Invalid external ID base.EUR: expected model 'res.country', found 'res.currency'";
    expect((await complaint('country_id/id', 'base.EUR'))?.message).toBe(message);
  });

  it('that names a field of the related record', async () => {
    expect((await complaint('country_id/code', 'US'))?.message).toBe(
      'Can not create Many-To-One records indirectly, import the field separately',
    );
  });

  it('of a child, with both labels', async () => {
    const partner = await t.odoo.create('res.partner', { name: 'x' });
    const columns = ['id', 'partner_id/.id', 'order_line/product_id/.id', 'order_line/product_uom_qty'];
    const { messages } = await t.odoo.load('sale.order', columns, [
      [fresh(), partner, GONE, 1],
      [fresh(), partner, '', 'many'],
    ]);
    expect(messages.map(({ field, field_name, message }) => ({ field, field_name, message }))).toEqual([
      {
        ...{ field: 'order_line', field_name: 'Order Lines' },
        message: `No matching record found for database id '${GONE}' in field 'Order Lines/Product'`,
      },
      {
        ...{ field: 'order_line', field_name: 'Order Lines' },
        message: "'many' does not seem to be a number for field 'Order Lines/Quantity'",
      },
      // The line that could not be converted is left out, so the second order is complete without it.
    ]);
  });

  it.each<[string, string, Wire, string, Wire | undefined]>([
    [
      'is_company',
      'Is a Company',
      'maybe',
      "Unknown value 'maybe' for boolean field 'Is a Company'",
      "Use '1' for yes and '0' for no",
    ],
    ['color', 'Color Index', '1.5', "'1.5' does not seem to be an integer for field 'Color Index'", undefined],
    [
      'partner_latitude',
      'Geo Latitude',
      '1,5',
      "'1,5' does not seem to be a number for field 'Geo Latitude'",
      undefined,
    ],
    [
      'type',
      'Address Type',
      'home',
      "Value 'home' not found in selection field 'Address Type'",
      ['Contact', 'Invoice', 'Delivery', 'Other'],
    ],
  ])('of %s that is not of its type', async (field, label, cell, message, moreinfo) => {
    const base = { type: 'error', rows: { from: 0, to: 0 }, record: 0, field, field_name: label, message };
    expect(await complaint(field, cell)).toEqual(moreinfo === undefined ? base : { ...base, moreinfo });
  });

  it.each([true, 1])('faults on a raw %s where a word is wanted', async (cell) => {
    const fault = await faultOf(t.odoo.load('res.partner', ['id', 'name', 'is_company'], [[fresh(), 'x', cell]]));
    expect(fault.code).toBe(1);
    expect(fault.lastLine).toBe(`AttributeError: '${cell === true ? 'bool' : 'int'}' object has no attribute 'lower'`);
  });
});

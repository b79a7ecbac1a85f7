/** One language for the declarations and steps, whichever Odoo is at hand: what is sent, and what comes back. */
import { describe, expect, test } from 'vitest';
import { ConnectorError } from '../../lib/errors/index.ts';
import type { Odoo, Value } from '../../lib/odoo/client.ts';
import { differencesOf, type Fields } from '../../lib/odoo/vocabulary/ask.ts';
import { Vocabulary } from '../../lib/odoo/vocabulary/index.ts';

/** The fields that tell versions apart, as `fields_get` of each answers them. */
const newer = {
  18: { is_storable: {}, price_include_override: {}, active: {} },
  17: { locked: {}, picked: {}, consolidated_billing: {}, display_type: { selection: [['multi', 'Multi-checkbox']] } },
  16: { refund_method: {}, display_type: { selection: [['radio', 'Radio']] } },
};
const told: Readonly<Record<number, Fields>> = {
  18: { ...newer[18], ...newer[17] },
  17: { ...newer[17], location_id: {} },
  16: { ...newer[16], location_id: {} },
};

/** An Odoo that is asked for fields and nothing else. */
async function ask(version: number, missing: readonly string[] = []) {
  const asked: string[] = [];
  const odoo = {
    async call(model: string, _: string, [names]: [string[]]) {
      asked.push(model);
      if (missing.includes(model)) throw new ConnectorError('ODOO_MODEL_UNKNOWN', 'no app');
      return Object.fromEntries(Object.entries(told[version] ?? {}).filter(([name]) => names.includes(name)));
    },
  } as unknown as Odoo;
  const known: Fields = version === 19 ? { tax_ids: {}, product_uom_id: {} } : {};
  return { asked, vocabulary: new Vocabulary(await differencesOf(odoo, known)) };
}

const speech = async (version: number) => {
  const { vocabulary } = await ask(version);
  return {
    vocabulary,
    sent: (model: string, method: string, args: Value[], kwargs: Record<string, Value> = {}) => {
      const call = vocabulary.toOdoo({ model, method, args, kwargs });
      return { method: call.method, args: call.args, kwargs: call.kwargs };
    },
    heard: (model: string, fields: string[], answer: unknown) =>
      vocabulary.fromOdoo({ model, method: 'search_read', args: [[]], kwargs: { fields } }, answer),
  };
};

describe('what an Odoo is asked', () => {
  test.each([
    [19, 0],
    [18, 4],
    [17, 8],
    [16, 8],
  ])('to know the language of %i: %i models', async (version, models) => {
    expect((await ask(version)).asked).toHaveLength(models);
  });

  test('without the Inventory app: nothing will be said of it', async () => {
    const { vocabulary } = await ask(16, ['stock.move', 'stock.return.picking']);
    expect(vocabulary.has('stock.move', 'picked')).toBe(true);
    expect(vocabulary.minds('asksReturnPlace')).toBe(false);
    expect(vocabulary.minds('mergesInvoices')).toBe(true);
  });
});

describe('19', () => {
  test('is spoken to as it is', async () => {
    const { vocabulary, heard } = await speech(19);
    const call = { model: 'sale.order.line', method: 'load', args: [['tax_ids/.id'], [['1']]], kwargs: {} };
    expect(vocabulary.toOdoo(call)).toBe(call);
    const answer = [{ id: 1, tax_ids: [2] }];
    expect(heard('sale.order.line', ['tax_ids'], answer)).toBe(answer);
  });
});

describe('18', () => {
  test('knows the taxes and the unit of a line by other names, in all that is sent', async () => {
    const { sent } = await speech(18);
    expect(
      sent('sale.order', 'load', [['id', 'order_line/tax_ids/.id', 'order_line/name'], [['a', '1,2', 'x']]]),
    ).toEqual({
      ...{ method: 'load', kwargs: {} },
      args: [['id', 'order_line/tax_id/.id', 'order_line/name'], [['a', '1,2', 'x']]],
    });
    const lines = [
      [0, 0, { tax_ids: [[6, 0, []]], name: 'x' }],
      [1, 7, { product_uom_id: 3 }],
      [2, 8, 0],
    ];
    expect(sent('sale.order', 'create', [{ order_line: lines }]).args).toEqual([
      {
        order_line: [
          [0, 0, { tax_id: [[6, 0, []]], name: 'x' }],
          [1, 7, { product_uom: 3 }],
          [2, 8, 0],
        ],
      },
    ]);
    expect(sent('sale.order', 'search_read', [[['order_line.tax_ids', 'in', [1]]]], { fields: ['name'] }).args).toEqual(
      [[['order_line.tax_id', 'in', [1]]]],
    );
  });

  test('is understood', async () => {
    const { heard } = await speech(18);
    const answer = [{ id: 7, tax_id: [1], product_uom: [1, 'Units'], name: 'x' }];
    expect(heard('sale.order.line', ['name', 'tax_ids', 'product_uom_id'], answer)).toEqual([
      { id: 7, name: 'x', tax_ids: [1], product_uom_id: [1, 'Units'] },
    ]);
  });

  test('counts goods and includes taxes as 19 does', async () => {
    const { sent } = await speech(18);
    const vals = { type: 'consu', is_storable: true };
    expect(sent('product.template', 'create', [vals]).args).toEqual([vals]);
  });
});

describe('17', () => {
  test('has one word for the kind of a product', async () => {
    const { sent, heard } = await speech(17);
    const kind = (vals: Record<string, Value>) => sent('product.template', 'create', [vals]).args[0];
    expect(kind({ type: 'consu', is_storable: true })).toEqual({ detailed_type: 'product' });
    expect(kind({ type: 'service', is_storable: false })).toEqual({ detailed_type: 'service' });
    expect(kind({ is_storable: true })).toEqual({ detailed_type: 'product' });
    const read = [
      { id: 1, detailed_type: 'product' },
      { id: 2, detailed_type: 'service' },
    ];
    expect(heard('product.product', ['is_storable', 'type'], read)).toEqual([
      { id: 1, is_storable: true, type: 'consu' },
      { id: 2, is_storable: false, type: 'service' },
    ]);
  });

  test('is loaded with it, too, and rows that go on with a record stay empty', async () => {
    const { sent } = await speech(17);
    const rows = [
      ['a', 'consu', '1', 'x'],
      ['', '', '', 'y'],
      ['b', 'service', '0', 'x'],
    ];
    expect(
      sent('product.template', 'load', [['id', 'type', 'is_storable', 'attribute_line_ids/id'], rows]).args,
    ).toEqual([
      ['id', 'detailed_type', 'attribute_line_ids/id'],
      [
        ['a', 'product', 'x'],
        ['', '', 'y'],
        ['b', 'service', 'x'],
      ],
    ]);
  });

  test('says yes or no to included taxes', async () => {
    const { sent, heard } = await speech(17);
    expect(sent('account.tax', 'load', [['id', 'price_include_override'], [['a', 'tax_excluded']]]).args).toEqual([
      ['id', 'price_include'],
      [['a', '0']],
    ]);
    expect(sent('account.tax', 'create', [{ price_include_override: 'tax_included' }]).args).toEqual([
      { price_include: true },
    ]);
    expect(heard('account.tax', ['price_include', 'price_include_override'], [{ id: 1, price_include: true }])).toEqual(
      [{ id: 1, price_include: true, price_include_override: 'tax_included' }],
    );
  });

  test('has no archive for attributes, and its own word for a return', async () => {
    const { sent, vocabulary } = await speech(17);
    expect(vocabulary.has('product.attribute', 'active')).toBe(false);
    expect(vocabulary.has('product.template', 'active')).toBe(true);
    expect(sent('stock.return.picking', 'action_create_returns', [[1]]).method).toBe('create_returns');
    expect(sent('account.move.reversal', 'refund_moves', [[1]]).method).toBe('refund_moves');
  });
});

describe('16', () => {
  test('locks an order by a state of its own', async () => {
    const { sent, heard } = await speech(16);
    expect(sent('sale.order', 'action_lock', [[1]]).method).toBe('action_done');
    const call = sent('sale.order', 'search_read', [[]], { fields: ['state', 'locked', 'name'] });
    expect(call.kwargs.fields).toEqual(['state', 'name']);
    const read = ['sale', 'done', 'cancel'].map((state, id) => ({ id, state, name: '' }));
    expect(heard('sale.order', ['state', 'locked'], read)).toEqual([
      { id: 0, state: 'sale', locked: false },
      { id: 1, state: 'sale', locked: true },
      { id: 2, state: 'cancel', locked: false },
    ]);
    // Whoever asks for the confirmed ones would not be told of the locked ones.
    expect(() => sent('sale.order', 'search_read', [[['state', '=', 'sale']]])).toThrow('cannot be searched');
  });

  test('is not told what it does not know', async () => {
    const { sent } = await speech(16);
    expect(sent('stock.move', 'load', [['.id', 'quantity', 'picked'], [[1, 2, '1']]]).args).toEqual([
      ['.id', 'quantity_done'],
      [[1, 2]],
    ]);
    const moves = { move_ids: [[1, 5, { quantity: 2, picked: true }]] };
    expect(sent('stock.picking', 'write', [[1], moves]).args).toEqual([
      [1],
      { move_ids: [[1, 5, { quantity_done: 2 }]] },
    ]);
    expect(sent('sale.advance.payment.inv', 'create', [{ consolidated_billing: false }]).args).toEqual([{}]);
    expect(sent('product.attribute', 'create', [{ display_type: 'multi' }]).args).toEqual([{ display_type: 'radio' }]);
  });

  test('is told what goes without saying elsewhere', async () => {
    const { sent } = await speech(16);
    expect(sent('account.move.reversal', 'create', [{ reason: 'x' }]).args).toEqual([
      { refund_method: 'refund', reason: 'x' },
    ]);
    expect(sent('account.move.reversal', 'refund_moves', [[1]]).method).toBe('reverse_moves');
  });
});

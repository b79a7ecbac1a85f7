/** The life of an order, and what a change to its lines does. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openTarget, type Target } from '../support/odoo-target.ts';
import { faultOf, type Struct, type Wire } from '../support/odoo-wire.ts';

let t: Target;
let partner: number;
let product: number;
beforeAll(async () => {
  t = await openTarget();
  partner = await t.odoo.create('res.partner', { name: t.unique('States') });
  product = await t.odoo.create('product.product', {
    name: t.unique('Lamp'),
    list_price: 12.3456,
    default_code: 'LMP',
  });
});
afterAll(() => t.close());

const PAST = '2020-02-03 04:05:06';

async function newOrder(line: Struct = { price_unit: 5, product_uom_qty: 2 }): Promise<number> {
  const vals = { partner_id: partner, date_order: PAST, order_line: [[0, 0, { product_id: product, ...line }]] };
  return t.odoo.create('sale.order', vals as Struct);
}

const read = (id: number, ...fields: string[]) => t.odoo.one('sale.order', id, fields);
const act = (method: string, ...ids: number[]) => t.odoo.call<Wire>('sale.order', method, [ids]);
const lineOf = async (id: number) => ((await read(id, 'order_line')).order_line as number[])[0] ?? 0;

/** Does something that succeeds and cannot say so. */
async function speechless(method: string, id: number): Promise<void> {
  const fault = await faultOf(act(method, id));
  expect([fault.code, fault.lastLine]).toEqual([1, 'TypeError: cannot marshal None unless allow_none is enabled']);
}

describe('a new order', () => {
  it('is a draft with a number, an address and the currency of its pricelist', async () => {
    const order = await read(
      await newOrder(),
      ...[
        'name',
        'state',
        'locked',
        'date_order',
        'partner_invoice_id',
        'partner_shipping_id',
        'currency_id',
        'pricelist_id',
      ],
      ...['client_order_ref', 'invoice_status', 'fiscal_position_id'],
    );
    expect(order).toMatchObject({
      ...{ state: 'draft', locked: false, date_order: PAST, client_order_ref: false, invoice_status: 'no' },
      ...{ partner_invoice_id: [partner, t.unique('States')], partner_shipping_id: [partner, t.unique('States')] },
      ...{ fiscal_position_id: false, name: expect.stringMatching(/^S\d{5,}$/) },
    });
    const [pricelist] = order.pricelist_id as number[];
    const { currency_id: currency } = await t.odoo.one('product.pricelist', pricelist ?? 0, ['currency_id']);
    expect(order.currency_id).toEqual(currency);
  });

  it('counts on from the last number', async () => {
    const numbers: number[] = [];
    for (let each = 0; each < 2; each++)
      numbers.push(Number(String((await read(await newOrder(), 'name')).name).slice(1)));
    expect(numbers[1]).toBeGreaterThan(numbers[0] ?? 0);
  });

  it('goes to the invoice and delivery addresses of its customer', async () => {
    const customer = await t.odoo.create('res.partner', { name: 'Buyer' });
    const vals = { parent_id: customer, name: 'There' };
    const invoice = await t.odoo.create('res.partner', { ...vals, type: 'invoice' });
    const delivery = await t.odoo.create('res.partner', { ...vals, type: 'delivery' });
    const order = await t.odoo.create('sale.order', { partner_id: customer });
    expect(await read(order, 'partner_invoice_id', 'partner_shipping_id')).toMatchObject({
      ...{ partner_invoice_id: [invoice, 'Buyer, There'], partner_shipping_id: [delivery, 'Buyer, There'] },
    });
  });

  it('takes another currency only with another pricelist', async () => {
    const [usd = 0] = await t.odoo.call<number[]>('res.currency', 'search', [[['name', '=', 'USD']]]);
    const pricelist = await t.odoo.create('product.pricelist', {
      name: t.unique('US'),
      currency_id: usd,
      sequence: 999,
    });
    const order = await t.odoo.create('sale.order', { partner_id: partner, pricelist_id: pricelist });
    expect(await read(order, 'currency_id')).toMatchObject({ currency_id: [usd, 'USD'] });
  });

  it('reads times as they were written', async () => {
    expect((await read(await newOrder(), 'date_order')).date_order).toBe(PAST);
  });
});

describe('confirming', () => {
  it('overwrites the order date with now; it can be written back', async () => {
    const id = await newOrder();
    expect(await act('action_confirm', id)).toBe(true);
    const confirmed = await read(id, 'state', 'date_order');
    expect(confirmed.state).toBe('sale');
    const age = Date.now() - Date.parse(`${String(confirmed.date_order).replace(' ', 'T')}Z`);
    expect(Math.abs(age)).toBeLessThan(3_600_000);
    await t.odoo.write('sale.order', [id], { date_order: PAST });
    expect((await read(id, 'date_order')).date_order).toBe(PAST);
  });

  it('is refused the second time, and for a cancelled order', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    const again = await faultOf(act('action_confirm', id));
    expect([again.code, again.message]).toEqual([2, 'Some orders are not in a state requiring confirmation.']);
    await act('action_cancel', id);
    expect((await faultOf(act('action_confirm', id))).code).toBe(2);
  });

  it('confirms all of a group or none', async () => {
    const [fresh, done] = [await newOrder(), await newOrder()];
    await act('action_confirm', done);
    expect((await faultOf(act('action_confirm', fresh, done))).code).toBe(2);
    expect((await read(fresh, 'state')).state).toBe('draft');
    expect(await act('action_confirm', fresh, await newOrder())).toBe(true);
  });

  it('wants an order that exists', async () => {
    const fault = await faultOf(act('action_confirm', 2_000_000_000));
    expect([fault.code, fault.message.split('\n')[0]]).toEqual([2, 'Record does not exist or has been deleted.']);
  });
});

describe('cancelling', () => {
  it('works on drafts and confirmed orders, and again', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    for (let each = 0; each < 2; each++) {
      expect(
        await t.odoo.call('sale.order', 'action_cancel', [[id]], { context: { disable_cancel_warning: true } }),
      ).toBe(true);
    }
    expect((await read(id, 'state')).state).toBe('cancel');
  });

  it('is undone by action_draft, which ignores other states', async () => {
    const id = await newOrder();
    await act('action_cancel', id);
    expect(await act('action_draft', id)).toBe(true);
    expect((await read(id, 'state')).state).toBe('draft');
    await act('action_confirm', id);
    expect(await act('action_draft', id)).toBe(true);
    expect((await read(id, 'state')).state).toBe('sale');
  });
});

describe('locking', () => {
  it('succeeds without being able to say so', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    await speechless('action_lock', id);
    expect(await read(id, 'locked', 'state')).toMatchObject({ locked: true, state: 'sale' });
    await speechless('action_unlock', id);
    expect((await read(id, 'locked')).locked).toBe(false);
  });

  it('keeps lines and state, not the date', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    await speechless('action_lock', id);
    const change = await faultOf(
      t.odoo.write('sale.order.line', [await lineOf(id)], { product_uom_qty: 9, price_unit: 1 }),
    );
    expect(change.code).toBe(2);
    expect(change.message).toMatch(/^It is forbidden to modify the following fields in a locked order:\n/);
    expect(change.message.split('\n').slice(1).sort()).toEqual(['Quantity', 'Unit Price']);
    const cancel = await faultOf(act('action_cancel', id));
    expect([cancel.code, cancel.message]).toEqual([2, 'You cannot cancel a locked order. Please unlock it first.']);
    expect(await t.odoo.write('sale.order', [id], { date_order: PAST })).toBe(true);
  });

  it('lets lines be added', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    await speechless('action_lock', id);
    await t.odoo.create('sale.order.line', { order_id: id, product_id: product, price_unit: 1, tax_ids: [[6, 0, []]] });
    expect((await read(id, 'order_line')).order_line).toHaveLength(2);
  });
});

describe('sending and deleting', () => {
  it('marks a draft as sent', async () => {
    const id = await newOrder();
    await speechless('action_quotation_sent', id);
    expect((await read(id, 'state')).state).toBe('sent');
  });

  it('deletes drafts, not confirmed orders or their lines', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    const order = await faultOf(t.odoo.call('sale.order', 'unlink', [[id]]));
    expect(order.message).toBe(
      'You can not delete a sent quotation or a confirmed sales order. You must first cancel it.',
    );
    const line = await faultOf(t.odoo.call('sale.order.line', 'unlink', [[await lineOf(id)]]));
    expect(line.message).toMatch(/^Once a sales order is confirmed, you can't remove one of its lines/);
    const draft = await newOrder();
    const child = await lineOf(draft);
    expect(await t.odoo.call('sale.order', 'unlink', [[draft]])).toBe(true);
    expect(await t.odoo.call('sale.order.line', 'read', [[child], ['name']])).toEqual([]);
  });

  it('does not change the pricelist of a confirmed order', async () => {
    const id = await newOrder();
    await act('action_confirm', id);
    const { pricelist_id: pricelist } = await read(id, 'pricelist_id');
    const fault = await faultOf(t.odoo.write('sale.order', [id], { pricelist_id: (pricelist as Wire[])[0] ?? 0 }));
    expect(fault.message).toBe('You cannot change the pricelist of a confirmed order !');
  });
});

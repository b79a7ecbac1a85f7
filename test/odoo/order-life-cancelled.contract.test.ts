/** Locking a finished order, and undoing one in whatever state it is. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct } from '../support/odoo-wire.ts';
import { call, confirmed, ids, openShop, order, outcome, partner, speechless, t } from '../support/order-life.ts';

beforeAll(openShop);
afterAll(() => t.close());

const cancel = (...orders: number[]) => call('sale.order', 'action_cancel', orders, { disable_cancel_warning: true });
const invoice = (id: number, ...fields: string[]) => t.odoo.one('account.move', id, fields);
const states = async (model: string, records: number[]) =>
  (await t.odoo.call<Struct[]>(model, 'read', [records, ['state']])).map(({ state }) => state);

async function invoiced(...orders: number[]): Promise<number[]> {
  const wizard = await t.odoo.create('sale.advance.payment.inv', {
    ...{ advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, orders]] },
  });
  await call('sale.advance.payment.inv', 'create_invoices', [wizard]).catch(() => undefined);
  return (await Promise.all(orders.map((id) => ids(id, 'invoice_ids')))).flat();
}

async function posted(...orders: number[]): Promise<number[]> {
  const invoices = await invoiced(...orders);
  await call('account.move', 'action_post', invoices);
  return invoices;
}

async function pay(invoices: number[]): Promise<Struct> {
  const [journal_id = 0] = await t.odoo.call<number[]>('account.journal', 'search', [[['type', '=', 'bank']]]);
  const context = { active_model: 'account.move', active_ids: invoices };
  const vals = { journal_id, payment_date: '2026-01-15', group_payment: false };
  const wizard = await t.odoo.call<number>('account.payment.register', 'create', [vals], { context });
  return call<Struct>('account.payment.register', 'action_create_payments', [wizard]);
}

/** Takes posted invoices back; the answer names the credit notes. */
async function reverse(invoices: number[], vals: Struct = {}): Promise<number[]> {
  const own = { journal_id: 1, reason: 'Cancelled', date: '2026-01-16', move_ids: [[6, 0, invoices]], ...vals };
  const wizard = await t.odoo.create('account.move.reversal', own);
  await call('account.move.reversal', 'refund_moves', [wizard]);
  return (await t.odoo.one<{ new_move_ids: number[] }>('account.move.reversal', wizard, ['new_move_ids'])).new_move_ids;
}

async function paid(): Promise<{ id: number; made: number }> {
  const id = await confirmed();
  const [made = 0] = await posted(id);
  await pay([made]);
  return { id, made };
}

describe('locking', () => {
  it('works on many and again, also on a draft', async () => {
    const orders = [await confirmed(), await confirmed(), await t.odoo.create('sale.order', { partner_id: partner })];
    for (let each = 0; each < 2; each++) {
      expect(await outcome(call('sale.order', 'action_lock', orders))).toEqual(speechless);
    }
    for (const id of orders) expect(await order(id, 'locked')).toMatchObject({ locked: true });
    for (let each = 0; each < 2; each++) {
      expect(await outcome(call('sale.order', 'action_unlock', orders))).toEqual(speechless);
    }
    for (const id of orders) expect(await order(id, 'locked')).toMatchObject({ locked: false });
  });

  it('does not stop invoicing, paying, reading or other fields', async () => {
    const id = await confirmed();
    await faultOf(call('sale.order', 'action_lock', [id]));
    expect(await t.odoo.write('sale.order', [id], { client_order_ref: 'WEB-2' })).toBe(true);
    const made = await posted(id);
    await pay(made);
    expect(await invoice(made[0] ?? 0, 'payment_state', 'ref')).toMatchObject({ payment_state: 'paid', ref: 'WEB-2' });
    expect(await order(id, 'invoice_status', 'locked')).toMatchObject({ invoice_status: 'invoiced', locked: true });
  });

  it('stops a group from being cancelled', async () => {
    const orders = [await confirmed(), await confirmed(), await confirmed()];
    await faultOf(call('sale.order', 'action_lock', orders.slice(1, 2)));
    expect(await outcome(cancel(...orders))).toEqual([2, 'You cannot cancel a locked order. Please unlock it first.']);
    expect(await states('sale.order', orders)).toEqual(['sale', 'sale', 'sale']);
    await faultOf(call('sale.order', 'action_unlock', orders));
    expect(await cancel(...orders)).toBe(true);
    expect(await states('sale.order', orders)).toEqual(['cancel', 'cancel', 'cancel']);
  });
});

describe('cancelling an order', () => {
  it('takes open deliveries and draft invoices along, and again', async () => {
    const id = await confirmed();
    const [made = 0] = await invoiced(id);
    for (let each = 0; each < 2; each++) expect(await cancel(id)).toBe(true);
    expect(await order(id, 'state', 'invoice_status', 'delivery_status')).toMatchObject({
      ...{ state: 'cancel', invoice_status: 'no', delivery_status: false },
    });
    expect(await states('account.move', [made])).toEqual(['cancel']);
    const transfers = await ids(id, 'picking_ids');
    expect(await states('stock.picking', transfers)).toEqual(['cancel']);
    const moves = await t.odoo.call<Struct[]>('stock.move', 'search_read', [
      [['picking_id', 'in', transfers]],
      ['state', 'quantity'],
    ]);
    expect(moves).toMatchObject([{ state: 'cancel', quantity: 0 }]);
    expect((await faultOf(call('stock.picking', 'button_validate', transfers))).code).toBe(2);
    expect(await outcome(t.odoo.write('stock.move', [Number(moves[0]?.id)], { quantity: 1 }))).toEqual([
      ...[2, 'You cannot change a cancelled stock move, create a new line instead.'],
    ]);
    expect(await outcome(call('account.move', 'action_post', [made]))).toEqual([
      ...[2, `The entry False (id ${made}) must be in draft.`],
    ]);
    expect(await outcome(pay([made]))).toEqual([2, 'You can not reconcile cancelled entries.']);
  });

  it('leaves done deliveries and posted invoices', async () => {
    const id = await confirmed();
    const made = await posted(id);
    const transfers = await ids(id, 'picking_ids');
    await call('stock.picking', 'button_validate', transfers);
    expect(await cancel(id)).toBe(true);
    expect(await states('account.move', made)).toEqual(['posted']);
    expect(await states('stock.picking', transfers)).toEqual(['done']);
    expect(await order(id, 'invoice_status', 'delivery_status')).toMatchObject({
      ...{ invoice_status: 'no', delivery_status: 'full' },
    });
  });

  it('can be taken back: a new delivery, a new invoice', async () => {
    const id = await confirmed();
    await invoiced(id);
    await cancel(id);
    await call('sale.order', 'action_draft', [id]);
    await call('sale.order', 'action_confirm', [id]);
    expect(await order(id, 'invoice_status', 'delivery_status')).toMatchObject({
      ...{ invoice_status: 'to invoice', delivery_status: 'pending' },
    });
    expect((await states('stock.picking', await ids(id, 'picking_ids'))).sort()).toEqual(['assigned', 'cancel']);
    await invoiced(id);
    expect((await states('account.move', await ids(id, 'invoice_ids'))).sort()).toEqual(['cancel', 'draft']);
  });
});

describe('a posted invoice', () => {
  it('is cancelled through draft, or at once', async () => {
    const [first = 0, second = 0] = await posted(await confirmed(), await confirmed());
    expect(await outcome(call('account.move', 'button_draft', [first]))).toEqual(speechless);
    const { name } = await invoice(first, 'name');
    expect(name).toMatch(/^INV\//);
    expect(await outcome(call('account.move', 'button_draft', [first]))).toEqual([
      ...[2, 'Only posted/cancelled journal entries can be reset to draft.'],
    ]);
    for (const id of [first, second]) {
      expect(await outcome(call('account.move', 'button_cancel', [id]))).toEqual(speechless);
      expect(await invoice(id, 'state', 'payment_state')).toMatchObject({ state: 'cancel', payment_state: 'not_paid' });
      expect(await outcome(call('account.move', 'button_cancel', [id]))).toEqual([
        ...[2, 'Only draft journal entries can be cancelled.'],
      ]);
    }
    expect(await outcome(call('account.move', 'button_draft', [first]))).toEqual(speechless);
    await call('account.move', 'action_post', [first]);
    expect(await invoice(first, 'state', 'name')).toMatchObject({ state: 'posted', name: name ?? '' });
  });

  it('is not deleted, a draft is', async () => {
    const id = await confirmed();
    const made = await posted(id);
    expect((await faultOf(call('account.move', 'unlink', made))).message).toMatch(
      /^You can't delete a posted journal item\./,
    );
    const other = await confirmed();
    expect(await call('account.move', 'unlink', await invoiced(other))).toBe(true);
    expect(await order(other, 'invoice_ids', 'invoice_status')).toMatchObject({
      ...{ invoice_ids: [], invoice_status: 'to invoice' },
    });
  });

  it('frees its payment when it is cancelled', async () => {
    const { id, made } = await paid();
    expect(await outcome(call('account.move', 'button_cancel', [made]))).toEqual(speechless);
    expect(await invoice(made, 'payment_state', 'amount_residual')).toMatchObject({
      ...{ payment_state: 'not_paid', amount_residual: 24 },
    });
    const payments = await t.odoo.call<Struct[]>('account.payment', 'search_read', [
      [['invoice_ids', 'in', [made]]],
      ['state', 'is_reconciled'],
    ]);
    expect(payments).toMatchObject([{ state: 'in_process', is_reconciled: false }]);
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'to invoice' });
  });
});

describe('a credit note', () => {
  it('takes a paid invoice back and is paid out', async () => {
    const { id, made } = await paid();
    await cancel(id);
    const { name } = await invoice(made, 'name');
    const [note = 0] = await reverse([made]);
    expect(
      await invoice(note, 'state', 'move_type', 'amount_total', 'ref', 'invoice_date', 'invoice_origin'),
    ).toMatchObject({
      ...{ state: 'draft', move_type: 'out_refund', amount_total: 24, invoice_date: '2026-01-16' },
      ...{ ref: `Reversal of: ${name}, Cancelled`, invoice_origin: (await order(id, 'name')).name },
    });
    expect((await invoice(note, 'reversed_entry_id')).reversed_entry_id).toMatchObject([made, `${name} (WEB-1)`]);
    expect(await invoice(made, 'reversal_move_ids')).toMatchObject({ reversal_move_ids: [note] });
    expect((await ids(id, 'invoice_ids')).sort()).toEqual([made, note].sort());
    expect(await call('account.move', 'action_post', [note])).toBe(false);
    expect(await invoice(note, 'name', 'payment_state')).toMatchObject({
      ...{ name: expect.stringMatching(/^RINV\/2026\/\d{5}$/), payment_state: 'not_paid' },
    });
    const action = await pay([note]);
    expect(await t.odoo.one('account.payment', Number(action.res_id), ['payment_type', 'amount'])).toMatchObject({
      ...{ payment_type: 'outbound', amount: 24 },
    });
    for (const each of [made, note]) {
      expect(await invoice(each, 'payment_state')).toMatchObject({ payment_state: 'paid' });
    }
    expect((await faultOf(pay([note]))).message).toMatch(/^There's nothing left to pay/);
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'no' });
  });

  it('settles unpaid invoices by being posted, three at once', async () => {
    const orders = [await confirmed(), await confirmed(), await confirmed()];
    const invoices = await posted(...orders);
    const notes = await reverse(invoices);
    expect(notes).toHaveLength(3);
    await call('account.move', 'action_post', notes);
    for (const id of invoices) expect(await invoice(id, 'payment_state')).toMatchObject({ payment_state: 'reversed' });
    for (const id of notes) expect(await invoice(id, 'payment_state')).toMatchObject({ payment_state: 'paid' });
    for (const id of orders) expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'to invoice' });
  });

  it('is made again by every new wizard, and never for a draft', async () => {
    const { id, made } = await paid();
    await reverse([made]);
    await reverse([made]);
    expect(await ids(id, 'invoice_ids')).toHaveLength(3);
    expect(await reverse(await invoiced(await confirmed()))).toEqual([]);
  });

  it('wants a journal', async () => {
    const { made } = await paid();
    const [code, text] = await outcome(reverse([made], { journal_id: false }));
    expect([code, String(text).split('\n')[0]]).toEqual([
      2,
      "The operation cannot be completed: Missing required value for the field 'Journal' (journal_id).",
    ]);
  });
});

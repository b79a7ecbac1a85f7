/** Paying invoices: once, again, three at once, into a journal of its own. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct } from '../support/odoo-wire.ts';
import { call, confirmed, ids, openShop, outcome, shipping, t } from '../support/order-life.ts';

beforeAll(openShop);
afterAll(() => t.close());

const NOTHING_TO_PAY =
  "There's nothing left to pay for the selected journal items, so no payment registration is necessary. " +
  "You've got your finances under control like a boss!";
const PAYING = { payment_date: '2026-01-15', group_payment: false };

const wizard = (orders: number[]) =>
  t.odoo.create('sale.advance.payment.inv', {
    ...{ advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, orders]] },
  });
const createInvoices = async (orders: number[]) =>
  call('sale.advance.payment.inv', 'create_invoices', [await wizard(orders)]);
const invoice = (id: number, ...fields: string[]) => t.odoo.one('account.move', id, fields);
const bank = async () => (await t.odoo.call<number[]>('account.journal', 'search', [[['type', '=', 'bank']]]))[0] ?? 0;

/** The draft invoice of a single order. */
async function invoiced(id: number): Promise<number> {
  await createInvoices([id]).catch(() => undefined);
  return (await ids(id, 'invoice_ids'))[0] ?? 0;
}

async function posted(id: number): Promise<number> {
  const made = await invoiced(id);
  await call('account.move', 'action_post', [made]);
  return made;
}

async function register(invoices: number[], vals: Struct = {}): Promise<number> {
  const context = { active_model: 'account.move', active_ids: invoices };
  const own = { journal_id: await bank(), ...PAYING, ...vals };
  return t.odoo.call<number>('account.payment.register', 'create', [own], { context });
}

const pay = async (invoices: number[], vals: Struct = {}) =>
  call<Struct>('account.payment.register', 'action_create_payments', [await register(invoices, vals)]);

describe('paying', () => {
  it('ends as paid, with a payment of the bank journal', async () => {
    const made = await posted(await confirmed());
    const action = await pay([made]);
    expect(action).toMatchObject({ res_model: 'account.payment', res_id: expect.any(Number) });
    const row = await invoice(made, 'payment_state', 'amount_residual', 'matched_payment_ids', 'status_in_payment');
    expect(row).toMatchObject({
      ...{ payment_state: 'paid', status_in_payment: 'paid', amount_residual: 0, matched_payment_ids: [action.res_id] },
    });
    const { name } = await invoice(made, 'name');
    expect(
      await t.odoo.one('account.payment', Number(action.res_id), ['amount', 'date', 'memo', 'payment_type', 'state']),
    ).toMatchObject({ amount: 24, date: '2026-01-15', memo: name, payment_type: 'inbound', state: 'paid' });
  });

  it('is refused by a new wizard once it is paid', async () => {
    const made = await posted(await confirmed());
    await pay([made]);
    expect(await outcome(pay([made]))).toEqual([2, NOTHING_TO_PAY]);
  });

  it('pays a second time when the same wizard runs again', async () => {
    const made = await posted(await confirmed());
    const own = await register([made]);
    for (let each = 0; each < 2; each++) await call('account.payment.register', 'action_create_payments', [own]);
    const payments = [['reconciled_invoice_ids', 'in', [made]]];
    expect(await t.odoo.call('account.payment', 'search_count', [payments])).toBe(2);
  });

  it('knows part payments', async () => {
    const made = await posted(await confirmed());
    await pay([made], { amount: 10 });
    expect(await invoice(made, 'payment_state', 'amount_residual')).toMatchObject({
      ...{ payment_state: 'partial', amount_residual: 14 },
    });
    await pay([made]);
    expect(await invoice(made, 'payment_state', 'amount_residual')).toMatchObject({
      ...{ payment_state: 'paid', amount_residual: 0 },
    });
  });

  it('has nothing to do for an invoice over nothing', async () => {
    const made = await posted(await confirmed([{ product_id: shipping, price_unit: 0 }]));
    expect(await outcome(register([made]))).toEqual([2, NOTHING_TO_PAY]);
  });

  it('needs invoices in its context', async () => {
    expect(await outcome(t.odoo.create('account.payment.register', PAYING))).toEqual([
      2,
      'The register payment wizard should only be called on account.move or account.move.line records.',
    ]);
  });
});

describe('three orders at once', () => {
  it('are invoiced, posted and paid, one invoice each', async () => {
    const orders = [await confirmed(), await confirmed(), await confirmed()];
    const action = (await createInvoices(orders)) as Struct;
    const invoices = (await Promise.all(orders.map((id) => ids(id, 'invoice_ids')))).flat();
    expect(invoices).toHaveLength(3);
    const [[, , named] = []] = action.domain as [string, string, number[]][];
    expect([...(named ?? [])].sort()).toEqual([...invoices].sort());
    expect((await faultOf(createInvoices(orders))).code).toBe(2);
    expect(await call('account.move', 'action_post', invoices)).toBe(false);
    const again = await faultOf(call('account.move', 'action_post', invoices));
    expect(again.message.split('\n')).toHaveLength(3);
    expect((await pay(invoices)).domain).toHaveLength(1);
    for (const made of invoices) {
      expect(await invoice(made, 'payment_state', 'matched_payment_ids')).toMatchObject({
        ...{ payment_state: 'paid', matched_payment_ids: [expect.any(Number)] },
      });
    }
    expect(await outcome(register(invoices))).toEqual([2, NOTHING_TO_PAY]);
  });

  it('skip what is already invoiced or paid', async () => {
    const [done, fresh] = [await confirmed(), await confirmed()];
    const paid = await posted(done);
    await pay([paid]);
    await createInvoices([done, fresh]);
    expect(await ids(done, 'invoice_ids')).toEqual([paid]);
    const [made = 0] = await ids(fresh, 'invoice_ids');
    expect((await faultOf(call('account.move', 'action_post', [paid, made]))).code).toBe(2);
    expect(await invoice(made, 'state')).toMatchObject({ state: 'draft' });
    await call('account.move', 'action_post', [made]);
    await pay([paid, made]);
    expect(await invoice(paid, 'matched_payment_ids')).toMatchObject({ matched_payment_ids: [expect.any(Number)] });
    expect(await invoice(made, 'payment_state')).toMatchObject({ payment_state: 'paid' });
  });
});

describe('a journal per payment method', () => {
  const read = (id: number) => t.odoo.one('account.journal', id, ['code', 'type', 'display_name']);

  it('finds its code', async () => {
    for (const [type, prefix] of [
      ['bank', 'BNK'],
      ['cash', 'CSH'],
    ] as const) {
      const id = await t.odoo.create('account.journal', { name: t.unique(type), type });
      expect(await read(id)).toMatchObject({
        ...{ type, display_name: t.unique(type), code: expect.stringMatching(new RegExp(`^${prefix}\\d+$`)) },
      });
    }
  });

  it('loads by external id, again and again, and takes payments', async () => {
    const rows = [[t.xid('journal'), t.unique('PayPal'), 'bank']];
    const { ids: first } = await t.odoo.load('account.journal', ['id', 'name', 'type'], rows);
    const { ids: second } = await t.odoo.load('account.journal', ['id', 'name', 'type'], rows);
    expect(second).toEqual(first);
    const [journal = 0] = first || [];
    const action = await pay([await posted(await confirmed())], { journal_id: journal });
    expect(await t.odoo.one('account.payment', Number(action.res_id), ['journal_id'])).toMatchObject({
      journal_id: [journal, t.unique('PayPal')],
    });
  });

  it('shares its code with no other', async () => {
    const twin = t.odoo.create('account.journal', { name: t.unique('Twin'), type: 'bank', code: 'BNK1' });
    expect(await outcome(twin)).toEqual([
      2,
      'The operation cannot be completed: Journal codes must be unique per company.',
    ]);
  });
});

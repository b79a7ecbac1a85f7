/** From a confirmed order to a posted invoice: every step, and every step again. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { faultOf, type Struct } from '../support/odoo-wire.ts';
import {
  call,
  confirmed,
  ids,
  lamp,
  openShop,
  order,
  outcome,
  partner,
  shipping,
  speechless,
  t,
} from '../support/order-life.ts';

beforeAll(openShop);
afterAll(() => t.close());

const NOTHING_TO_INVOICE = 'Cannot create an invoice. No items are available to invoice.\n\nTo resolve this issue, ';
const wizard = (orders: number[]) =>
  t.odoo.create('sale.advance.payment.inv', {
    ...{ advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, orders]] },
  });
const createInvoices = async (orders: number[]) =>
  call('sale.advance.payment.inv', 'create_invoices', [await wizard(orders)]);
const invoice = (id: number, ...fields: string[]) => t.odoo.one('account.move', id, fields);

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

describe('invoicing one order', () => {
  it('succeeds without being able to say so', async () => {
    expect(await outcome(createInvoices([await confirmed()]))).toEqual(speechless);
  });

  it('makes a draft of the same amount', async () => {
    const id = await confirmed();
    expect(await order(id, 'invoice_status', 'invoice_ids')).toMatchObject({
      ...{ invoice_status: 'to invoice', invoice_ids: [] },
    });
    const made = await invoiced(id);
    const { name } = await order(id, 'name');
    const fields = ['name', 'state', 'move_type', 'payment_state', 'invoice_date', 'payment_reference', 'journal_id'];
    expect(await invoice(made, ...fields, 'amount_total', 'amount_residual', 'invoice_origin', 'ref')).toMatchObject({
      ...{ name: false, state: 'draft', move_type: 'out_invoice', payment_state: 'not_paid', invoice_date: false },
      ...{ amount_total: 24, amount_residual: 24, invoice_origin: name, ref: 'WEB-1', payment_reference: false },
      journal_id: [1, 'Sales'],
    });
    expect(await order(id, 'invoice_status', 'invoice_ids', 'invoice_count', 'amount_invoiced')).toMatchObject({
      ...{ invoice_status: 'invoiced', invoice_ids: [made], invoice_count: 1, amount_invoiced: 0 },
    });
  });

  it('takes the taxes of the lines along', async () => {
    const tax = await t.odoo.create('account.tax', { name: t.unique('20 %'), amount: 20, type_tax_use: 'sale' });
    const taxed = (price_unit: number, product_uom_qty = 1) => ({
      ...{ product_id: lamp, price_unit, product_uom_qty, tax_ids: [[6, 0, [tax]]] },
    });
    const id = await confirmed([taxed(33.33), taxed(0.99), taxed(10.005, 3), taxed(5), taxed(-4.77)]);
    const amounts = ['amount_untaxed', 'amount_tax', 'amount_total'];
    const { id: _order, ...ordered } = await order(id, ...amounts);
    expect(await invoice(await invoiced(id), ...amounts)).toMatchObject(ordered);
  });

  it('is refused when everything is invoiced, with the same wizard or a new one', async () => {
    const id = await confirmed();
    const made = await wizard([id]);
    expect(await outcome(call('sale.advance.payment.inv', 'create_invoices', [made]))).toEqual(speechless);
    const again = await faultOf(call('sale.advance.payment.inv', 'create_invoices', [made]));
    expect([again.code, again.message.startsWith(NOTHING_TO_INVOICE)]).toEqual([2, true]);
    expect((await faultOf(createInvoices([id]))).message).toBe(again.message);
    expect(await ids(id, 'invoice_ids')).toHaveLength(1);
  });

  it('is refused for a draft order and for one without lines', async () => {
    const draft = await t.odoo.create('sale.order', { partner_id: partner });
    expect((await faultOf(createInvoices([draft]))).code).toBe(2);
    expect((await faultOf(createInvoices([await confirmed([])]))).code).toBe(2);
  });

  it('invoices what was added later', async () => {
    const id = await confirmed();
    await invoiced(id);
    await t.odoo.create('sale.order.line', { order_id: id, product_id: shipping, price_unit: 3 });
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'to invoice' });
    await invoiced(id);
    const invoices = await t.odoo.call<Struct[]>('account.move', 'read', [
      await ids(id, 'invoice_ids'),
      ['amount_total'],
    ]);
    expect(invoices.map((row) => row.amount_total).sort()).toEqual([24, 3]);
  });

  it('turns an order over less than nothing into a credit note', async () => {
    const made = await invoiced(await confirmed([{ product_id: shipping, price_unit: -5 }]));
    expect(await invoice(made, 'move_type', 'amount_total')).toMatchObject({
      move_type: 'out_refund',
      amount_total: 5,
    });
  });

  it('waits for the delivery when the product says so', async () => {
    const product_id = await t.odoo.create('product.product', { name: t.unique('Rope'), invoice_policy: 'delivery' });
    const id = await confirmed([{ product_id, product_uom_qty: 2 }]);
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'no' });
    expect((await faultOf(createInvoices([id]))).code).toBe(2);
    await call('stock.picking', 'button_validate', await ids(id, 'picking_ids'));
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'to invoice' });
    await invoiced(id);
    expect(await order(id, 'invoice_status')).toMatchObject({ invoice_status: 'invoiced' });
  });
});

describe('posting', () => {
  it('numbers the invoice, dates it today and makes it count', async () => {
    const id = await confirmed();
    const made = await invoiced(id);
    expect(await call('account.move', 'action_post', [made])).toBe(false);
    const row = await invoice(made, 'name', 'state', 'invoice_date', 'payment_reference', 'display_name');
    expect(row).toMatchObject({ state: 'posted', name: expect.stringMatching(/^INV\/\d{4}\/\d{5}$/) });
    expect(row.payment_reference).toBe(row.name);
    expect(row.display_name).toBe(`${row.name} (WEB-1)`);
    expect(row.invoice_date).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    expect(await order(id, 'amount_invoiced', 'amount_to_invoice')).toMatchObject({
      ...{ amount_invoiced: 24, amount_to_invoice: 0 },
    });
  });

  it('keeps a date written before, and none can be written after', async () => {
    const made = await invoiced(await confirmed());
    await t.odoo.write('account.move', [made], { invoice_date: '2020-02-03' });
    await call('account.move', 'action_post', [made]);
    expect(await invoice(made, 'invoice_date', 'date', 'name')).toMatchObject({
      ...{ invoice_date: '2020-02-03', date: '2020-02-03', name: expect.stringMatching(/^INV\/2020\/\d{5}$/) },
    });
    expect(await outcome(t.odoo.write('account.move', [made], { invoice_date: '2020-02-04' }))).toEqual([
      ...[2, 'You cannot modify the following readonly fields on a posted move: invoice_date'],
    ]);
    expect(await t.odoo.write('account.move', [made], { ref: 'mine' })).toBe(true);
  });

  it('is refused the second time', async () => {
    const made = await posted(await confirmed());
    const { name } = await invoice(made, 'name');
    expect(await outcome(call('account.move', 'action_post', [made]))).toEqual([
      ...[2, `The entry ${name} (id ${made}) must be in draft.`],
    ]);
  });

  it('counts an invoice over nothing as paid', async () => {
    const made = await posted(await confirmed([{ product_id: shipping, price_unit: 0 }]));
    expect(await invoice(made, 'payment_state')).toMatchObject({ payment_state: 'paid' });
  });
});

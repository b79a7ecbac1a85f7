import { groupBy } from '../../collections.ts';
import { ConnectorError } from '../../errors/index.ts';
import type { OdooRecord } from '../../odoo/client.ts';
import { idOf, idsOf, oneId } from '../../odoo/ids.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step, StepTools } from '../../sync/declare.ts';
import { asText, type Decimal, sum } from '../money.ts';
import { orderTarget } from '../reconciliation.ts';
import { pay, readAll } from './payment.ts';
import { amount } from './total.ts';
import { HEAVY_RECORDS, type Order, wants } from './wanted.ts';

/**
 * PAID: invoice the orders that can be invoiced whole, post the invoices, register the payments. Reads
 * what is there before each part, so that a repetition goes on where the last one stopped. An invoice
 * over nothing is paid as soon as it is posted; one over less is a credit note, and stays open: the store
 * does not say that anybody has paid the shopper.
 */
export const invoiceAndPay: Step<OrderSnapshot> = {
  name: 'pay',
  together: HEAVY_RECORDS,
  alone: true,
  due: (order, context) => isUnpaid(order) && wants('PAID', order.snapshot, context),
  async run(orders, tools) {
    const invoiceable = await wholeOrders(orders, tools);
    if (invoiceable.length > 0) await createInvoices(invoiceable, tools);
    await readOrders(orders, tools);
    const moves = await readInvoices(orders, tools);
    for (const order of orders) expectInvoiced(order, moves);
    const drafts = [...moves.values()].filter((move) => move.state === 'draft').map((move) => move.id);
    if (drafts.length > 0) await tools.odoo.call('account.move', 'action_post', [drafts]);
    await pay(
      orders.flatMap((order) =>
        invoicesOf(order, moves)
          .filter((move) => move.move_type === 'out_invoice')
          .filter((move) => move.payment_state === 'not_paid' || move.payment_state === 'partial')
          .filter((move) => Number(move.amount_total) !== 0)
          .map((move) => ({ moveId: move.id, order })),
      ),
      tools,
    );
    for (const order of orders) if (isInvoiced(order)) order.details.paidAt = new Date().toISOString();
  },
};

/** What Odoo invoices only once it is delivered is paid after the delivery. */
export const payDelivered: Step<OrderSnapshot> = {
  ...invoiceAndPay,
  name: 'pay-delivered',
  due: (order, context) => invoiceAndPay.due(order, context) && order.details.deliveredAt !== undefined,
};

/** It could not be invoiced although it should be paid: a person must look. */
export const expectPaid: Step<OrderSnapshot> = {
  name: 'expect-paid',
  due: (order, context) => invoiceAndPay.due(order, context) && !orderTarget(order.snapshot).eq(0),
  async run([order]) {
    const message = `Order ${order?.recordId}: Odoo does not invoice it yet; some of its products are invoiced once they are delivered.`;
    throw new ConnectorError('ORDER_NOT_INVOICEABLE', message, { subject: `order/${order?.recordId}` });
  },
};

const isUnpaid = ({ odoo, details }: Order): boolean => odoo.state === 'sale' && details.paidAt === undefined;

/** Delivered more than was ordered, it is invoiced all the same. */
const isInvoiced = ({ odoo }: Order): boolean =>
  odoo.invoice_status === 'invoiced' || odoo.invoice_status === 'upselling';

/**
 * The orders with lines to invoice and none that waits for its delivery: else the discount or the rounding
 * of an order would be invoiced alone, and its goods later at another total.
 */
async function wholeOrders(orders: readonly Order[], { odoo }: StepTools): Promise<Order[]> {
  const open = [
    ['order_id', 'in', orders.map((order) => order.odooId)],
    ['display_type', '=', false],
    ['invoice_status', 'in', ['to invoice', 'no']],
  ] as const;
  const lines = groupBy(await odoo.searchRead('sale.order.line', open, ['order_id', 'invoice_status']), (line) =>
    idOf(line.order_id),
  );
  return orders.filter(({ odooId }) => lines.get(odooId)?.every((line) => line.invoice_status === 'to invoice'));
}

async function readOrders(orders: readonly Order[], { odoo }: StepTools): Promise<void> {
  const ids = orders.map((order) => order.odooId);
  const read = await odoo.read('sale.order', ids, ['invoice_status', 'invoice_ids']);
  const found = new Map(read.map((record) => [record.id, record]));
  for (const order of orders) Object.assign(order.odoo, found.get(order.odooId));
}

/** One call for all, or as many as it takes for each order to have an invoice of its own. */
async function createInvoices(orders: readonly Order[], { odoo, context }: StepTools): Promise<void> {
  const groups = context.dialect.vocabulary.minds('mergesInvoices') ? ofDifferentCustomers(orders) : [orders];
  for (const group of groups) {
    const ids = group.map((order) => order.odooId);
    const wizard = await odoo.call('sale.advance.payment.inv', 'create', [
      { advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, ids]] },
    ]);
    await odoo.call('sale.advance.payment.inv', 'create_invoices', [oneId(wizard)]);
  }
}

/** The first orders of all customers, then the second ones, and so on. */
function ofDifferentCustomers(orders: readonly Order[]): Order[][] {
  const groups: Order[][] = [];
  for (const some of groupBy(orders, (order) => idOf(order.odoo.partner_invoice_id)).values()) {
    some.forEach((order, turn) => {
      groups[turn] = [...(groups[turn] ?? []), order];
    });
  }
  return groups;
}

async function readInvoices(orders: readonly Order[], { odoo }: StepTools): Promise<Map<number, OdooRecord>> {
  const ids = orders.flatMap((order) => idsOf(order.odoo.invoice_ids));
  const fields = ['state', 'payment_state', 'amount_total', 'move_type'];
  return new Map((await readAll(odoo, 'account.move', ids, fields)).map((move) => [move.id, move]));
}

/** Its invoices and credit notes that are not cancelled. */
function invoicesOf(order: Order, moves: ReadonlyMap<number, OdooRecord>): OdooRecord[] {
  return idsOf(order.odoo.invoice_ids)
    .map((id) => moves.get(id))
    .filter((move) => move !== undefined && move.state !== 'cancel') as OdooRecord[];
}

/**
 * What is fully invoiced must be invoiced to the cent, before it is posted. Of an order that was cancelled
 * and taken back the former invoice and its credit note come to nothing.
 */
function expectInvoiced(order: Order, moves: ReadonlyMap<number, OdooRecord>): void {
  const invoices = invoicesOf(order, moves);
  if (order.odoo.invoice_status !== 'invoiced' || invoices.length === 0) return;
  const total = sum(invoices.map(signedTotal));
  const target = orderTarget(order.snapshot);
  if (total.eq(target)) return;
  const message = `Order ${order.recordId}: its invoice comes to ${asText(total)}, the shopper paid ${asText(target)}.`;
  throw new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.recordId}` });
}

const signedTotal = ({ move_type, amount_total }: OdooRecord): Decimal =>
  amount(amount_total).times(move_type === 'out_refund' ? -1 : 1);

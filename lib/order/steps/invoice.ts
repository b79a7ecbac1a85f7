import { ConnectorError } from '../../errors/index.ts';
import type { OdooRecord } from '../../odoo/client.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step, StepTools } from '../../sync/declare.ts';
import { asText, sum } from '../money.ts';
import { orderTarget } from '../reconciliation.ts';
import { oneId, pay, readAll } from './payment.ts';
import { amount } from './total.ts';
import { idsOf, type Order, wants } from './wanted.ts';

/**
 * PAID: invoice what can be invoiced, post it, register the payments. Reads what is there before
 * each part, so that a repetition goes on where the last one stopped.
 */
export const invoiceAndPay: Step<OrderSnapshot> = {
  name: 'pay',
  due: (order, context) => isUnpaid(order) && wants('PAID', order.snapshot, context),
  async run(orders, tools) {
    const invoiceable = (await readOrders(orders, tools)).filter((order) => order.odoo.invoice_status === 'to invoice');
    if (invoiceable.length > 0) {
      await createInvoices(invoiceable, tools);
      await readOrders(invoiceable, tools);
    }
    const moves = await readInvoices(orders, tools);
    for (const order of orders) expectInvoiced(order, moves);
    const drafts = [...moves.values()].filter((move) => move.state === 'draft').map((move) => move.id);
    if (drafts.length > 0) await tools.odoo.call('account.move', 'action_post', [drafts]);
    await pay(
      orders.flatMap((order) =>
        invoicesOf(order, moves)
          .filter((move) => move.payment_state === 'not_paid' || move.payment_state === 'partial')
          .filter((move) => Number(move.amount_total) !== 0)
          .map((move) => ({ moveId: move.id, order })),
      ),
      tools,
    );
    for (const order of orders) {
      const done = invoicesOf(order, moves).length > 0 || order.odoo.invoice_status === 'invoiced';
      if (done) order.details.paidAt = new Date().toISOString();
    }
  },
};

/** What Odoo invoices only once it is delivered is paid after the delivery. */
export const payDelivered: Step<OrderSnapshot> = {
  ...invoiceAndPay,
  name: 'pay-delivered',
  due: (order, context) => invoiceAndPay.due(order, context) && order.details.deliveredAt !== undefined,
};

/** Nothing could be invoiced although it should be paid: a person must look. */
export const expectPaid: Step<OrderSnapshot> = {
  name: 'expect-paid',
  due: (order, context) => invoiceAndPay.due(order, context) && !orderTarget(order.snapshot).eq(0),
  async run([order]) {
    const message = `Order ${order?.recordId}: Odoo has nothing to invoice; its products are invoiced once they are delivered.`;
    throw new ConnectorError('ORDER_NOT_INVOICEABLE', message, { subject: `order/${order?.recordId}` });
  },
};

const isUnpaid = ({ odoo, details }: Order): boolean => odoo.state === 'sale' && details.paidAt === undefined;

async function readOrders(orders: readonly Order[], { odoo }: StepTools): Promise<Order[]> {
  const fields = ['invoice_status', 'invoice_ids'];
  const found = new Map(
    (
      await odoo.read(
        'sale.order',
        orders.map((order) => order.odooId),
        fields,
      )
    ).map((record) => [record.id, record]),
  );
  for (const order of orders) Object.assign(order.odoo, found.get(order.odooId));
  return [...orders];
}

async function createInvoices(orders: readonly Order[], { odoo }: StepTools): Promise<void> {
  const ids = orders.map((order) => order.odooId);
  const wizard = await odoo.call('sale.advance.payment.inv', 'create', [
    { advance_payment_method: 'delivered', consolidated_billing: false, sale_order_ids: [[6, 0, ids]] },
  ]);
  await odoo.call('sale.advance.payment.inv', 'create_invoices', [oneId(wizard)]);
}

async function readInvoices(orders: readonly Order[], { odoo }: StepTools): Promise<Map<number, OdooRecord>> {
  const ids = orders.flatMap((order) => idsOf(order.odoo.invoice_ids));
  const fields = ['state', 'payment_state', 'amount_total', 'move_type'];
  return new Map((await readAll(odoo, 'account.move', ids, fields)).map((move) => [move.id, move]));
}

function invoicesOf(order: Order, moves: ReadonlyMap<number, OdooRecord>): OdooRecord[] {
  return idsOf(order.odoo.invoice_ids)
    .map((id) => moves.get(id))
    .filter(
      (move) => move !== undefined && move.state !== 'cancel' && move.move_type === 'out_invoice',
    ) as OdooRecord[];
}

/** What is fully invoiced must be invoiced to the cent, before it is posted. */
function expectInvoiced(order: Order, moves: ReadonlyMap<number, OdooRecord>): void {
  const invoices = invoicesOf(order, moves);
  if (order.odoo.invoice_status !== 'invoiced' || invoices.length === 0) return;
  const total = sum(invoices.map((move) => amount(move.amount_total)));
  const target = orderTarget(order.snapshot);
  if (total.eq(target)) return;
  const message = `Order ${order.recordId}: its invoice comes to ${asText(total)}, the shopper paid ${asText(target)}.`;
  throw new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.recordId}` });
}

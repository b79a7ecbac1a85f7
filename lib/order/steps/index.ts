/** The way of an order through its states: each step for whole groups of orders. */
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { OrderState } from '../../store/connections.ts';
import { callsFor } from '../../sync/calls-at-once.ts';
import type { Step, SyncContext } from '../../sync/declare.ts';
import { cancel } from './cancel.ts';
import { confirm, reopen, restoreDate } from './confirm.ts';
import { deliver } from './deliver.ts';
import { expectPaid, invoiceAndPay, payDelivered } from './invoice.ts';
import { dropLeftovers } from './leftovers.ts';
import { lock } from './lock.ts';
import { redirect } from './redirect.ts';
import { noteStock } from './stock.ts';
import { closeDifference } from './total.ts';
import { wants } from './wanted.ts';

export { idsOf } from '../../odoo/ids.ts';
export { cancel } from './cancel.ts';
export { odooTime } from './confirm.ts';
export { mayHaveLeftovers } from './leftovers.ts';
export { paymentMethod } from './payment.ts';
export { checkTotal, holdsTotal, roundingProduct } from './total.ts';
export { isQuotation, wants } from './wanted.ts';

/** What must be read of an order before the first step. */
export const orderReads = [
  'state',
  'locked',
  'amount_total',
  'date_order',
  'order_line',
  'invoice_ids',
  'partner_invoice_id',
  'partner_shipping_id',
] as const;

/** What brings a group of orders to each state, and the calls that takes, as measured: see docs/calls.md. */
const STATES: Readonly<Record<OrderState, { by: Step<OrderSnapshot>; calls: number }>> = {
  CONFIRM: { by: confirm, calls: 2 },
  PAID: { by: invoiceAndPay, calls: 9 },
  DELIVERED: { by: deliver, calls: 5 },
  DONE: { by: lock, calls: 1 },
  CANCEL: { by: cancel, calls: 1 },
};

/** About how many calls these orders take together to their states. */
export function stepCalls(orders: readonly OrderSnapshot[], context: SyncContext): number {
  const states = Object.keys(STATES) as OrderState[];
  const wanted = states.filter((state) => orders.some((order) => wants(state, order, context)));
  const together = (state: OrderState) =>
    STATES[state].by.alone === true ? 1 : callsFor(orders.length, orders.length, context.settings.callsAtOnce);
  return wanted.reduce((sum, state) => sum + STATES[state].calls * together(state), 0);
}

export const orderSteps: readonly Step<OrderSnapshot>[] = [
  dropLeftovers,
  noteStock,
  cancel,
  reopen,
  redirect,
  closeDifference,
  confirm,
  restoreDate,
  invoiceAndPay,
  deliver,
  payDelivered,
  expectPaid,
  lock,
];

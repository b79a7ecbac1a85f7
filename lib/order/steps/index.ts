/** The way of an order through its states: each step for whole groups of orders. */
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { OrderState } from '../../store/connections.ts';
import type { Step, SyncContext } from '../../sync/declare.ts';
import { callsFor } from '../../sync/side-by-side.ts';
import { cancel } from './cancel.ts';
import { confirm, reopen, restoreDate } from './confirm.ts';
import { deliver } from './deliver.ts';
import { expectPaid, invoiceAndPay, payDelivered } from './invoice.ts';
import { lock } from './lock.ts';
import { redirect } from './redirect.ts';
import { closeDifference } from './total.ts';
import { wants } from './wanted.ts';

export { odooTime } from './confirm.ts';
export { paymentMethod } from './payment.ts';
export { checkTotal, holdsTotal, roundingProduct } from './total.ts';
export { idsOf, isQuotation, wants } from './wanted.ts';

/** What must be read of an order before the first step. */
export const orderReads = [
  'state',
  'locked',
  'amount_total',
  'date_order',
  'invoice_ids',
  'partner_invoice_id',
  'partner_shipping_id',
] as const;

/** What each state takes for a group of orders, as measured: see docs/calls.md. */
const CALLS: Readonly<Record<OrderState, number>> = { CONFIRM: 2, PAID: 8, DELIVERED: 5, DONE: 1, CANCEL: 1 };

/** Their steps are `alone`. */
const ONE_AT_A_TIME: ReadonlySet<OrderState> = new Set<OrderState>(['PAID', 'CANCEL']);

/** About how many calls these orders take together to their states. */
export function stepCalls(orders: readonly OrderSnapshot[], context: SyncContext): number {
  const states = Object.keys(CALLS) as OrderState[];
  const wanted = states.filter((state) => orders.some((order) => wants(state, order, context)));
  const together = (state: OrderState) =>
    ONE_AT_A_TIME.has(state) ? 1 : callsFor(orders.length, orders.length, context.settings.callsAtOnce);
  return wanted.reduce((sum, state) => sum + CALLS[state] * together(state), 0);
}

export const orderSteps: readonly Step<OrderSnapshot>[] = [
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

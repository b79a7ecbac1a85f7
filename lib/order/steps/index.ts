/** The way of an order through its states: each step for whole groups of orders. */
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import type { Step } from '../../sync/declare.ts';
import { cancel } from './cancel.ts';
import { confirm, reopen, restoreDate } from './confirm.ts';
import { deliver } from './deliver.ts';
import { expectPaid, invoiceAndPay, payDelivered } from './invoice.ts';
import { lock } from './lock.ts';
import { redirect } from './redirect.ts';
import { closeDifference } from './total.ts';

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
  'partner_shipping_id',
] as const;

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

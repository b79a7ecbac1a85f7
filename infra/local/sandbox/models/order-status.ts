import type { Orm } from '../orm.ts';
import { type Row, truthy, type Value } from '../types.ts';
import { linesOf } from './order-amounts.ts';

type Computed = Record<string, (orm: Orm, row: Row) => Value>;

const number = (value: Value | undefined): number => Number(value) || 0;
const sum = (values: number[]): number => Number(values.reduce((total, each) => total + each, 0).toFixed(6));

const productValue = (orm: Orm, line: Row, name: string): Value => {
  const product = orm.row('product.product', line.product_id);
  return product ? orm.value('product.product', product, name) : false;
};

/** A line that stands for goods to be moved; services and notes are not. */
export const isMoved = (orm: Orm, line: Row): boolean =>
  !truthy(line.display_type) && productValue(orm, line, 'type') === 'consu';

export const movesOfLine = (orm: Orm, line: number): Row[] =>
  orm.rows('stock.move', [...(orm.store.lookup('stock.move', 'sale_line_id', line) ?? [])]);

/** Goods that went to the customer count up, goods that came back count down. */
export const direction = (orm: Orm, move: Row): 1 | -1 =>
  orm.row('stock.location', move.location_dest_id)?.usage === 'customer' ? 1 : -1;

export function deliveredQuantity(orm: Orm, line: Row): number {
  if (!isMoved(orm, line)) return number(line.qty_delivered);
  const done = movesOfLine(orm, line.id).filter((move) => move.state === 'done');
  return sum(done.map((move) => direction(orm, move) * number(move.quantity)));
}

/** The lines of invoices that are not cancelled, with the sign they count with. */
function invoicing(orm: Orm, line: Row): { sign: 1 | -1; posted: boolean; row: Row }[] {
  const ids = Array.isArray(line.invoice_lines) ? line.invoice_lines.map(Number) : [];
  return ids.flatMap((id) => {
    const row = orm.row('account.move.line', id);
    const invoice = orm.row('account.move', row?.move_id);
    if (!row || !invoice || invoice.state === 'cancel') return [];
    return [{ sign: invoice.move_type === 'out_refund' ? -1 : 1, posted: invoice.state === 'posted', row }];
  });
}

const invoicedQuantity = (orm: Orm, line: Row): number =>
  sum(invoicing(orm, line).map(({ sign, row }) => sign * number(row.quantity)));

const postedAmount = (orm: Orm, line: Row, field: string): number =>
  sum(
    invoicing(orm, line)
      .filter(({ posted }) => posted)
      .map(({ sign, row }) => sign * number(row[field])),
  );

const stateOf = (orm: Orm, line: Row): Value => orm.row('sale.order', line.order_id)?.state ?? false;

/** What the next invoice takes of a line; negative when too much was invoiced. */
export function quantityToInvoice(orm: Orm, line: Row): number {
  if (stateOf(orm, line) !== 'sale' || truthy(line.display_type)) return 0;
  const byOrder = productValue(orm, line, 'invoice_policy') !== 'delivery';
  const base = byOrder ? number(line.product_uom_qty) : deliveredQuantity(orm, line);
  return sum([base, -invoicedQuantity(orm, line)]);
}

function lineStatus(orm: Orm, line: Row): string {
  if (stateOf(orm, line) !== 'sale') return 'no';
  if (quantityToInvoice(orm, line) !== 0) return 'to invoice';
  const byOrder = productValue(orm, line, 'invoice_policy') === 'order';
  if (byOrder && deliveredQuantity(orm, line) > number(line.product_uom_qty)) return 'upselling';
  if (invoicedQuantity(orm, line) >= number(line.product_uom_qty)) return 'invoiced';
  const moves = movesOfLine(orm, line.id);
  const settled = moves.some(({ state }) => state === 'done') && moves.every(isSettled);
  return !byOrder && settled ? 'invoiced' : 'no';
}

const isSettled = ({ state }: Row): boolean => state === 'done' || state === 'cancel';

/** What an order line says about its delivery and its invoices: worked out from those, as Odoo does. */
export const lineProgress: Computed = {
  product_type: (orm, row) => productValue(orm, row, 'type'),
  qty_delivered: deliveredQuantity,
  qty_delivered_method: (orm, row) => (isMoved(orm, row) ? 'stock_move' : 'manual'),
  qty_to_deliver: (orm, row) => sum([number(row.product_uom_qty), -deliveredQuantity(orm, row)]),
  qty_invoiced: invoicedQuantity,
  qty_invoiced_posted: (orm, row) => postedAmount(orm, row, 'quantity'),
  qty_to_invoice: quantityToInvoice,
  invoice_status: lineStatus,
  amount_invoiced: (orm, row) => postedAmount(orm, row, 'price_total'),
  amount_to_invoice: (orm, row) => sum([number(row.price_total), -postedAmount(orm, row, 'price_total')]),
  untaxed_amount_invoiced: (orm, row) => postedAmount(orm, row, 'price_subtotal'),
};

export const pickingsOf = (orm: Orm, order: number): Row[] =>
  orm.rows(
    'stock.picking',
    [...(orm.store.lookup('stock.picking', 'sale_id', order) ?? [])].sort((a, b) => a - b),
  );

/** The invoices and credit notes of an order, newest first. */
export function invoicesOf(orm: Orm, order: number): number[] {
  const lines = linesOf(orm, order).flatMap((line) => (Array.isArray(line.invoice_lines) ? line.invoice_lines : []));
  const invoices = lines.map((id) => Number(orm.row('account.move.line', Number(id))?.move_id));
  return [...new Set(invoices)].filter((id) => orm.row('account.move', id)).sort((a, b) => b - a);
}

/** What each line of an order says; nothing but "no" before it is confirmed. */
function invoiceStatus(orm: Orm, order: Row): string {
  if (order.state !== 'sale') return 'no';
  const lines = linesOf(orm, order.id).filter((line) => !truthy(line.display_type));
  const statuses = lines.map((line) => ({ line, status: lineStatus(orm, line) }));
  const open = statuses.filter(({ status }) => status === 'to invoice');
  if (open.length > 0) {
    // Shipping alone is not worth an invoice while goods are still to be delivered.
    const waiting = statuses.some(({ status }) => status === 'no');
    return waiting && open.every(({ line }) => truthy(line.is_delivery)) ? 'no' : 'to invoice';
  }
  if (statuses.length > 0 && statuses.every(({ status }) => status === 'invoiced')) return 'invoiced';
  const finished = statuses.every(({ status }) => status === 'invoiced' || status === 'upselling');
  return statuses.length > 0 && finished ? 'upselling' : 'no';
}

function deliveryStatus(orm: Orm, order: Row): Value {
  const states = pickingsOf(orm, order.id).map((row) => orm.value('stock.picking', row, 'state'));
  if (states.every((state) => state === 'cancel')) return false;
  if (states.every((state) => state === 'done' || state === 'cancel')) return 'full';
  if (!states.includes('done')) return 'pending';
  return linesOf(orm, order.id).some((line) => deliveredQuantity(orm, line) !== 0) ? 'partial' : 'started';
}

function effectiveDate(orm: Orm, order: Row): Value {
  const dates = pickingsOf(orm, order.id)
    .filter((row) => orm.row('stock.location', row.location_dest_id)?.usage === 'customer')
    .map((row) => row.date_done)
    .filter((date) => typeof date === 'string');
  return dates.sort()[0] ?? false;
}

const invoicedAmount = (orm: Orm, order: Row): number =>
  sum(linesOf(orm, order.id).map((line) => postedAmount(orm, line, 'price_total')));

/** What an order says about its deliveries and invoices. */
export const orderProgress: Computed = {
  invoice_status: invoiceStatus,
  invoice_ids: (orm, row) => invoicesOf(orm, row.id),
  invoice_count: (orm, row) => invoicesOf(orm, row.id).length,
  amount_invoiced: invoicedAmount,
  amount_to_invoice: (orm, row) => sum([number(row.amount_total), -invoicedAmount(orm, row)]),
  delivery_status: deliveryStatus,
  delivery_count: (orm, row) => pickingsOf(orm, row.id).length,
  effective_date: effectiveDate,
};

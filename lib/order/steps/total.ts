import { ConnectorError } from '../../errors/index.ts';
import type { OdooRecord, Value } from '../../odoo/client.ts';
import { loadRecords } from '../../odoo/load.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import { type Reference, reference, type Step, type StepTools, type SyncContext } from '../../sync/declare.ts';
import { asText, type Decimal, decimal, odooDecimals, zero } from '../money.ts';
import { mismatchError, orderTarget, type Reconciliation, reconcile } from '../reconciliation.ts';
import { isQuotation, isReopened, type Order, wants } from './wanted.ts';

export const roundingProduct: Reference = reference('service-product', 'rounding');

const reconciliationOf = (order: Order) => order.details.reconciliation as Reconciliation;

/** Of Odoo's rounding factors; no currency has more. */
const ODOO_PLACES = 6;

/**
 * Odoo's float as the amount of money it stands for, with all decimals that Odoo has: where the store
 * shows fewer, 38.84 is not the 39 that the shopper paid.
 */
export const amount = (value: unknown): Decimal => decimal(Number(value).toFixed(ODOO_PLACES));

/** A confirmed order's lines change only with an edit in the store. */
const isOpen = (order: Order): boolean => isQuotation(order.odoo) || (order.odoo.state === 'sale' && order.written);

/** Compares Odoo's total with what the shopper paid, while the order can still be corrected. */
export function checkTotal(order: Order, context: SyncContext): ConnectorError | undefined {
  if (!(isOpen(order) || isReopened(order, context)) || wants('CANCEL', order.snapshot, context)) return undefined;
  const { snapshot, details } = order;
  // What was added is to be paid and delivered too.
  for (const done of ['paidAt', 'deliveredAt']) delete details[done];
  const total = amount(order.odoo.amount_total);
  const present = order.details.reconciliation as Reconciliation | undefined;
  const target = orderTarget(snapshot);
  // A repetition after the rounding line was added must not take it for a new difference of zero.
  if (present?.target === asText(target) && total.eq(target)) return undefined;
  const found = reconcile(snapshot, total, context.dialect.priceDigits);
  order.details.reconciliation = found;
  return mismatchError(snapshot, found);
}

/** Whether Odoo's order comes to what the shopper paid. */
export const holdsTotal = (odoo: OdooRecord, snapshot: OrderSnapshot): boolean =>
  amount(odoo.amount_total).eq(orderTarget(snapshot));

/** One explicit, tax-free line for what rounding leaves between Odoo's total and the store's. */
export const closeDifference: Step<OrderSnapshot> = {
  name: 'close-difference',
  due: (order) => {
    if (!isOpen(order)) return false;
    return !amount(order.odoo.amount_total).eq(reconciliationOf(order).target);
  },
  async run(orders, tools) {
    const first = orders.map((order) => ({ order, price: decimal(reconciliationOf(order).difference) }));
    const missed = await withRoundingLines(first, tools);
    const last = await withRoundingLines(missed.map(secondTry), tools);
    for (const { order, total } of last) throw unclosed(order, total);
  },
};

interface Rounding {
  order: Order;
  /** Of its rounding line. */
  price: Decimal;
}

/**
 * Where an order's lines come to exactly nothing before taxes, Odoo 19 does not round their sum but adds
 * up what it rounded; with another line on the order it rounds the sum, and the total moves by something
 * else than that line's price. What is then missing is known; if it is nothing, any line is enough.
 */
function secondTry({ order, price, total }: Rounding & { total: Decimal }): Rounding {
  const { target, difference } = reconciliationOf(order);
  const second = price.plus(target).minus(total);
  const least = decimal(10).pow(-(odooDecimals(order.snapshot.currencyCode) + 1));
  return { order, price: second.eq(zero) ? least.times(decimal(difference).lt(zero) ? -1 : 1) : second };
}

/** @returns the orders whose total still is another, with that total */
async function withRoundingLines(roundings: readonly Rounding[], tools: StepTools) {
  if (roundings.length === 0) return [];
  await loadRoundingLines(roundings, tools);
  const ids = roundings.map(({ order }) => order.odooId);
  const read = await tools.odoo.read('sale.order', ids, ['amount_total']);
  const totals = new Map(read.map((record) => [record.id, amount(record.amount_total)]));
  return roundings.flatMap(({ order, price }) => {
    const total = totals.get(order.odooId) ?? zero;
    order.odoo.amount_total = asText(total);
    return total.eq(reconciliationOf(order).target) ? [] : [{ order, price, total }];
  });
}

async function loadRoundingLines(roundings: readonly Rounding[], tools: StepTools): Promise<void> {
  const columns = [
    'id',
    'order_id/.id',
    'product_id/.id',
    'name',
    'product_uom_qty',
    'price_unit',
    'discount',
    'tax_ids/.id',
    'sequence',
  ];
  const product = tools.resolve(roundingProduct);
  const { priceDigits } = tools.context.dialect;
  const rows = roundings.map(({ order, price }): Value[][] => {
    const line = tools.childId(order.recordId, 'rounding');
    const { quantity, unitPrice } = inDigits(price, priceDigits);
    return [[line, order.odooId, product, 'Rounding', asText(quantity), asText(unitPrice), 0, '', 9999]];
  });
  const outcomes = await loadRecords(tools.odoo, 'sale.order.line', columns, rows);
  for (const outcome of outcomes) if ('error' in outcome) throw outcome.error;
}

/**
 * An Odoo that keeps prices with two digits closes five fils with a tenth of a piece at 0.05. A tenth or a
 * hundredth of a piece is what any unit of measure allows.
 */
function inDigits(price: Decimal, digits = Number.POSITIVE_INFINITY): { quantity: Decimal; unitPrice: Decimal } {
  const places = -Math.min(0, (price.e ?? 0) - (price.c?.length ?? 1) + 1);
  const missing = Math.max(0, places - digits);
  return { quantity: decimal(10).pow(-missing), unitPrice: price.times(decimal(10).pow(missing)) };
}

function unclosed(order: Order, total: Decimal): ConnectorError {
  const { target } = reconciliationOf(order);
  const message = `Order ${order.recordId}: Odoo's total is ${asText(total)} with a rounding line, not ${target}.`;
  return new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.recordId}` });
}

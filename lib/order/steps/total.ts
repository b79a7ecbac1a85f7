import { ConnectorError } from '../../errors/index.ts';
import type { OdooRecord, Value } from '../../odoo/client.ts';
import { loadRecords } from '../../odoo/load.ts';
import type { OrderSnapshot } from '../../opencart/snapshots.ts';
import { type Reference, reference, type Step, type StepTools, type SyncContext } from '../../sync/declare.ts';
import { asText, type Decimal, decimal } from '../money.ts';
import { mismatchError, orderTarget, type Reconciliation, reconcile } from '../reconciliation.ts';
import { isQuotation, type Order } from './wanted.ts';

export const roundingProduct: Reference = reference('service-product', 'rounding');

const reconciliationOf = (order: Order) => order.details.reconciliation as Reconciliation;

/** Of Odoo's rounding factors; no currency has more. */
const ODOO_PLACES = 6;

/**
 * Odoo's float as the amount of money it stands for, with all decimals that Odoo has: where the store
 * shows fewer, 38.84 is not the 39 that the shopper paid.
 */
export const amount = (value: unknown): Decimal => decimal(Number(value).toFixed(ODOO_PLACES));

/** Compares Odoo's total with what the shopper paid, while the order can still be corrected. */
export function checkTotal(order: Order, context: SyncContext): ConnectorError | undefined {
  if (!isQuotation(order.odoo)) return undefined;
  const { snapshot } = order;
  const total = amount(order.odoo.amount_total);
  const present = order.details.reconciliation as Reconciliation | undefined;
  const target = orderTarget(snapshot);
  // A repetition after the rounding line was added must not take it for a new difference of zero.
  if (present?.target === asText(target) && total.eq(target)) return undefined;
  const found = reconcile(snapshot, total, context.priceDigits);
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
    if (!isQuotation(order.odoo)) return false;
    return !amount(order.odoo.amount_total).eq(reconciliationOf(order).target);
  },
  async run(orders, tools) {
    await addRoundingLines(orders, tools);
    await expectTotals(orders, tools);
  },
};

async function addRoundingLines(orders: readonly Order[], tools: StepTools): Promise<void> {
  const columns = [
    'id',
    'order_id/.id',
    'product_id/.id',
    'name',
    'product_uom_qty',
    'price_unit',
    'tax_ids/.id',
    'sequence',
  ];
  const product = tools.resolve(roundingProduct);
  const rows = orders.map((order): Value[][] => {
    const { difference } = reconciliationOf(order);
    return [[tools.childId(order.recordId, 'rounding'), order.odooId, product, 'Rounding', 1, difference, '', 9999]];
  });
  const outcomes = await loadRecords(tools.odoo, 'sale.order.line', columns, rows);
  for (const outcome of outcomes) if ('error' in outcome) throw outcome.error;
}

async function expectTotals(orders: readonly Order[], { odoo }: StepTools): Promise<void> {
  const ids = orders.map((order) => order.odooId);
  const found = new Map((await odoo.read('sale.order', ids, ['amount_total'])).map((record) => [record.id, record]));
  for (const order of orders) {
    const total = amount(found.get(order.odooId)?.amount_total);
    const { target } = reconciliationOf(order);
    if (!total.eq(target)) {
      const message = `Order ${order.recordId}: Odoo's total is ${asText(total)} with a rounding line, not ${target}.`;
      throw new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.recordId}` });
    }
    order.odoo.amount_total = asText(total);
  }
}

import { ConnectorError } from '../errors/index.ts';
import type { OdooRecord, Value } from '../odoo/client.ts';
import { loadRecords } from '../odoo/load.ts';
import type { OrderSnapshot } from '../opencart/snapshots.ts';
import {
  type Reference,
  reference,
  type Settling,
  type Step,
  type StepTools,
  type SyncContext,
} from '../sync/declare.ts';
import { asText, type Decimal, decimal, roundTo } from './money.ts';
import { mismatchError, type Reconciliation, reconcile } from './reconciliation.ts';

type Order = Settling<OrderSnapshot>;

/** What must be read of an order before the first step. */
export const orderReads = ['state', 'amount_total', 'date_order'] as const;

export const roundingProduct: Reference = reference('service-product', 'rounding');

const isDraft = (odoo: OdooRecord) => odoo.state === 'draft' || odoo.state === 'sent';
const reconciliationOf = (order: Order) => order.details.reconciliation as Reconciliation;

/** Odoo's float as the amount of money it stands for. */
const amount = (value: unknown, places: number): Decimal => roundTo(decimal(Number(value).toFixed(places)), places);

/** Compares Odoo's total with what the shopper paid, while the order can still be corrected. */
export function checkTotal(order: Order, context: SyncContext): ConnectorError | undefined {
  if (!isDraft(order.odoo)) return undefined;
  const { snapshot } = order;
  const total = amount(order.odoo.amount_total, snapshot.currencyDecimals);
  const present = order.details.reconciliation as Reconciliation | undefined;
  // A repetition after the rounding line was added must not take it for a new difference of zero.
  if (present !== undefined && total.eq(present.target)) return undefined;
  const found = reconcile(snapshot, total, context.priceDigits);
  order.details.reconciliation = found;
  return mismatchError(snapshot, found);
}

/** One explicit, tax-free line for what rounding leaves between Odoo's total and the store's. */
const closeDifference: Step<OrderSnapshot> = {
  name: 'close-difference',
  due: (order) => {
    if (!isDraft(order.odoo)) return false;
    return !amount(order.odoo.amount_total, order.snapshot.currencyDecimals).eq(reconciliationOf(order).target);
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
    const total = amount(found.get(order.odooId)?.amount_total, order.snapshot.currencyDecimals);
    const { target } = reconciliationOf(order);
    if (!total.eq(target)) {
      const message = `Order ${order.recordId}: Odoo's total is ${asText(total)} with a rounding line, not ${target}.`;
      throw new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.recordId}` });
    }
    order.odoo.amount_total = asText(total);
  }
}

/** Whether the store's status asks for a confirmed order. */
function wantsConfirmation(order: Order, { settings }: SyncContext): boolean {
  const wanted = settings.statusMapping[order.snapshot.statusId];
  return wanted !== undefined && wanted !== 'CANCEL';
}

const confirm: Step<OrderSnapshot> = {
  name: 'confirm',
  due: (order, context) => isDraft(order.odoo) && wantsConfirmation(order, context),
  async run(orders, { odoo }) {
    await odoo.call('sale.order', 'action_confirm', [orders.map((order) => order.odooId)]);
    for (const order of orders) {
      order.odoo.state = 'sale';
      order.odoo.date_order = 'now';
    }
  },
};

/** Confirming sets the order's date to now; the shopper ordered earlier. */
const restoreDate: Step<OrderSnapshot> = {
  name: 'restore-date',
  due: (order) => order.odoo.state === 'sale' && order.odoo.date_order !== odooTime(order.snapshot.placedAt),
  async run(orders, { odoo }) {
    const rows = orders.map((order): Value[][] => [[order.odooId, odooTime(order.snapshot.placedAt)]]);
    const outcomes = await loadRecords(odoo, 'sale.order', ['.id', 'date_order'], rows);
    for (const outcome of outcomes) if ('error' in outcome) throw outcome.error;
  },
};

export const orderSteps: readonly Step<OrderSnapshot>[] = [closeDifference, confirm, restoreDate];

/** ISO 8601 in UTC as Odoo writes it. */
export const odooTime = (iso: string): string => iso.slice(0, 19).replace('T', ' ');

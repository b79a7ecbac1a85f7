import { ConnectorError } from '../errors/index.ts';
import type { OrderSnapshot } from '../opencart/snapshots.ts';
import { type DraftLine, draftLines } from './lines.ts';
import { asText, type Decimal, decimal, roundTo, sum } from './money.ts';

/** One row of the store's totals beside what it became in Odoo; amounts as text in the order's currency. */
interface ReconciledRow {
  code: string;
  title: string;
  /** Rounded for display, as the shopper saw it. */
  store: string;
  /** Keys of the order lines made of it. */
  lines: readonly string[];
}

/** The proof that Odoo's order says what the shopper paid. Kept with the order's mapping. */
export interface Reconciliation {
  currency: string;
  /** The store's total as the shopper paid it. */
  target: string;
  /** Odoo's total before a rounding line. */
  odooTotal: string;
  /** `target - odooTotal`: the price of the rounding line, or 0. */
  difference: string;
  /** The largest difference that rounding can explain. */
  limit: string;
  rows: readonly ReconciledRow[];
}

const LEAST_LIMIT = '0.05';

/** The total the shopper paid: the store rounds the unrounded total once, in the order's currency. */
export function orderTarget(order: OrderSnapshot): Decimal {
  const total = order.totals.findLast((row) => row.code === 'total');
  if (total === undefined) {
    throw new ConnectorError('SNAPSHOT_INVALID', `Order ${order.orderId} has no row "total".`);
  }
  return inOrderCurrency(total.value, order);
}

export function reconcile(order: OrderSnapshot, odooTotal: Decimal, priceDigits: number | undefined): Reconciliation {
  const lines = draftLines(order, priceDigits);
  const target = orderTarget(order);
  return {
    currency: order.currencyCode,
    target: asText(target),
    odooTotal: asText(odooTotal),
    difference: asText(target.minus(odooTotal)),
    limit: asText(roundingLimit(lines, order, priceDigits)),
    rows: order.totals.map(({ code, title, value }) => ({
      code,
      title,
      store: asText(inOrderCurrency(value, order)),
      lines: lines.filter((line) => line.source === code).map((line) => line.key),
    })),
  };
}

/**
 * What rounding can explain: half a unit of the price digits per piece, with its tax, and one unit
 * of the currency per line. More than that is a wrong mapping and must not be hidden.
 */
function roundingLimit(lines: readonly DraftLine[], order: OrderSnapshot, priceDigits: number | undefined): Decimal {
  const halfUnit = decimal(5).times(decimal(10).pow(-((priceDigits ?? 0) + 1)));
  const unit = decimal(10).pow(-order.currencyDecimals);
  const perLine = lines.map((line) => {
    const rate = sum(line.taxes.filter((tax) => tax.type === 'P').map((tax) => decimal(tax.rate)));
    const perPiece = priceDigits === undefined ? decimal(0) : halfUnit.times(rate.div(100).plus(1));
    return perPiece.times(line.quantity).plus(unit);
  });
  const limit = sum(perLine);
  return limit.lt(LEAST_LIMIT) ? decimal(LEAST_LIMIT) : limit;
}

const inOrderCurrency = (value: string, order: OrderSnapshot): Decimal =>
  roundTo(decimal(value).times(order.currencyValue), order.currencyDecimals);

/** An error with the whole reconciliation if the difference is more than rounding explains. */
export function mismatchError(order: OrderSnapshot, found: Reconciliation): ConnectorError | undefined {
  if (decimal(found.difference).abs().lte(found.limit)) return undefined;
  const rows = found.rows.map((row) => `${row.code} ${row.store}`).join(', ');
  const message =
    `Order ${order.orderId}: the shopper paid ${found.target} ${found.currency}, Odoo makes it ${found.odooTotal}; ` +
    `rounding explains at most ${found.limit}. The store's rows: ${rows}.`;
  return new ConnectorError('TOTAL_MISMATCH', message, { subject: `order/${order.orderId}` });
}

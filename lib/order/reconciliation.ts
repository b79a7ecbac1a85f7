import { ConnectorError } from '../errors/index.ts';
import type { OrderSnapshot, TaxRate } from '../opencart/snapshots.ts';
import { chargesOf, percentRates, shareOf } from './charges.ts';
import { type DraftLine, draftLines } from './lines.ts';
import { asText, type Decimal, decimal, HALF_PLACE, odooDecimals, roundDown, roundTo, sum, zero } from './money.ts';
import { roundedPrices } from './tax-equations.ts';

/** One row of the store's totals beside what it became in Odoo; amounts as text in the order's currency. */
interface ReconciledRow {
  code: string;
  title: string;
  /** Rounded for display, as the shopper saw it. */
  store: string;
  /** What Odoo makes of it before it rounds: its lines without tax, or of a tax row what the lines are taxed. */
  odoo: string;
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
    rows: order.totals.map(({ code, title, value }, index) => ({
      code,
      title,
      store: asText(inOrderCurrency(value, order)),
      odoo: asText(roundTo(code === 'total' ? odooTotal : inLines(lines, index, code, title), SHOWN_PLACES)),
      lines: lines.filter(({ row }) => row === index).map(({ key }) => key),
    })),
  };
}

/** As many as the store's own tables have. */
const SHOWN_PLACES = 4;

/** What a row of the store's totals is in the lines: a tax is on them, whatever else is a line or several. */
function inLines(lines: readonly DraftLine[], index: number, code: string, title: string): Decimal {
  const own = lines.filter(({ row }) => row === index);
  if (code !== 'tax' || own.length > 0) return sum(own.map(netOf));
  return sum(lines.flatMap((line) => line.taxes.filter(({ name }) => name === title).map((tax) => taxOf(tax, line))));
}

/**
 * What rounding can explain, at most; more is a wrong mapping and must not be hidden. It is the sum of
 * - half a unit by which the store rounds the total for the shopper;
 * - half a unit of Odoo for each line and each tax on it: a company that rounds per line rounds each of
 *   them once (one that rounds globally does it once per tax, which is less);
 * - what the lines change by because this Odoo keeps prices with fewer digits: known exactly;
 * - what the four places of the store's tables leave open: half a place for each row, its tax and the split of
 *   reductions by it, and for each unit whose price the store summed up with more places than it kept. In a currency of
 *   thousands for one of the default currency that is more than a cent.
 *
 * There is no least limit: an order of one untaxed line can be wrong by a cent, not by five. An order
 * without decimals can be wrong by whole units, as many as there are lines and taxes.
 */
function roundingLimit(lines: readonly DraftLine[], order: OrderSnapshot, priceDigits: number | undefined): Decimal {
  const shown = halfUnit(order.currencyDecimals);
  const inOdoo = halfUnit(odooDecimals(order.currencyCode)).times(
    lines.reduce((count, { taxes }) => count + 1 + taxes.length, 0),
  );
  const byDigits =
    priceDigits === undefined
      ? zero
      : grossOf(lines)
          .minus(grossOf(draftLines(order, undefined)))
          .abs();
  const limit = sum([shown, inOdoo, byDigits, fourPlaces(order).times(order.currencyValue)]);
  // Differences are whole units of the finer of the two.
  return roundDown(limit, Math.max(order.currencyDecimals, odooDecimals(order.currencyCode)));
}

const halfUnit = (places: number): Decimal => decimal(5).times(decimal(10).pow(-(places + 1)));

/** What OpenCart's four places leave open, in the store's default currency. */
function fourPlaces(order: OrderSnapshot): Decimal {
  const charges = chargesOf(order);
  // The row's own half, that of the tax on it, and that by which a reduction's split may miss a tax row.
  const rows = HALF_PLACE.times(order.totals.length).times(3);
  const units = roundedPrices(charges, order).map(({ quantity, taxes }) =>
    HALF_PLACE.times(quantity).times(sum([decimal(1), ...percentRates(taxes).map((tax) => shareOf(tax).times(2))])),
  );
  return sum([rows, ...units]);
}

/** What lines come to with their taxes as Odoo counts them, before it rounds. */
export const grossOf = (lines: readonly DraftLine[]): Decimal =>
  sum(lines.flatMap((line) => [netOf(line), ...line.taxes.map((tax) => taxOf(tax, line))]));

const netOf = ({ unitPrice, quantity }: DraftLine): Decimal => unitPrice.times(quantity);

const taxOf = (tax: TaxRate, line: DraftLine): Decimal =>
  tax.type === 'P' ? netOf(line).times(shareOf(tax)) : decimal(tax.rate).times(line.quantity);

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

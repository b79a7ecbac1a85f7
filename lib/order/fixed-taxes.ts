import type { OrderSnapshot, TaxRate } from '../opencart/snapshots.ts';
import { type Charge, isReduction, netOf, percentRates, shareOf } from './charges.ts';
import { type Decimal, decimal, roundTo, sum, zero } from './money.ts';
import { taxRows } from './tax-rows.ts';

/** What the store charged by fixed rates of one name, in its default currency. */
interface FixedTax {
  /** The rates' name, and the title of the `tax` row. */
  title: string;
  amount: Decimal;
  /** Index of its row in `order_total`. */
  row: number;
  /** Whether Odoo comes to the same if the rates stand on the lines as taxes. */
  asTax: boolean;
}

/**
 * Fixed taxes as the store charged them. Odoo multiplies a fixed tax by the quantity and takes its
 * amount as one of the order's currency, whatever that is (16 to 19); OpenCart's rate is in the
 * default currency, and 4.1.0.4 counts it once per line. Where the two differ, the tax becomes a line
 * of its own. A name without a row is left as it is: if Odoo then charges it, the totals differ.
 */
export function fixedTaxes(charges: readonly Charge[], order: OrderSnapshot): FixedTax[] {
  const isUnconverted = decimal(order.currencyValue).eq(1);
  const titles = new Set(charges.flatMap(({ taxes }) => fixedRates(taxes).map(({ name }) => name)));
  const rows = taxRows(order);
  return [...titles].flatMap((title) => {
    const found = rows.get(title);
    if (found === undefined) return [];
    const amount = amountOf(title, found, charges, order);
    const row = order.totals.findIndex((each) => each.code === 'tax' && each.title === title);
    return [{ title, amount, row, asTax: isUnconverted && countOf(title, charges, 'unit').eq(amount) }];
  });
}

/** A fixed tax on a negative line is negative in Odoo 16, 17 and 19, and positive in 18. */
export const takesFixedTax = ({ price }: Charge): boolean => price.gte(zero);

export const fixedRates = (taxes: readonly TaxRate[]): TaxRate[] => taxes.filter(({ type }) => type === 'F');

/** The fixed part of the rows of a title, which percentage rates may share. */
function amountOf(title: string, rows: readonly Decimal[], charges: readonly Charge[], order: OrderSnapshot): Decimal {
  const percent = sum(
    charges.flatMap((charge) =>
      named(percentRates(charge.taxes), title).map((tax) => netOf(charge).times(shareOf(tax))),
    ),
  );
  if (!order.totals.some(isReduction) || percent.eq(zero)) return roundTo(sum(rows).minus(percent), 4);
  // A reduction has lowered the percentage part by an unknown amount; the fixed part it leaves alone.
  const perUnit = countOf(title, charges, 'unit');
  const counts = [perUnit, countOf(title, charges, 'line')];
  return counts.find((count) => rows.some((row) => row.eq(count))) ?? perUnit;
}

/** Fixed rates of a title, counted for each unit as Odoo does, or once for each line. */
const countOf = (title: string, charges: readonly Charge[], per: 'unit' | 'line'): Decimal =>
  sum(
    charges.flatMap((charge) =>
      takesFixedTax(charge)
        ? named(fixedRates(charge.taxes), title).map(({ rate }) =>
            decimal(rate).times(per === 'unit' ? charge.quantity : 1),
          )
        : [],
    ),
  );

const named = (taxes: readonly TaxRate[], title: string): TaxRate[] => taxes.filter(({ name }) => name === title);

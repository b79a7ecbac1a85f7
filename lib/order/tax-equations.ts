import { groupBy } from '../collections.ts';
import type { OrderSnapshot, TaxRate } from '../opencart/snapshots.ts';
import { type Charge, isReduction, netOf, percentRates, shareOf, unknownTaxes } from './charges.ts';
import { fixedTaxes } from './fixed-taxes.ts';
import { type Decimal, decimal, HALF_PLACE, sum, zero } from './money.ts';
import type { Equation } from './nearest.ts';
import { taxRows } from './tax-rows.ts';

/** Charges with the same percentage rates. */
export interface Group {
  taxes: readonly TaxRate[];
  charges: readonly Charge[];
}

/** What reductions take off each group, as far as the `tax` rows of one title tell. */
export interface TaxEquation extends Equation {
  title: string;
  /** What four places can make it wrong by: those of the rows, and those of prices too. */
  rowTolerance: Decimal;
  tolerance: Decimal;
  /** The store wrote no row of it: the tax came to nothing, or to less. */
  isLeftOut: boolean;
}

export function groupsOf(charges: readonly Charge[]): Group[] {
  const groups = groupBy(charges, ({ taxes }) =>
    percentRates(taxes)
      .map(({ taxRateId, rate }) => `${taxRateId}:${rate}`)
      .join(),
  );
  return [...groups.values()].map((group) => ({ taxes: percentRates(group[0]?.taxes ?? []), charges: group }));
}

/**
 * By each name of percentage rates: `sum(rate x reduction) = tax without reductions - tax charged`, those
 * first that tell most exactly. Undefined if the store charged a tax of a name that no rate has.
 */
export function taxEquations(
  groups: readonly Group[],
  charges: readonly Charge[],
  order: OrderSnapshot,
): TaxEquation[] | undefined {
  const rates = charges.flatMap(({ taxes }) => taxes);
  const rows = taxRows(order);
  if (unknownTaxes(order).length > 0) return undefined;
  const fixed = new Map(fixedTaxes(charges, order).map(({ title, amount }) => [title, amount]));
  const titles = new Set(percentRates(rates).map(({ name }) => name));
  const equations = [...titles].map((title): TaxEquation => {
    const coefficients = groups.map(({ taxes }) => rateOf(title, taxes));
    const undiscounted = sum(charges.map((charge) => netOf(charge).times(rateOf(title, charge.taxes))));
    const found = rows.get(title) ?? [];
    const charged = sum(found).minus(fixed.get(title) ?? zero);
    const ofRows = rowTolerance(title, found.length, charges, order);
    const tolerance = ofRows.plus(priceTolerance(title, charges, order));
    const hasRow = found.length > (fixed.has(title) ? 1 : 0);
    const isLeftOut = !hasRow && charged.lte(tolerance) && undiscounted.gt(tolerance);
    return { title, coefficients, value: undiscounted.minus(charged), rowTolerance: ofRows, tolerance, isLeftOut };
  });
  return equations.sort((a, b) => doubtOf(a).cmp(doubtOf(b)));
}

/** How far a reduction that follows from an equation may be off. */
export function doubtOf({ tolerance, coefficients }: TaxEquation): Decimal {
  const rates = coefficients.filter((each) => each.gt(zero));
  return rates.length === 0 ? zero : tolerance.div(rates.reduce((least, rate) => (rate.lt(least) ? rate : least)));
}

export const highest = (values: readonly Decimal[]): Decimal =>
  values.reduce((most, value) => (value.gt(most) ? value : most), zero);

/** Of the rates of a title, for each unit of money. */
const rateOf = (title: string, taxes: readonly TaxRate[]): Decimal =>
  sum(percentRates(taxes).map((tax) => (tax.name === title ? shareOf(tax) : zero)));

/** A row, and the undiscounted tax it is compared with; the reductions with their tax. */
function rowTolerance(title: string, rows: number, charges: readonly Charge[], order: OrderSnapshot): Decimal {
  const reductions = order.totals.filter(isReduction).length;
  const rate = highest(charges.map(({ taxes }) => rateOf(title, taxes)));
  return HALF_PLACE.times(rate.times(reductions + 1).plus(rows + 2));
}

/** Prices that were rounded; twice, as one tax may have to give way to what they do to another. */
const priceTolerance = (title: string, charges: readonly Charge[], order: OrderSnapshot): Decimal =>
  sum(
    roundedPrices(charges, order).map(({ quantity, taxes }) =>
      HALF_PLACE.times(rateOf(title, taxes)).times(quantity).times(2),
    ),
  );

/**
 * The products, if the store summed up prices of more places than its tables keep, as 4.1 does after a
 * discount of so many percent: then `sub_total` is not what their prices come to.
 */
export function roundedPrices(charges: readonly Charge[], order: OrderSnapshot): Charge[] {
  const row = order.totals.findIndex(({ code }) => code === 'sub_total');
  const goods = charges.filter((charge) => charge.row === row && row !== -1);
  const difference = sum(goods.map(netOf))
    .minus(order.totals[row]?.value ?? zero)
    .abs();
  const explained = HALF_PLACE.times(sum(goods.map(({ quantity }) => decimal(quantity))).plus(1));
  return difference.gt(HALF_PLACE) && difference.lte(explained) ? goods : [];
}

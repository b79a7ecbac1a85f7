import type { OrderSnapshot, TaxRate } from '../opencart/snapshots.ts';
import { type Charge, isAfterTaxes, isReduction, netOf, percentRates } from './charges.ts';
import { type Decimal, decimal, HALF_PLACE, sum, zero } from './money.ts';
import { nearest, type Unknown } from './nearest.ts';
import {
  doubtOf,
  type Group,
  groupsOf,
  highest,
  roundedPrices,
  type TaxEquation,
  taxEquations,
} from './tax-equations.ts';

/** What reductions take off what is taxed alike, in the store's default currency. */
export interface Part {
  amount: Decimal;
  taxes: readonly TaxRate[];
}

/** One row after the other: how its reduction is spread. */
export const reductionRows = ({ totals }: OrderSnapshot) =>
  totals.flatMap((row, index) => (isReduction(row) ? [{ row, index }] : []));

/** The order's charges with the taxes that are on them, and how its reductions are spread over them. */
interface Spread {
  charges: readonly Charge[];
  /** One for each set of rates, and at last one on which there is no tax. */
  parts: readonly Part[];
}

/**
 * What the reductions that OpenCart made before the taxes (coupon, reward points) were on.
 *
 * A snapshot does not say what a coupon was for. The `tax` rows tell: by each rate the store charged
 * so much less than the undiscounted order owes. A split in proportion to the products' value, as a
 * coupon on everything makes it, is kept if it agrees with all rows. Else the nearest split that agrees
 * is taken; and if there is none that OpenCart can have made, again the proportional one: then the
 * order's totals differ, and it is said.
 */
export function spreadReductions(charges: readonly Charge[], order: OrderSnapshot): Spread {
  if (reducedBeforeTaxes(order).eq(zero)) return { charges, parts: [] };
  const problem = problemOf(charges, order);
  const taxed = solve(problem);
  if (taxed !== undefined) return spread(problem, taxed);
  const stripped = problemOf(withoutLeftOut(problem), order);
  const found = (stripped.charges !== charges && solve(stripped)) || overdrawn(stripped);
  return found === undefined ? spread(problem, problem.proportional) : spread(stripped, found);
}

function spread({ charges, groups, total }: Problem, amounts: readonly Decimal[]): Spread {
  const parts = groups.map(({ taxes }, index) => ({ taxes, amount: amounts[index] ?? zero }));
  return { charges, parts: [...parts, { taxes: [], amount: total.minus(sum(amounts)) }] };
}

interface Problem {
  order: OrderSnapshot;
  charges: readonly Charge[];
  groups: readonly Group[];
  /** Of all reductions before the taxes. */
  total: Decimal;
  /** What the products of each group are worth, and with shipping. */
  goods: readonly Decimal[];
  withShipping: readonly Decimal[];
  /** Of all reductions, as a coupon on everything makes it. */
  proportional: readonly Decimal[];
  /** As a coupon on everything with free shipping makes it. */
  freeShipping: readonly Decimal[];
  /** What four places can make of all that is reduced. */
  roundings: Decimal;
  /** Undefined where the rows do not tell. */
  equations: readonly TaxEquation[] | undefined;
}

const reducedBeforeTaxes = (order: OrderSnapshot): Decimal =>
  sum(
    reductionRows(order)
      .filter(({ index }) => !isAfterTaxes(index, order))
      .map(({ row }) => decimal(row.value)),
  ).neg();

function problemOf(charges: readonly Charge[], order: OrderSnapshot): Problem {
  const total = reducedBeforeTaxes(order);
  // Products are what coupons and points are for; shipping is what a coupon can make free.
  const groups = groupsOf(
    charges.filter(({ product }) => product.kind === 'product' || product.service === 'shipping'),
  );
  const goods = groups.map((group) => worth(group.charges.filter(({ product }) => product.kind === 'product')));
  const withShipping = groups.map((group) => worth(group.charges));
  const shipping = sum(withShipping).minus(sum(goods));
  return {
    ...{ order, charges, groups, total, goods, withShipping },
    proportional: proportionTo(goods, total),
    freeShipping: proportionTo(goods, total.minus(shipping)).map((share, index) =>
      sum([share, withShipping[index] ?? zero, (goods[index] ?? zero).neg()]),
    ),
    roundings: HALF_PLACE.times(sum(roundedPrices(charges, order).map(({ quantity }) => decimal(quantity))).plus(1)),
    equations: taxEquations(groups, charges, order),
  };
}

function proportionTo(nets: readonly Decimal[], total: Decimal): Decimal[] {
  const all = sum(nets);
  return nets.map((net) => (all.eq(zero) ? zero : total.times(net).div(all)));
}

/**
 * A tax of which nothing is left, or less, has no row: coupon and points together took more off what
 * it is on than that was worth. Then the store charged it on nothing.
 */
function withoutLeftOut({ charges, equations = [], total }: Problem): readonly Charge[] {
  const isOn = (title: string, { taxes }: Charge) => percentRates(taxes).some(({ name }) => name === title);
  const titles = equations.filter(({ isLeftOut }) => isLeftOut).map(({ title }) => title);
  const leftOut = new Set(titles.filter((title) => total.gte(worth(charges.filter((each) => isOn(title, each))))));
  if (leftOut.size === 0) return charges;
  return charges.map((charge) => ({
    ...charge,
    taxes: charge.taxes.filter(({ type, name }) => type === 'F' || !leftOut.has(name)),
  }));
}

type Met = (values: readonly Decimal[], equations: readonly TaxEquation[]) => boolean;

/** From what happens every day to what OpenCart does at its edges; as exactly as can be. */
function solve(problem: Problem): readonly Decimal[] | undefined {
  const { goods, withShipping, proportional, freeShipping, equations } = problem;
  if (equations === undefined) return undefined;
  if (isMetExactly(proportional, equations)) return proportional;
  const attempts = [
    (isMet: Met) => split(unknownsOf(goods, proportional), problem, isMet),
    (isMet: Met) => split(unknownsOf(withShipping, freeShipping), problem, isMet),
    (isMet: Met) => untaxed(problem, isMet),
    (isMet: Met) => clipped(problem, isMet),
  ];
  for (const isMet of [isMetExactly, isMetRoughly]) {
    for (const attempt of attempts) {
      const found = attempt(isMet);
      if (found !== undefined) return found;
    }
  }
  return undefined;
}

/** A split of all that was reduced. */
function split(unknowns: readonly Unknown[], problem: Problem, isMet: Met): Decimal[] | undefined {
  const { total, equations = [] } = problem;
  const whole = { coefficients: unknowns.map(() => decimal(1)), value: total };
  const values = nearest(unknowns, [whole, ...equations]);
  // The last digits go where they change the taxes least.
  const least = lowestTaxed(unknowns, equations);
  if (least !== -1) values[least] = sum([values[least] ?? zero, total.minus(sum(values))]);
  const isWhole = total.minus(sum(values)).abs().lte(HALF_PLACE);
  return isWhole && isWithin(values, unknowns, problem) && isMet(values, equations) ? values : undefined;
}

/** A reduction that lowered no tax: OpenCart made it after the taxes, though its row stands before them. */
function untaxed({ groups, equations = [] }: Problem, isMet: Met): Decimal[] | undefined {
  const none = groups.map(() => zero);
  return isMet(none, equations) ? none : undefined;
}

/**
 * A coupon takes off no more than the total before it, but lowers the taxes by all that it would have
 * taken off: the parts with taxes come to more than the row, and the one without makes up for it.
 */
function clipped(problem: Problem, isMet: Met): Decimal[] | undefined {
  const { order, total, withShipping, proportional, equations = [] } = problem;
  if (!isCouponClipped(order)) return undefined;
  const unknowns = unknownsOf(withShipping, proportional).map((unknown) => ({
    ...unknown,
    isOpen: true,
  }));
  const values = nearest(unknowns, equations);
  return sum(values).gt(total) && isMet(values, equations) ? values : undefined;
}

/** Points that were chosen for a fuller cart take more off what they are for than it is worth. */
function overdrawn(problem: Problem): Decimal[] | undefined {
  const { equations, order, withShipping, proportional } = problem;
  if (equations === undefined || !order.totals.some(({ code }) => code === 'reward')) return undefined;
  const unknowns = unknownsOf(withShipping, proportional).map((unknown) => ({ ...unknown, isOpen: true }));
  return split(unknowns, problem, isMetRoughly);
}

const unknownsOf = (most: readonly Decimal[], start: readonly Decimal[]): Unknown[] =>
  most.map((each, index) => ({ start: start[index] ?? zero, most: each.lt(zero) ? zero : each }));

const offBy = (values: readonly Decimal[], { coefficients, value }: TaxEquation): Decimal =>
  sum(coefficients.map((each, index) => each.times(values[index] ?? zero)))
    .minus(value)
    .abs();

/** As exactly as the rows tell, whatever became of the prices. */
const isMetExactly: Met = (values, equations) =>
  equations.every((equation) => offBy(values, equation).lte(equation.rowTolerance));

/** Each equation may be off by its own digits, and by those of the reductions that follow from others. */
const isMetRoughly: Met = (values, equations) => {
  const doubt = sum(equations.map(doubtOf));
  return equations.every((equation) =>
    offBy(values, equation).lte(highest(equation.coefficients).times(doubt).plus(equation.tolerance)),
  );
};

/** Whether no group is reduced by less than nothing or by more than it is worth, but for last digits. */
function isWithin(
  values: readonly Decimal[],
  unknowns: readonly Unknown[],
  { roundings, equations = [] }: Problem,
): boolean {
  const doubt = sum([roundings, ...equations.map(doubtOf)]);
  return unknowns.every(({ most, isOpen }, index) => {
    const value = values[index] ?? zero;
    return value.gte(doubt.neg()) && (isOpen || value.lte(most.plus(doubt)));
  });
}

/** Index of the group that has something to reduce and is taxed least; -1: none has. */
function lowestTaxed(unknowns: readonly Unknown[], equations: readonly TaxEquation[]): number {
  const rateOf = (index: number) => sum(equations.map(({ coefficients }) => coefficients[index] ?? zero));
  const candidates = unknowns.flatMap(({ most }, index) => (most.gt(zero) ? [index] : []));
  return candidates.sort((a, b) => rateOf(a).cmp(rateOf(b)))[0] ?? -1;
}

/** Nothing was left of the total after a reduction. A coupon that finds nothing left has not even a row. */
const isCouponClipped = ({ totals }: OrderSnapshot): boolean =>
  totals.some((row, index) => {
    const running = sum(totals.slice(0, index + 1).map(({ value }) => decimal(value)));
    return isReduction(row) && running.lte(HALF_PLACE.times(index + 1));
  });

const worth = (charges: readonly Charge[]): Decimal => sum(charges.map(netOf));

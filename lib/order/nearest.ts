import { type Decimal, decimal, sum, zero } from './money.ts';

/** `sum(coefficient x unknown) = value` */
export interface Equation {
  coefficients: readonly Decimal[];
  value: Decimal;
}

/** Unknowns between nothing and a most each, whose size is also what they bend by. */
export interface Unknown {
  start: Decimal;
  most: Decimal;
  /** May become more than its most. */
  isOpen?: boolean;
}

/** Coefficients are decimals of a few places; what is left of one below this is the noise of divisions. */
const NOISE = decimal('1e-12');
/** Places that products keep, lest their digits double at every step. */
const PLACES = 30;

/**
 * The values nearest to the start (by squares, in proportion to each unknown's size) that satisfy the
 * equations. An equation that the ones before it imply is passed over, whether it agrees or not.
 */
export function nearest(unknowns: readonly Unknown[], equations: readonly Equation[]): Decimal[] {
  const held = new Map<number, Decimal>();
  for (;;) {
    const values = project(unknowns, held, equations);
    const beyond = unknowns.flatMap((unknown, index) => {
      const value = values[index] ?? zero;
      const bound = boundOf(unknown, value);
      // What has no size was not moved, and counts for less than any that was.
      const by = unknown.most.gt(zero) && bound ? value.minus(bound).abs().div(unknown.most) : zero;
      return bound === undefined || held.has(index) ? [] : [{ index, bound, by }];
    });
    const [worst] = beyond.sort((a, b) => b.by.cmp(a.by));
    if (worst === undefined) return values;
    // The one furthest beyond its bound stays there; the others make up for it.
    held.set(worst.index, worst.bound);
  }
}

function boundOf({ most, isOpen }: Unknown, value: Decimal): Decimal | undefined {
  if (value.lt(zero)) return zero;
  return value.gt(most) && !isOpen ? most : undefined;
}

/** One equation after the other, each met in a direction that leaves those before it as they are. */
function project(
  unknowns: readonly Unknown[],
  held: ReadonlyMap<number, Decimal>,
  equations: readonly Equation[],
): Decimal[] {
  const weights = unknowns.map(({ most }, index) => (held.has(index) ? zero : most));
  const product = (a: readonly Decimal[], b: readonly Decimal[]) =>
    sum(weights.map((weight, index) => weight.times(a[index] ?? zero).times(b[index] ?? zero))).round(PLACES);
  let values = unknowns.map(({ start }, index) => held.get(index) ?? start);
  const directions: (readonly Decimal[])[] = [];
  for (const { coefficients, value } of equations) {
    let own = coefficients;
    for (const direction of directions) {
      const along = product(own, direction).div(product(direction, direction));
      own = own.map((each, index) => each.minus(along.times(direction[index] ?? zero)).round(PLACES));
    }
    const length = product(own, own);
    if (length.lte(NOISE.times(product(coefficients, coefficients)))) continue;
    directions.push(own);
    const missing = value.minus(sum(coefficients.map((each, index) => each.times(values[index] ?? zero)))).div(length);
    values = values.map((each, index) =>
      each.plus((weights[index] as Decimal).times(own[index] ?? zero).times(missing)).round(PLACES),
    );
  }
  return values;
}

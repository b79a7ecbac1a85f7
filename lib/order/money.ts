import Big from 'big.js';

/** Decimal numbers of any size and precision. Money never becomes a binary fraction in here. */
export type Decimal = Big;

/** Enough places for a unit price where Odoo does not round: below a cent even times a million. */
const UNROUNDED_PLACES = 8;

export const decimal = (value: string | number): Decimal => new Big(value);
export const zero: Decimal = new Big(0);

/** Half away from zero, as PHP's `round` and Odoo do. */
export const roundTo = (value: Decimal, places: number): Decimal => value.round(places, Big.roundHalfUp);

/** A unit price as this Odoo stores it. */
export const roundPrice = (value: Decimal, digits: number | undefined): Decimal =>
  roundTo(value, digits ?? UNROUNDED_PLACES);

export const sum = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), zero);

/** As text for Odoo: plain digits, no exponent. */
export const asText = (value: Decimal): string => value.toFixed();

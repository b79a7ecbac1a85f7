import Big from 'big.js';

/** Decimal numbers of any size and precision. Money never becomes a binary fraction in here. */
export type Decimal = Big;

/** Enough places for a unit price where Odoo does not round: below a cent even times a million. */
const UNROUNDED_PLACES = 8;

export const decimal = (value: string | number): Decimal => new Big(value);
export const zero: Decimal = new Big(0);
/** Half of the last of the four places in OpenCart's tables. */
export const HALF_PLACE: Decimal = new Big('0.00005');

/** Half away from zero, as PHP's `round` and Odoo do. */
export const roundTo = (value: Decimal, places: number): Decimal => value.round(places, Big.roundHalfUp);

/** Towards zero. */
export const roundDown = (value: Decimal, places: number): Decimal => value.round(places, Big.roundDown);

/** A unit price as this Odoo stores it. */
export const roundPrice = (value: Decimal, digits: number | undefined): Decimal =>
  roundTo(value, digits ?? UNROUNDED_PLACES);

export const sum = (values: readonly Decimal[]): Decimal => values.reduce((total, value) => total.plus(value), zero);

/** As text for Odoo: plain digits, no exponent. */
export const asText = (value: Decimal): string => value.toFixed();

/** Currencies that Odoo ships with another rounding factor than 0.01 (`base/data/res_currency_data.xml`). */
const odooPlaces: readonly (readonly [places: number, codes: string])[] = [
  [0, 'BIF BYR CLP DJF GNF ISK JPY KMF KRW PYG RWF TWD UGX VND VUV XAF XOF XPF'],
  [3, 'BHD IQD JOD KWD LYD OMR TND'],
  [4, 'CLF UYI UYW'],
];

/** Decimals that Odoo rounds amounts of a currency to. */
export const odooDecimals = (currencyCode: string): number =>
  odooPlaces.find(([, codes]) => codes.split(' ').includes(currencyCode))?.[0] ?? 2;

/**
 * Odoo's float arithmetic, digit for digit: it rounds binary floats with an epsilon, so a decimal library would differ
 * on exactly the ties that tests are about.
 */

/** Python's `round()`: ties go to the even neighbour. */
function pythonRound(value: number): number {
  const floor = Math.floor(value);
  const rest = value - floor;
  if (rest !== 0.5) return Math.round(value);
  return floor % 2 === 0 ? floor : floor + 1;
}

/** `odoo.tools.float_round(value, precision_rounding=step)`: half up, away from zero. */
export function floatRound(value: number, step: number): number {
  if (step === 0 || value === 0) return 0;
  const inverse = step < 1 ? floatInvert(step) : 0;
  const normalized = inverse ? value * inverse : value / step;
  const epsilon = 2 ** (Math.log2(Math.abs(normalized)) - 50);
  const rounded = pythonRound(normalized + Math.sign(normalized) * epsilon);
  return inverse ? rounded / inverse : rounded * step;
}

/** `float_invert`: 1/0.01 is exactly 100 once the noise is cut off. */
const floatInvert = (value: number): number => Number((1 / value).toPrecision(15));

export const roundDigits = (value: number, digits: number): number => floatRound(value, Number(`1e-${digits}`));

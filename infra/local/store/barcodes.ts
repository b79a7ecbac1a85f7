import { Random } from './random.ts';

/** A valid EAN of the range for a shop's own numbers: Odoo takes each barcode once, whoever shares it. */
export function barcodeFor(suffix: string, number: number): string {
  const random = new Random(suffix, 'barcode', number);
  const digits = `2${Array.from({ length: 11 }, () => random.int(0, 9)).join('')}`;
  const weighted = [...digits].map((digit, index) => Number(digit) * (index % 2 === 0 ? 1 : 3));
  const check = (10 - (weighted.reduce((sum, each) => sum + each, 0) % 10)) % 10;
  return `${digits}${check}`;
}

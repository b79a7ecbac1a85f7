import type { ProductSnapshot } from '../opencart/snapshots.ts';

/** GTIN-8, -12 (UPC), -13 (EAN, JAN, ISBN-13) and -14. */
const GTIN = /^(\d{8}|\d{12,14})$/;

/** The check digit makes weights of 3 and 1, from the right, come to a multiple of ten. */
function isValid(code: string): boolean {
  if (!GTIN.test(code)) return false;
  const sum = [...code].reverse().reduce((total, digit, index) => total + Number(digit) * (index % 2 === 0 ? 1 : 3), 0);
  return sum % 10 === 0;
}

/** The first valid barcode that the store has of a product; null where it has none. */
export function barcodeOf({ ean, upc, jan, isbn }: ProductSnapshot): string | null {
  const codes = [ean, upc, jan, isbn].map((code) => code.replaceAll(/[\s-]/g, ''));
  return codes.find(isValid) ?? null;
}

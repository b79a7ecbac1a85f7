import { floatRound } from './rounding.ts';

/** How a company rounds taxes: each line by itself, or once per tax over the whole document. */
export type TaxRounding = 'round_globally' | 'round_per_line';

export interface Tax {
  id: number;
  sequence: number;
  type: string;
  amount: number;
  /** The tax raises the base of those after it. */
  includeBase: boolean;
  baseAffected: boolean;
}

export interface TaxedLine {
  quantity: number;
  priceUnit: number;
  discount: number;
  taxes: Tax[];
}

interface RawLine {
  base: number;
  taxes: { id: number; amount: number }[];
}

/** A line's amounts before the document is rounded (`_get_tax_details`, prices without tax). */
function rawAmounts(line: TaxedLine, step: number, method: TaxRounding): RawLine {
  const round = (value: number) => (method === 'round_per_line' ? floatRound(value, step) : value);
  const price = line.priceUnit * (1 - line.discount / 100);
  const base = round(line.quantity * price);
  const sorted = [...line.taxes].sort((a, b) => a.sequence - b.sequence || a.id - b.id);
  let extra = 0;
  const taxes = sorted.map((tax) => {
    const on = base + (tax.baseAffected ? extra : 0);
    const sign = price < 0 ? -1 : 1;
    const amount = round(tax.type === 'fixed' ? sign * line.quantity * tax.amount : (on * tax.amount) / 100);
    if (tax.includeBase) extra += amount;
    return { id: tax.id, amount };
  });
  return { base, taxes };
}

/** `price_subtotal`, `price_total` and `price_tax` of an order line. */
export function lineAmounts(line: TaxedLine, step: number, method: TaxRounding) {
  const raw = rawAmounts(line, step, method);
  const subtotal = floatRound(raw.base, step);
  const sum = raw.taxes.reduce((total, tax) => total + floatRound(tax.amount, step), subtotal);
  const total = floatRound(sum, step);
  return { subtotal, total, tax: total - subtotal };
}

/** The amounts of an order: the base is rounded once, and so is the sum of each tax. */
export function orderAmounts(lines: TaxedLine[], step: number, method: TaxRounding) {
  const raws = lines.map((line) => rawAmounts(line, step, method));
  const rawBase = raws.reduce((sum, raw) => sum + raw.base, 0);
  // Odoo skips the correction when the raw base is exactly zero, and keeps the sum of the rounded lines.
  const untaxed = rawBase === 0 ? raws.reduce((sum, raw) => sum + floatRound(raw.base, step), 0) : rawBase;
  const perTax = new Map<number, number>();
  for (const { taxes } of raws) for (const { id, amount } of taxes) perTax.set(id, (perTax.get(id) ?? 0) + amount);
  let tax = 0;
  for (const amount of perTax.values()) tax += floatRound(amount, step);
  const rounded = { untaxed: floatRound(untaxed, step), tax: floatRound(tax, step) };
  return { ...rounded, total: floatRound(rounded.untaxed + rounded.tax, step) };
}

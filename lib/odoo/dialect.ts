import type { Odoo, OdooCredentials } from './client.ts';

/** How one Odoo differs from another, found by asking it and not by its version number. */
export interface Dialect {
  /** Places after the point that it keeps of a unit price; undefined: it does not round (19). */
  priceDigits: number | undefined;
}

const KEPT_MS = 3_600_000;
const kept = new Map<string, { dialect: Dialect; until: number }>();

/** Asked once an hour per warm container: an upgrade is noticed, and a batch costs no call for it. */
export async function readDialect({ url, database }: OdooCredentials, odoo: Odoo): Promise<Dialect> {
  const key = `${url} ${database}`;
  const known = kept.get(key);
  if (known !== undefined && known.until > Date.now()) return known.dialect;
  const fields = (await odoo.call('sale.order.line', 'fields_get', [['price_unit'], ['digits']])) as {
    price_unit?: { digits?: [number, number] | false };
  };
  const digits = fields.price_unit?.digits;
  const dialect = { priceDigits: Array.isArray(digits) ? digits[1] : undefined };
  kept.set(key, { dialect, until: Date.now() + KEPT_MS });
  return dialect;
}

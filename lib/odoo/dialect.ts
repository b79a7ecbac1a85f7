import type { Odoo, OdooCredentials } from './client.ts';

/** How one Odoo differs from another, found by asking it and not by its version number. */
export interface Dialect {
  /** Places after the point that it keeps of a unit price; undefined: it does not round (19). */
  priceDigits: number | undefined;
  /** The app that knows carriers is installed. */
  hasDelivery: boolean;
  /** Codes of its active languages, e.g. `en_US`. */
  languages: readonly string[];
  /** ISO 4217 of the currency in which the company keeps its books. */
  companyCurrency: string;
  /** For people, e.g. `19.0`; nothing is decided by it. */
  version: string;
}

const KEPT_MS = 3_600_000;
const kept = new Map<string, { dialect: Dialect; until: number }>();

/** Asked once an hour per warm container: an upgrade is noticed, and a batch costs no call for it. */
export async function readDialect({ url, database }: OdooCredentials, odoo: Odoo): Promise<Dialect> {
  const key = `${url} ${database}`;
  const known = kept.get(key);
  if (known !== undefined && known.until > Date.now()) return known.dialect;
  const dialect = {
    ...(await orderLines(odoo)),
    languages: await languages(odoo),
    companyCurrency: await companyCurrency(odoo),
    version: await odoo.version(),
  };
  kept.set(key, { dialect, until: Date.now() + KEPT_MS });
  return dialect;
}

async function orderLines(odoo: Odoo): Promise<Pick<Dialect, 'priceDigits' | 'hasDelivery'>> {
  const names = ['price_unit', 'is_delivery'];
  const fields = (await odoo.call('sale.order.line', 'fields_get', [names, ['digits']])) as {
    price_unit?: { digits?: [number, number] | false };
    is_delivery?: object;
  };
  const digits = fields.price_unit?.digits;
  return { priceDigits: Array.isArray(digits) ? digits[1] : undefined, hasDelivery: fields.is_delivery !== undefined };
}

/** What is not active is not found. */
async function languages(odoo: Odoo): Promise<string[]> {
  return (await odoo.searchRead('res.lang', [], ['code'])).map(({ code }) => String(code)).sort();
}

async function companyCurrency(odoo: Odoo): Promise<string> {
  const [company] = await odoo.searchRead('res.company', [], ['currency_id'], { limit: 1, order: 'id' });
  return Array.isArray(company?.currency_id) ? String(company.currency_id[1]) : '';
}

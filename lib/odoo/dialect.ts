import type { Odoo, OdooCredentials } from './client.ts';
import { differencesOf, type Fields, signsOf } from './vocabulary/ask.ts';
import { Vocabulary } from './vocabulary/index.ts';

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
  /** What it calls otherwise than the newest Odoo does, and does otherwise. */
  vocabulary: Vocabulary;
  /** For people, e.g. `19.0`; nothing is decided by it. */
  version: string;
}

const KEPT_MS = 3_600_000;
const kept = new Map<string, { dialect: Dialect; until: number }>();
const keyOf = ({ url, database }: OdooCredentials): string => `${url} ${database}`;

/**
 * Asks an Odoo what it is like, and has the client speak its language from then on. Asked once an hour per
 * warm container: an upgrade is noticed, and a batch costs no call for it.
 */
export async function readDialect(credentials: OdooCredentials, odoo: Odoo): Promise<Dialect> {
  const key = keyOf(credentials);
  const known = kept.get(key);
  const dialect = known !== undefined && known.until > Date.now() ? known.dialect : await ask(odoo);
  if (dialect !== known?.dialect) kept.set(key, { dialect, until: Date.now() + KEPT_MS });
  odoo.speak(dialect.vocabulary);
  return dialect;
}

/** Asks anew the next time: Odoo has not understood, so it may have been upgraded. */
export function forgetDialect(credentials: OdooCredentials): void {
  kept.delete(keyOf(credentials));
}

async function ask(odoo: Odoo): Promise<Dialect> {
  return {
    ...(await orderLines(odoo)),
    languages: await languages(odoo),
    companyCurrency: await companyCurrency(odoo),
    version: await odoo.version(),
  };
}

async function orderLines(odoo: Odoo): Promise<Pick<Dialect, 'priceDigits' | 'hasDelivery' | 'vocabulary'>> {
  const names = ['price_unit', 'is_delivery', ...signsOf('sale.order.line')];
  const fields = (await odoo.call('sale.order.line', 'fields_get', [names, ['digits']])) as Fields & {
    price_unit?: { digits?: [number, number] | false };
  };
  const digits = fields.price_unit?.digits;
  return {
    priceDigits: Array.isArray(digits) ? digits[1] : undefined,
    hasDelivery: fields.is_delivery !== undefined,
    vocabulary: new Vocabulary(await differencesOf(odoo, fields)),
  };
}

/** What is not active is not found. */
async function languages(odoo: Odoo): Promise<string[]> {
  return (await odoo.searchRead('res.lang', [], ['code'])).map(({ code }) => String(code)).sort();
}

async function companyCurrency(odoo: Odoo): Promise<string> {
  const [company] = await odoo.searchRead('res.company', [], ['currency_id'], { limit: 1, order: 'id' });
  return Array.isArray(company?.currency_id) ? String(company.currency_id[1]) : '';
}

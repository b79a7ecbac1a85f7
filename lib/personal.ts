/**
 * What of a person may be shown to those who run the connector: ids and masked e-mail addresses. Names,
 * addresses and phone numbers stay in the store and in Odoo.
 */

/** Starts only where a word does: a long text without any would else take the square of its length. */
const EMAIL =
  /(?<![\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-])([\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-])[\p{L}\p{N}.!#$%&'*+/=?^_`{|}~-]*@([\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)+)/gu;

/** Each e-mail address in a text as `z…@example.com`. Every line of the log is asked for some, and few have one. */
export const maskEmails = (text: string): string => (text.includes('@') ? text.replaceAll(EMAIL, '$1…@$2') : text);

const LEFT_OUT = '…';

/** What stands in quotation marks: there a database puts the value that it does not like. */
const QUOTED = /(["'`])(?:(?!\1)[^\\]|\\.)*\1|„[^“”]*[“”]|“[^”]*”|‘[^’]*’/gsu;
const FOREIGN_LENGTH = 300;

/** What somebody else says of a failure, of whose record nothing is known: shortened, without what it quotes. */
export function foreignText(text: string): string {
  const cleared = maskEmails(text.replaceAll(QUOTED, LEFT_OUT));
  return cleared.length > FOREIGN_LENGTH ? `${cleared.slice(0, FOREIGN_LENGTH)}${LEFT_OUT}` : cleared;
}

/** Properties of snapshots that say who somebody is or where. */
const PERSONAL = new Set([
  ...['firstName', 'lastName', 'company', 'vat', 'telephone'],
  ...['address1', 'address2', 'city', 'postcode', 'zoneName'],
]);

/** A text without what its record's snapshot says of people; a foreign error message may quote it. */
export function withoutPersons(text: string, snapshot: unknown): string {
  const said = new Set<string>();
  collect(snapshot, said);
  const inOneCase = oneCase(text);
  // A pattern of all that some hundred orders say takes seconds to be compiled; a text has a few words of it.
  const present = [...said].filter((value) => inOneCase.includes(oneCase(value)));
  return maskEmails(present.length === 0 ? text : text.replaceAll(anyOf(present), LEFT_OUT));
}

/**
 * Alike for what a pattern without case takes for one: σ and ς are so as capitals, k and the sign of Kelvin as small
 * letters.
 */
const oneCase = (text: string): string => text.toLowerCase().toUpperCase();

/** One pattern for all, as each takes a while to be compiled. Of two that begin alike the longer one is meant. */
function anyOf(values: readonly string[]): RegExp {
  const longestFirst = [...values].sort((one, other) => other.length - one.length);
  const words = longestFirst.map((value) => value.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&'));
  return new RegExp(`(?<![\\p{L}\\p{N}])(?:${words.join('|')})(?![\\p{L}\\p{N}])`, 'giu');
}

function collect(value: unknown, said: Set<string>): void {
  if (value === null || typeof value !== 'object') return;
  for (const [key, inner] of Object.entries(value)) {
    if (typeof inner !== 'string') collect(inner, said);
    else if (PERSONAL.has(key) && inner.trim().length > 1) said.add(inner.trim());
  }
}

/** Texts that are shown: ids, codes, times, and what a thing is. */
const SHOWN = /^(id|code|action|entity|type|sku|model|ean|upc|jan|isbn|version)$|(Id|Ids|Code|At)$/;
/** Amounts are texts, too; under these names, or that of a currency, they are numbers and nothing else. */
const AMOUNT = /^(price|value|rate|amount|weightKg|currencyValue|[A-Z]{3})$/;
const DECIMAL = /^-?\d+(\.\d+)?$/;

/**
 * The shape of a snapshot or event: ids, codes, times, amounts, numbers and yes or no as they are, e-mail
 * addresses masked, every other text as `…`. An empty text stays empty, so that what is missing is seen.
 */
export function shapeOf(value: unknown, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => shapeOf(one, key));
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([name, inner]) => [name, shapeOf(inner, name)]));
  }
  if (typeof value !== 'string' || value === '') return value;
  // What somebody has written in place of an address may be anything.
  if (key === 'email') return /^[^\s@]+@[^\s@]+$/.test(value) ? maskEmails(value) : LEFT_OUT;
  return SHOWN.test(key) || (AMOUNT.test(key) && DECIMAL.test(value)) ? value : LEFT_OUT;
}

/**
 * A text that nobody can read, as its signs and the names that are known: enough to see what it was to be and where it
 * is cut off. A letter is `x`, a digit `0`.
 */
export function outlineOf(text: string, known: readonly string[]): string {
  const names = new RegExp(`("(?:${known.join('|')})"\\s*:)|(\\p{N})|[\\p{L}\\p{M}]`, 'gu');
  return text.replaceAll(names, (_, name?: string, digit?: string) => name ?? (digit === undefined ? 'x' : '0'));
}

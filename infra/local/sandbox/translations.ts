import { UserError } from './faults.ts';
import type { Orm } from './orm.ts';
import { type Context, type Field, type Row, truthy, type Vals, type Value } from './types.ts';

/** The language that every text exists in; a row keeps it under the field's name and the others beside it. */
const SOURCE = 'en_US';

const keyOf = (name: string, language: string): string => `${name}@${language}`;

const languageOf = ({ lang }: Context): string => (truthy(lang) ? String(lang) : SOURCE);

/** Odoo wants a language it has installed. */
export function refuseUnknownLanguage(orm: Orm): void {
  const language = languageOf(orm.context);
  const known = [...orm.store.rows('res.lang')].some((row) => truthy(row.active) && row.code === language);
  if (!known) throw new UserError(`Invalid language code: ${language}`);
}

/** What a row keeps of a field in the context's language; where it has no text of its own, the English one. */
export function inLanguage(context: Context, row: Row, name: string): Value | undefined {
  const language = languageOf(context);
  const own = language === SOURCE ? undefined : row[keyOf(name, language)];
  return own ?? row[name];
}

/** What writing a value changes: one language, or all of them if the text is taken away or was not there at all. */
export function written(context: Context, field: Field, value: Value, row: Row | undefined): Vals {
  const { name } = field;
  if (!field.translate) return { [name]: value };
  if (value === false)
    return { ...Object.fromEntries(translations(row, name).map((key) => [key, null])), [name]: false };
  const language = languageOf(context);
  if (language === SOURCE) return { [name]: value };
  const source = truthy(row?.[name]) ? {} : { [name]: value };
  return { ...source, [keyOf(name, language)]: value };
}

const translations = (row: Row | undefined, name: string): string[] =>
  Object.keys(row ?? {}).filter((key) => key.startsWith(keyOf(name, '')));

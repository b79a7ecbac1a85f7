/** What the fields of an Odoo record can be filled with. */
import type { RecordKey } from '../store/mappings.ts';

/** The Odoo record of another store record. */
export interface Reference extends RecordKey {
  readonly kind: 'reference';
}

/** A field that points at one record: the first of these that is in Odoo; with none it is emptied. */
export interface One {
  readonly kind: 'one';
  /** Store records, or database ids that a person has set. */
  readonly to: readonly (Reference | number)[];
}

/** A field that points at several records, and at no others. */
export interface Many {
  readonly kind: 'many';
  readonly to: readonly Reference[];
}

/** A text in several languages, the store's default one first. */
export interface Translated {
  readonly kind: 'translated';
  readonly texts: readonly LanguageText[];
}
export interface LanguageText {
  /** OpenCart's, e.g. `en-gb`. */
  languageCode: string;
  text: string;
}

/** A file that is fetched when it is needed. */
export interface Download {
  readonly kind: 'download';
  readonly url: string;
}

/** Child records that live and die with their parent, e.g. an order's lines. */
export interface Children {
  readonly kind: 'children';
  /** `key` tells a child from its siblings, over all versions of the snapshot. */
  readonly rows: readonly { key: string; values: Readonly<Record<string, Plain | One | Many | Children>> }[];
}

/**
 * Numbers travel as text (`"12.50"`), dates as `YYYY-MM-DD HH:MM:SS` in UTC; null clears the field.
 */
export type Plain = string | boolean | number | null;
export type Cell = Plain | One | Many | Translated | Download | Children;

export const reference = (entity: string, recordId: string): Reference => ({ kind: 'reference', entity, recordId });

export const one = (...to: readonly (Reference | number | undefined)[]): One => ({
  kind: 'one',
  to: to.filter((target) => target !== undefined),
});
export const many = (to: readonly Reference[]): Many => ({ kind: 'many', to });
export const translated = (texts: readonly LanguageText[]): Translated => ({ kind: 'translated', texts });
export const download = (url: string): Download => ({ kind: 'download', url });
export const children = (rows: Children['rows']): Children => ({ kind: 'children', rows });

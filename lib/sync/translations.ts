import { groupBy } from '../collections.ts';
import type { Odoo } from '../odoo/client.ts';
import { loadRecords } from '../odoo/load.ts';
import type { Cell, SyncContext, Translated } from './declare.ts';
import { inOdooLanguages, SOURCE_LANGUAGE } from './languages.ts';
import type { PlanNode } from './node.ts';
import type { Filled } from './rows.ts';

interface Translation {
  node: PlanNode;
  language: string;
  /** By field. */
  texts: ReadonlyMap<string, string>;
}

/** Writes the texts in the languages that store and Odoo share beside the source: a call per language. */
export async function loadTranslations(odoo: Odoo, filled: readonly Filled[], context: SyncContext): Promise<void> {
  const { languages } = context.dialect;
  if (languages.length < 2) return;
  const translations = filled.filter(({ node }) => node.error === undefined).flatMap((one) => of(one, languages));
  const groups = groupBy(translations, ({ language, texts }) => JSON.stringify([language, ...texts.keys()]));
  for (const group of groups.values()) await loadGroup(odoo, group);
}

async function loadGroup(odoo: Odoo, group: readonly Translation[]): Promise<void> {
  const [first] = group;
  if (first === undefined) return;
  const rows = group.map(({ node, texts }) => [[node.odooId as number, ...texts.values()]]);
  const { model } = first.node.declaration;
  const outcomes = await loadRecords(odoo, model, ['.id', ...first.texts.keys()], rows, { lang: first.language });
  outcomes.forEach((outcome, index) => {
    const { node } = group[index] as Translation;
    if ('error' in outcome) node.error ??= outcome.error;
  });
}

function of({ node, cells }: Filled, active: readonly string[]): Translation[] {
  const byLanguage = new Map<string, Map<string, string>>();
  for (const [field, cell] of cells) {
    if (!isTranslated(cell)) continue;
    const texts = inOdooLanguages(cell.texts, active);
    const source = texts.get(SOURCE_LANGUAGE) ?? '';
    for (const [language, given] of texts) {
      // An empty text would empty all the others as well.
      const text = given || source;
      // What was just made falls back to its source.
      const isTold = text === '' || (node.action === 'create' && text === source);
      if (language === SOURCE_LANGUAGE || isTold) continue;
      const fields = byLanguage.get(language) ?? new Map<string, string>();
      byLanguage.set(language, fields.set(field, text));
    }
  }
  return [...byLanguage].map(([language, texts]) => ({ node, language, texts }));
}

const isTranslated = (cell: Cell): cell is Translated =>
  cell !== null && typeof cell === 'object' && cell.kind === 'translated';

import type { LanguageText } from './cells.ts';

/** The language in which Odoo keeps a text's source; the others fall back to it. Always active. */
export const SOURCE_LANGUAGE = 'en_US';

const normal = (code: string): string => code.toLowerCase().replaceAll('-', '_');

/**
 * Odoo's language for one of the store's: `de-at` is `de_AT` where that is active, else any German.
 * The source language is preferred among those that fit as well.
 */
export function odooLanguage(languageCode: string, active: readonly string[]): string | undefined {
  const wanted = normal(languageCode);
  const [family = ''] = wanted.split('_');
  if (family === '') return undefined;
  const preferred = [...active].sort((a, b) => Number(b === SOURCE_LANGUAGE) - Number(a === SOURCE_LANGUAGE));
  return (
    preferred.find((code) => normal(code) === wanted) ?? preferred.find((code) => normal(code).split('_')[0] === family)
  );
}

/** A text in Odoo's languages. Its source is the store's English where it has one, else its default language. */
export function inOdooLanguages(texts: readonly LanguageText[], active: readonly string[]): Map<string, string> {
  const found = new Map<string, string>();
  for (const { languageCode, text } of texts) {
    const language = odooLanguage(languageCode, active);
    if (language !== undefined && !found.has(language)) found.set(language, text);
  }
  const english = texts.find(({ languageCode }) => normal(languageCode).split('_')[0] === 'en');
  if (!found.has(SOURCE_LANGUAGE)) found.set(SOURCE_LANGUAGE, (english ?? texts[0])?.text ?? '');
  return found;
}

import type { OptionSnapshot } from '../opencart/snapshots.ts';
import type { LanguageText } from '../sync/declare.ts';

type Names = OptionSnapshot['names'];

/** The name in the store's default language. */
export const nameIn = (names: Names): string => names[0]?.name ?? '';

export const labelTexts = (names: Names): LanguageText[] =>
  names.map(({ languageCode, name }) => ({ languageCode, text: name }));

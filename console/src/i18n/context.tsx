/** The language of the page: its words, and how it writes dates, numbers and money. */
import { createContext, type ReactNode, useContext, useEffect, useMemo, useState } from 'react';
import { de } from './de.ts';
import { type Catalogue, en } from './en.ts';
import { type Formats, formatsIn } from './format.ts';

export type TextKey = keyof typeof en;
export type Values = Record<string, string | number>;
export type Translate = (key: TextKey, values?: Values) => string;

export const languages = { en: 'English', de: 'Deutsch' } as const;
export type Language = keyof typeof languages;
const catalogues: Record<Language, Catalogue> = { en, de };

const KEY = 'opencart-odoo.locale';

interface LocaleValue {
  locale: string;
  language: Language;
  text: Translate;
  formats: Formats;
  setLocale(locale: string): void;
}

const LocaleContext = createContext<LocaleValue | undefined>(undefined);

function useLocaleValue(): LocaleValue {
  const value = useContext(LocaleContext);
  if (value === undefined) throw new Error('A text is used outside of the locale.');
  return value;
}

export const useText = (): Translate => useLocaleValue().text;
export const useFormats = (): Formats => useLocaleValue().formats;
export function useLocaleSwitch() {
  const { locale, language, setLocale } = useLocaleValue();
  return { locale, language, setLocale };
}

export function LocaleProvider({ children }: { children: ReactNode }) {
  const [locale, setLocale] = useState(firstLocale);
  const language = languageOf(locale);
  useEffect(() => {
    document.documentElement.lang = language;
  }, [language]);
  const value = useMemo(
    () => ({
      locale,
      language,
      text: translatorOf(catalogues[language]),
      formats: formatsIn(locale),
      setLocale(next: string) {
        const valid = validLocale(next);
        if (valid === undefined) return;
        keep(valid);
        setLocale(valid);
      },
    }),
    [locale, language],
  );
  return <LocaleContext value={value}>{children}</LocaleContext>;
}

const PLURAL = /\{(\w+)\|((?:[^|{}]|\{\w+\})*)\|((?:[^|{}]|\{\w+\})*)\}/g;

/** The words of a key with `{name}` filled in; `{n|one|many}` chooses by a number, and both may hold `{name}`. */
export function translatorOf(catalogue: Catalogue): Translate {
  return (key, values = {}) =>
    catalogue[key]
      .replaceAll(PLURAL, (_, name: string, one: string, many: string) => (Number(values[name]) === 1 ? one : many))
      .replaceAll(/\{(\w+)\}/g, (_, name: string) => String(values[name] ?? ''));
}

const languageOf = (locale: string): Language => (locale.toLowerCase().startsWith('de') ? 'de' : 'en');

/** OpenCart writes `en-gb`, and `de-DE` is the same as `de-de`. */
function validLocale(locale: string): string | undefined {
  try {
    return Intl.getCanonicalLocales(locale.replaceAll('_', '-'))[0];
  } catch {
    return undefined;
  }
}

function firstLocale(): string {
  try {
    const kept = localStorage.getItem(KEY);
    if (kept !== null) return validLocale(kept) ?? navigator.language;
  } catch {
    // Storage can be forbidden.
  }
  return navigator.language;
}

function keep(locale: string): void {
  try {
    localStorage.setItem(KEY, locale);
  } catch {
    // As above.
  }
}

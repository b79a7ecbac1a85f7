/** The error catalogue in the language of the page. */
import { catalog, type ErrorCode } from '../../../lib/errors/catalog.ts';
import { type TextKey, useLocaleSwitch, useText } from './context.tsx';
import { errorsDe } from './de/errors.ts';

export interface ErrorText {
  title: string;
  /** Who can mend it, and how. */
  remedy: string;
}

/** What can go wrong on the way to the API; it has no code of the API's. */
const own: Record<string, readonly [TextKey, TextKey]> = {
  API_UNREACHABLE: ['error.unreachable', 'error.unreachableRemedy'],
  CONSOLE_FAULT: ['error.fault', 'error.faultRemedy'],
};

const isCode = (code: string): code is ErrorCode => Object.hasOwn(catalog, code);

export function useErrorText(): (code: string) => ErrorText {
  const t = useText();
  const { language } = useLocaleSwitch();
  return (code) => {
    const keys = own[code];
    if (keys !== undefined) return { title: t(keys[0]), remedy: t(keys[1]) };
    if (!isCode(code)) return { title: t('error.other'), remedy: t('error.otherRemedy') };
    if (language === 'en') return { title: catalog[code].title, remedy: catalog[code].remedy };
    const [title, remedy] = errorsDe[code];
    return { title, remedy };
  };
}

/** What a command tells people. */
import { stripVTControlCharacters } from 'node:util';

/** A text as one line: what a store or an Odoo has written may hold signs that a terminal would obey. */
export const inOneLine = (text: string): string => stripVTControlCharacters(text).replaceAll(/\p{Cc}+/gu, ' ');

export function say(...lines: readonly string[]): void {
  for (const line of lines) console.log(inOneLine(line));
}

export function complain(...lines: readonly string[]): void {
  for (const line of lines) console.error(inOneLine(line));
}

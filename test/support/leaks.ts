/** What must stand nowhere that a function prints: secrets, and whom the snapshots of the tests are about. */
import { aCustomer, anAddress } from './snapshots.ts';

/** A word as it is and as a log would write it. */
export const written = (word: string): string[] => [word, JSON.stringify(word).slice(1, -1), encodeURIComponent(word)];

const { firstName, lastName, email, telephone = '' } = aCustomer();
const person = { firstName, lastName, email, telephone, street: anAddress().address1 };

/** A masked one has nothing but `…` before the `@`. */
const EMAIL = /[\p{L}\p{N}._%+'-]+@(?:[\p{L}\p{N}-]+\.)+\p{L}+/gu;
const TOKEN = /eyJ[\w-]{10,}\.[\w-]+\.[\w-]+/g;
const SECRET = /whsec_[\w+/=]+/g;

interface Kept {
  /** Name → what must not be printed. */
  secrets: Readonly<Record<string, string>>;
  /** E-mail addresses of nobody's. */
  known: readonly string[];
}

/** Each line that tells what it must not, by the name of that, with what it tells as dots. */
export function leaksIn(lines: readonly string[], { secrets, known }: Kept): string[] {
  const words = Object.entries({ ...person, ...secrets });
  return lines.flatMap((line) => {
    const named = words.flatMap(([name, word]) => written(word).map((text) => [name, text] as const));
    const patterns = [EMAIL, TOKEN, SECRET].flatMap((pattern) => line.match(pattern) ?? []);
    const found = [
      ...named.filter(([, text]) => line.includes(text)),
      ...patterns.filter((text) => !known.includes(text)).map((text) => ['a pattern', text] as const),
    ];
    if (found.length === 0) return [];
    const masked = found.reduce((rest, [, text]) => rest.replaceAll(text, '•••'), line);
    return [`${[...new Set(found.map(([name]) => name))].join(', ')}: ${masked}`];
  });
}

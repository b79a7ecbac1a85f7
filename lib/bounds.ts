/** What documents of others may cost: little more than they have bytes. */

/** What is walked through by recursion must not be deeper than the stack; a snapshot is some ten levels deep. */
export const MAX_DEPTH = 64;
/** A value costs up to a hundred bytes of memory; a page of 500 products with everything has some 50,000. */
export const MAX_VALUES = 1_000_000;

/** Of one object: what an order has most of in one are its products, 5,000 at most. */
export const MAX_MEMBERS = 10_000;

/** What speaks against parsing a text as JSON, as a predicate: `is too deep`. Looks at it once, and keeps nothing. */
export function jsonProblem(text: string): string | undefined {
  // One value, or no JSON: a page of HTML has brackets that mean nothing.
  if (!/^\s*[[{]/.test(text)) return undefined;
  let depth = 0;
  let values = 0;
  // What is open at each level has so many members; those of a list are not counted.
  const members: number[] = [Number.NEGATIVE_INFINITY];
  for (let at = 0; at < text.length; at += 1) {
    const character = text[at];
    if (character === '"') {
      at = endOfString(text, at);
    } else if (character === '[' || character === '{') {
      depth += 1;
      values += 1;
      members[depth] = character === '{' ? 1 : Number.NEGATIVE_INFINITY;
      if (depth > MAX_DEPTH) return `is more than ${MAX_DEPTH} levels deep`;
    } else if (character === ']' || character === '}') {
      depth -= 1;
    } else if (character === ',') {
      values += 1;
      const count = (members[depth] ?? 0) + 1;
      members[depth] = count;
      if (count > MAX_MEMBERS) return `has an object of more than ${MAX_MEMBERS} members`;
    }
    if (values > MAX_VALUES) return `has more than ${MAX_VALUES} values`;
  }
  return undefined;
}

/** Where the string that begins at a quote ends; the text's end if it does not. */
function endOfString(text: string, quote: number): number {
  for (let at = quote + 1; ; at += 1) {
    at = text.indexOf('"', at);
    if (at === -1) return text.length;
    let backslashes = 0;
    while (text[at - 1 - backslashes] === '\\') backslashes += 1;
    if (backslashes % 2 === 0) return at;
  }
}

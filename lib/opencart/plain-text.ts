import { type Handler, Parser } from 'htmlparser2';

const BLOCKS = new Set(
  ['p', 'div', 'br', 'li', 'ul', 'ol', 'tr', 'table', 'section', 'article', 'blockquote', 'hr', 'dt', 'dd'].concat([
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
  ]),
);
const UNSPOKEN = new Set(['script', 'style', 'template']);
/** Browsers nest no deeper either. The parser looks through all open tags for each that is closed. */
const MOST_OPEN_TAGS = 512;

/**
 * The text of an HTML description, a line per block. Odoo translates HTML term by term, so that a
 * description in one language would overwrite the others; a plain text it translates as a whole.
 */
export function plainText(html: string): string {
  const lines = [''];
  let unspoken = 0;
  let open = 0;
  const newLine = (name: string) => {
    if (BLOCKS.has(name) && lines.at(-1) !== '') lines.push('');
  };
  const add = (text: string) => {
    lines[lines.length - 1] += text;
  };
  const handler: Partial<Handler> = {
    onopentag(name) {
      open += 1;
      if (UNSPOKEN.has(name)) unspoken += 1;
      newLine(name);
      if (name === 'li') add('- ');
      if (name === 'td' || name === 'th') add(' ');
      if (open > MOST_OPEN_TAGS) throw new TooDeep();
    },
    ontext(text) {
      if (unspoken === 0) add(text.replaceAll(/\s+/g, ' '));
    },
    onclosetag(name) {
      open -= 1;
      if (UNSPOKEN.has(name)) unspoken -= 1;
      newLine(name);
    },
  };
  for (let rest: string | undefined = html; rest !== undefined; ) {
    [open, unspoken] = [0, 0];
    rest = parse(rest, handler);
  }
  return lines
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n');
}

class TooDeep extends Error {}

/** @returns what is left where the handler finds it too deep, to be gone on with as if no tag were open */
function parse(html: string, handler: Partial<Handler>): string | undefined {
  const parser = new Parser(handler);
  try {
    parser.end(html);
    return undefined;
  } catch (error) {
    if (!(error instanceof TooDeep)) throw error;
    return html.slice(parser.endIndex + 1);
  }
}

import { Parser } from 'htmlparser2';

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

/**
 * The text of an HTML description, a line per block. Odoo translates HTML term by term, so that a
 * description in one language would overwrite the others; a plain text it translates as a whole.
 */
export function plainText(html: string): string {
  const lines = [''];
  let unspoken = 0;
  const newLine = (name: string) => {
    if (BLOCKS.has(name) && lines.at(-1) !== '') lines.push('');
  };
  const add = (text: string) => {
    lines[lines.length - 1] += text;
  };
  const parser = new Parser({
    onopentag(name) {
      if (UNSPOKEN.has(name)) unspoken += 1;
      newLine(name);
      if (name === 'li') add('- ');
      if (name === 'td' || name === 'th') add(' ');
    },
    ontext(text) {
      if (unspoken === 0) add(text.replaceAll(/\s+/g, ' '));
    },
    onclosetag(name) {
      if (UNSPOKEN.has(name)) unspoken -= 1;
      newLine(name);
    },
  });
  parser.write(html);
  parser.end();
  return lines
    .map((line) => line.replaceAll(/\s+/g, ' ').trim())
    .filter((line) => line !== '' && line !== '-')
    .join('\n');
}

import { cannotMarshalNone } from './faults.ts';
import { Float, type Wire } from './types.ts';

// biome-ignore lint/suspicious/noControlCharactersInRegex: Odoo strips exactly these, XML 1.0 forbids them
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g;
const ESCAPES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;' };
const escapeText = (text: string): string =>
  text.replace(CONTROL, '').replace(/[&<>]/g, (char) => ESCAPES[char] ?? char);

function writeValue(value: Wire): string {
  if (value === null) throw cannotMarshalNone();
  if (typeof value === 'string') return `<value><string>${escapeText(value)}</string></value>`;
  if (typeof value === 'boolean') return `<value><boolean>${value ? 1 : 0}</boolean></value>`;
  if (value instanceof Float) return `<value><double>${pythonFloat(value.value)}</double></value>`;
  if (typeof value === 'number') {
    return Number.isInteger(value) ? `<value><int>${value}</int></value>` : `<value><double>${value}</double></value>`;
  }
  if (Array.isArray(value)) return `<value><array><data>\n${value.map(writeValue).join('\n')}\n</data></array></value>`;
  const members = Object.entries(value).map(
    ([name, member]) => `<member>\n<name>${escapeText(name)}</name>\n${writeValue(member)}\n</member>`,
  );
  return `<value><struct>\n${members.join('\n')}\n</struct></value>`;
}

/** Python prints whole floats with `.0`. */
const pythonFloat = (value: number): string => (Number.isInteger(value) ? `${value}.0` : String(value));

const document = (body: string): string => `<?xml version="1.0"?>\n<methodResponse>\n${body}\n</methodResponse>\n`;

export const writeAnswer = (value: Wire): string =>
  document(`<params>\n<param>\n${writeValue(value)}\n</param>\n</params>`);

export const writeFault = (code: number, text: string): string =>
  document(`<fault>\n${writeValue({ faultCode: code, faultString: text })}\n</fault>`);

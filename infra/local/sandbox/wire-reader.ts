import type { Value } from './types.ts';

/** One XML-RPC call. */
export interface Call {
  method: string;
  params: Value[];
}

const TOKEN = /<!\[CDATA\[([\s\S]*?)\]\]>|<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<(\/?)([\w.:]+)[^>]*?(\/?)>|([^<]+)/g;
const ENTITY = /&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi;
const NAMED: Record<string, string> = { lt: '<', gt: '>', amp: '&', quot: '"', apos: "'" };

const decode = (text: string): string =>
  text.replace(ENTITY, (all, hex?: string, decimal?: string, name?: string) => {
    if (hex) return String.fromCodePoint(Number.parseInt(hex, 16));
    if (decimal) return String.fromCodePoint(Number(decimal));
    return NAMED[name ?? ''] ?? all;
  });

function scalar(tag: string, text: string): Value {
  switch (tag) {
    case 'int':
    case 'i4':
    case 'i8':
    case 'double':
      return Number(text);
    case 'boolean':
      return text.trim() === '1';
    case 'nil':
      return null;
    case 'base64':
      return text.replace(/\s/g, '');
    default:
      return text;
  }
}

const SCALARS = new Set(['int', 'i4', 'i8', 'double', 'boolean', 'string', 'nil', 'base64', 'dateTime.iso8601']);

/** Reads a `methodCall` document. Odoo accepts `<nil/>` in arguments, and so does this. */
export function readCall(xml: string): Call {
  let method = '';
  let text = '';
  let typed = false;
  const names: string[] = [];
  const open: Value[][] = [[]];
  const push = (value: Value) => open.at(-1)?.push(value);
  for (const [, cdata, closing, tag, selfClosing, plain] of xml.matchAll(TOKEN)) {
    if (cdata !== undefined) text += cdata;
    else if (plain !== undefined) text += decode(plain);
    else if (tag && !closing) {
      text = '';
      if (tag === 'value') typed = false;
      else if (tag === 'array' || tag === 'struct') open.push([]);
      if (selfClosing) {
        if (tag === 'value') push('');
        else if (SCALARS.has(tag)) push(scalar(tag, ''));
        typed = true;
      }
    } else if (tag) {
      if (SCALARS.has(tag)) {
        push(scalar(tag, text));
        typed = true;
      } else if (tag === 'value') {
        if (!typed) push(text);
        typed = true;
      } else if (tag === 'name') {
        names.push(text);
      } else if (tag === 'member') {
        const value = open.at(-1)?.pop() ?? null;
        push([names.pop() ?? '', value]);
      } else if (tag === 'array') {
        push(open.pop() ?? []);
        typed = true;
      } else if (tag === 'struct') {
        push(Object.fromEntries((open.pop() ?? []) as [string, Value][]));
        typed = true;
      } else if (tag === 'methodName') {
        method = text.trim();
      }
      text = '';
    }
  }
  return { method, params: open[0] ?? [] };
}

import type { Domain, Odoo, Value } from '../odoo/client.ts';
import { type Kind, type Pick, pickOf } from './kinds.ts';

/** The largest id that XML-RPC carries. */
const LARGEST_ID = 2 ** 31 - 1;

/**
 * Records of a kind whose name or code holds a text, whatever its case; a number is an id, too.
 * @returns at most `limit`, by name, and whether there are more
 */
export async function lookUp(
  odoo: Odoo,
  kind: Kind,
  text: string,
  limit: number,
): Promise<{ records: Pick[]; isMore: boolean }> {
  const fields = [...new Set([kind.name, ...Object.values(kind.told)])];
  const domain = [...kind.scope, ...searchOf(kind, text.trim())];
  const found = await odoo.searchRead(kind.model, domain, fields, { limit: limit + 1 });
  return { records: found.slice(0, limit).map((record) => pickOf(kind, record)), isMore: found.length > limit };
}

function searchOf({ searched }: Kind, text: string): Domain {
  if (text === '') return [];
  const anyOf = searched.map((field) => [field, 'ilike', text] as const satisfies [string, string, Value]);
  const id = /^\d+$/.test(text) && Number(text) <= LARGEST_ID ? ([['id', '=', Number(text)]] as const) : [];
  const all = [...id, ...anyOf];
  return [...Array<string>(all.length - 1).fill('|'), ...all];
}

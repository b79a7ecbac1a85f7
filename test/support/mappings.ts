/** Mappings as they stand after a while, without an Odoo behind them. */
import type { Mapping } from '../../lib/store/mappings.ts';
import { api } from './api.ts';
import type { Rig } from './rig.ts';

/** What a store's mappings are after some time: made, adopted, mapped by hand, failing, deleted. */
export function aMapping(entity: string, index: number, over: Partial<Mapping> = {}): Mapping {
  const base = { entity, recordId: String(index).padStart(6, '0'), title: `Title, "${index}"`, sequence: index + 1 };
  if (index % 50 === 3) return { ...base, sequence: 0, failure: 'ODOO_REFUSED', ...over };
  const identity = `identity ${index}`;
  const mapped = { ...base, identity, model: 'res.partner', odooId: 1_000_000 + index, hash: `hash${index}` };
  const syncedAt = '2026-11-20T18:45:10.000Z';
  if (index % 50 === 5) return { ...mapped, syncedAt, origin: 'manual', failure: 'MATCH_REPORTED', ...over };
  if (index % 50 === 7) return { ...mapped, syncedAt, origin: 'created', removed: 'archive', ...over };
  return { ...mapped, syncedAt, origin: 'created', aliases: [`guest:${index}`], details: { index }, ...over };
}

/** Writes mappings with their aliases, many at a time, as `writeMapping` does one. */
export async function seed({ connection }: Rig, mappings: readonly Mapping[]): Promise<void> {
  const { writeItems } = await import('../../lib/store/documents.ts');
  const { scopeOf } = await import('../../lib/store/mappings.ts');
  const { tableName } = await import('../../lib/environment.ts');
  const items = mappings.flatMap((mapping) => {
    const { entity, recordId, model, odooId, identity, aliases = [] } = mapping;
    const scope = scopeOf(connection, entity);
    const odooRecord = odooId === undefined ? {} : { odooRecord: `${connection}#${model}#${odooId}` };
    const alias = { scope, entity, aliasOf: recordId, model, odooId, identity, sequence: 0 };
    return [{ ...mapping, scope, ...odooRecord }, ...aliases.map((name) => ({ ...alias, recordId: name }))];
  });
  await writeItems(
    tableName('mappings'),
    items.map((put) => ({ put })),
    8,
  );
}

/** All that the table holds of an entity, aliases included, in order. */
export async function itemsIn(rig: Rig, entity: string): Promise<Mapping[]> {
  const { itemsOf } = await import('../../lib/store/mapping-pages.ts');
  const items: Mapping[] = [];
  for await (const page of itemsOf(rig.connection, entity, { only: 'all' })) items.push(...page);
  return items;
}

/** The whole export of an entity. @returns the file, and in how many pages it came */
export async function exportOf(rig: Rig, entity: string, limit?: number): Promise<{ csv: string; pages: number }> {
  let csv = '';
  let pages = 0;
  let cursor: string | null = null;
  do {
    const query: Record<string, string> = {
      ...(limit === undefined ? {} : { limit: String(limit) }),
      ...(cursor === null ? {} : { cursor }),
    };
    const answer = await api(rig, 'GET', `/v1/mappings/${entity}/export`, { query, role: 'viewer' });
    if (answer.status !== 200) throw new Error(`${answer.status} ${answer.text}`);
    csv += answer.text;
    pages += 1;
    cursor = answer.headers.get('x-next-cursor');
  } while (cursor !== null);
  return { csv, pages };
}

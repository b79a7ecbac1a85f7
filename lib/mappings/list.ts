import type { Observer } from '../queue/observe.ts';
import { readSettings } from '../store/connections.ts';
import { pageOfMappings } from '../store/mapping-pages.ts';
import { cursorOf, isIn, type MappingState, recordIdOf } from '../store/mapping-state.ts';
import type { Mapping } from '../store/mappings.ts';
import type { AnyEntity } from '../sync/declare.ts';
import { mappingRow, type OdooNames } from './show.ts';
import { lookIntoOdoo } from './undisturbed.ts';

export interface ListQuery {
  q?: string | undefined;
  state?: MappingState | undefined;
  /** With Odoo's names. */
  names: boolean;
  limit: number;
  cursor?: string | undefined;
}

/** Mapped records of which Odoo is asked in one call whether it still has them. */
const ASKED_TOGETHER = 1_000;

/** A page of an entity's mappings; of Odoo at most one question. */
export async function listMappings(connection: string, declaration: AnyEntity, query: ListQuery, observer: Observer) {
  const { q, state, limit, cursor } = query;
  const keep = (mapping: Mapping) =>
    (state === undefined || isIn(state, mapping)) && (q === undefined || isLike(q, mapping));
  const after = cursor === undefined ? undefined : recordIdOf(cursor);
  const looksForStale = state === 'stale';
  const page = await pageOfMappings(connection, declaration.name, keep, looksForStale ? ASKED_TOGETHER : limit, after);
  const asks = (query.names || looksForStale) && declaration.model !== '';
  const names = asks ? await namesInOdoo(connection, declaration.model, page.mappings, observer) : undefined;
  const wanted = looksForStale
    ? page.mappings.filter(({ odooId }) => names?.get(odooId as number) == null)
    : page.mappings;
  const shown = wanted.slice(0, limit);
  const next = shown.length < wanted.length ? shown.at(-1)?.recordId : page.next;
  const settings = await readSettings(connection);
  return {
    mappings: shown.map((mapping) => mappingRow(mapping, settings, names)),
    next: next === undefined ? null : cursorOf(next),
  };
}

function isLike(q: string, { title, recordId, odooId }: Mapping): boolean {
  const text = q.trim().toLowerCase();
  return (
    recordId.toLowerCase().includes(text) || title?.toLowerCase().includes(text) === true || String(odooId) === text
  );
}

async function namesInOdoo(
  connection: string,
  model: string,
  mappings: readonly Mapping[],
  observer: Observer,
): Promise<OdooNames> {
  const ids = [...new Set(mappings.flatMap(({ odooId }) => (odooId === undefined ? [] : [odooId])))];
  if (ids.length === 0) return new Map();
  const found = await lookIntoOdoo(connection, observer, ({ odoo }) => odoo.read(model, ids, ['display_name']));
  const names = new Map(found.map(({ id, display_name }) => [id, String(display_name)]));
  return new Map(ids.map((id) => [id, names.get(id) ?? null]));
}

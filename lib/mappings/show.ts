import { type ConnectionSettings, readSettings } from '../store/connections.ts';
import { stateOf } from '../store/mapping-state.ts';
import type { Mapping } from '../store/mappings.ts';
import type { Reset } from '../store/resets.ts';

/** Odoo's name by id; null: Odoo has the record no more. Undefined: it was not asked. */
export type OdooNames = ReadonlyMap<number, string | null>;

/** A mapping as lists show it. */
export function mappingRow(mapping: Mapping, settings: ConnectionSettings | undefined, names?: OdooNames) {
  const { entity, recordId, title, origin, model, odooId, sequence, syncedAt, failure, removed } = mapping;
  const name = odooId === undefined ? null : (names?.get(odooId) ?? null);
  return {
    entity,
    recordId,
    title: title ?? null,
    state: stateOf(mapping, names !== undefined && name === null),
    origin: origin ?? null,
    model: model ?? null,
    odooId: odooId ?? null,
    ...(names === undefined ? {} : { odooName: name }),
    url: settings === undefined ? null : odooUrl(settings.odooUrl, model, odooId),
    sequence,
    syncedAt: syncedAt ?? null,
    failure: failure ?? null,
    removed: removed ?? null,
  };
}

/** A mapping with all that is known. */
export async function wholeMapping(connection: string, mapping: Mapping) {
  const { identity, aliases, parts, details } = mapping;
  return {
    ...mappingRow(mapping, await readSettings(connection)),
    identity: identity ?? null,
    aliases: [...(aliases ?? [])],
    parts: [...(parts ?? [])],
    details: details ?? null,
  };
}

/** A reset, or an import, as it is shown. */
export function resetRow({ id, kind, scope, counts, by, startedAt, expiresAt, state, done, pieces, kept }: Reset) {
  const until = new Date(expiresAt * 1_000).toISOString();
  return { id, kind: kind ?? 'reset', scope, counts, by, startedAt, expiresAt: until, state, done, of: pieces, kept };
}

/** The old form of the address: 16 and 17 know no other, 18 and 19 lead from it to the new one. */
function odooUrl(base: string, model: string | undefined, odooId: number | undefined): string | null {
  if (model === undefined || odooId === undefined) return null;
  return `${base.replace(/\/+$/, '')}/web#id=${odooId}&model=${model}&view_type=form`;
}

import { csvLines } from '../csv.ts';
import { pageOfMappings } from '../store/mapping-pages.ts';
import { cursorOf, recordIdOf, stateOf } from '../store/mapping-state.ts';
import type { Mapping } from '../store/mappings.ts';

/** An answer of a function has 6 MB at most, as JSON: quotes and line ends count twice. */
const MOST_BYTES = 4_500_000;

const columns = ['entity', 'recordId', 'title', 'model', 'odooId', 'origin', 'state', 'syncedAt'];

const cellsOf = (mapping: Mapping) => {
  const { entity, recordId, title, model, odooId, origin, syncedAt } = mapping;
  const known = [title ?? null, model ?? null, odooId ?? null, origin ?? null];
  return [entity, recordId, ...known, stateOf(mapping), syncedAt ?? null];
};

/**
 * A page of an entity's mappings as CSV; only the first one has the line of names.
 * @returns the lines, and the cursor of the next page if there is one
 */
export async function exportMappings(
  connection: string,
  entity: string,
  limit: number,
  cursor?: string,
): Promise<{ csv: string; next?: string }> {
  const after = cursor === undefined ? undefined : recordIdOf(cursor);
  const page = await pageOfMappings(connection, entity, () => true, limit, after);
  const lines = cursor === undefined ? [csvLines([columns])] : [];
  let bytes = 0;
  let last: string | undefined;
  for (const mapping of page.mappings) {
    const line = csvLines([cellsOf(mapping)]);
    bytes += Buffer.byteLength(JSON.stringify(line));
    if (bytes > MOST_BYTES && last !== undefined) return { csv: lines.join(''), next: cursorOf(last) };
    lines.push(line);
    last = mapping.recordId;
  }
  return { csv: lines.join(''), ...(page.next === undefined ? {} : { next: cursorOf(page.next) }) };
}

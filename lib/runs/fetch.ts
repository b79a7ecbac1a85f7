import { asConnectorError } from '../errors/index.ts';
import type { SnapshotPage } from '../opencart/export.ts';
import type { ExportClient } from '../opencart/export-client.ts';

/** Asks for records by id, in parts if the answer would be too large. The oldest part says how old it is. */
export async function fetchIds(client: ExportClient, entity: string, ids: readonly string[]): Promise<SnapshotPage> {
  try {
    return await client.byIds({ entity, ids: [...ids] });
  } catch (thrown) {
    if (asConnectorError(thrown).code !== 'STORE_ANSWER_TOO_LARGE' || ids.length === 1) throw thrown;
    const middle = Math.ceil(ids.length / 2);
    const first = await fetchIds(client, entity, ids.slice(0, middle));
    const second = await fetchIds(client, entity, ids.slice(middle));
    return { ...first, rows: [...first.rows, ...second.rows] };
  }
}

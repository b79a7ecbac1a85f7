import { writeMapping } from '../store/mappings.ts';
import type { AnyEntity, SyncContext } from './declare.ts';
import type { SyncItem, SyncOutcome } from './engine.ts';
import { Graph } from './graph.ts';

/** Remembers records that Odoo has no counterpart for: their names, for people. No call to Odoo. */
export async function noteRecords<T extends SyncItem>(
  context: SyncContext,
  declaration: AnyEntity,
  items: readonly T[],
): Promise<SyncOutcome<T>[]> {
  const graph = new Graph([declaration], context);
  return Promise.all(
    items.map(async (item): Promise<SyncOutcome<T>> => {
      const { recordId, sequence, action } = item;
      const key = { entity: declaration.name, recordId, sequence, syncedAt: new Date().toISOString() };
      if (action === 'delete') {
        await writeMapping(context.connection, { ...key, removed: 'keep' });
        return { item, result: 'kept', wasFailing: false, applied: sequence };
      }
      const { error, snapshot, hash } = graph.ask(declaration, recordId, item.data, sequence);
      if (error !== undefined) return { item, result: 'failed', error, wasFailing: false };
      const isNewer = await writeMapping(context.connection, {
        ...key,
        hash,
        ...(item.storeHash === undefined ? {} : { storeHash: item.storeHash }),
        title: declaration.title(snapshot, recordId),
      });
      return { item, result: isNewer ? 'noted' : 'superseded', wasFailing: false, applied: sequence };
    }),
  );
}

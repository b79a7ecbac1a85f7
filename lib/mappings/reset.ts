/**
 * Forgets all mappings of some entities. First all of them are copied, piece by piece, then removed in the
 * same pieces; whatever interrupts that, it goes on where it stopped, or is undone.
 */
import { ulid } from 'ulid';
import { tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { noteAction } from '../store/actions.ts';
import { type Item, readItems, writeItems } from '../store/documents.ts';
import { itemsOf } from '../store/mapping-pages.ts';
import { type Mapping, recordOfName } from '../store/mappings.ts';
import { getPiece, listResets, noteProgress, putPiece, type Reset, startReset } from '../store/resets.ts';
import { remainder } from '../store/unmap.ts';
import type { Registry } from '../sync/declare.ts';
import type { Actor } from './by-hand.ts';
import { mappable } from './entities.ts';
import { bringBack } from './journal.ts';
import { undisturbed } from './undisturbed.ts';

/** Items in a piece. */
const PIECE_ITEMS = 500;

export type Counts = Record<string, number>;

/**
 * What a reset would forget: records by entity, those that came as part of them included.
 * @throws ConnectorError NOT_FOUND, VALUE_REFUSED
 */
export async function countMappings(connection: string, registry: Registry, scope: string): Promise<Counts> {
  const counts: Counts = {};
  const open = scope === 'all' ? registry.filter(({ model }) => model !== '').map(({ name }) => name) : [];
  if (scope !== 'all') open.push(mappable(registry, scope).name);
  for (let entity = open.shift(); entity !== undefined; entity = open.shift()) {
    if (counts[entity] !== undefined) continue;
    const only = ['recordId', 'aliasOf', 'parts'] as const;
    let count = 0;
    for await (const items of itemsOf(connection, entity, { only })) {
      for (const { aliasOf, parts = [] } of items) {
        if (aliasOf === undefined) count += 1;
        for (const part of parts) open.push(recordOfName(part).entity);
      }
      // Each entity is to be counted once, however many parts name it.
      open.splice(0, open.length, ...new Set(open));
    }
    counts[entity] = count;
  }
  return Object.fromEntries(Object.entries(counts).filter(([name, count]) => count > 0 || name === scope));
}

/**
 * Resets an entity, or all. Where another call has begun the very same, goes on with that.
 *
 * @param goOn asked before each piece: whether there is time for it
 * @throws ConnectorError CONFLICT if there is something else than expected
 */
export async function resetMappings(
  { connection, by }: Actor,
  registry: Registry,
  { entity: scope, expect }: { entity: string; expect: Counts },
  goOn: () => boolean,
): Promise<Reset> {
  const reset = await undisturbed(connection, async () => {
    await bringBack(connection);
    const begun = (await listResets(connection)).find(({ state }) => state === 'removing' || state === 'restoring');
    if (begun !== undefined && !(begun.state === 'removing' && begun.scope === scope && same(begun.counts, expect))) {
      const message = `The reset ${begun.id} is not done yet: ask for it again, or undo it.`;
      throw new ConnectorError('CONFLICT', message, { current: { reset: begun.id, counts: begun.counts } });
    }
    return remove(connection, begun ?? (await copy(connection, registry, scope, expect, by)), goOn);
  });
  if (reset.state === 'removed') {
    const total = Object.values(reset.counts).reduce((sum, count) => sum + count, 0);
    const message = `The mappings of ${scope} were reset: ${total} records. It can be undone for 30 days: ${reset.id}.`;
    await noteAction(connection, by, {
      code: 'MAPPINGS_RESET',
      message,
      ...(scope === 'all' ? {} : { entity: scope }),
    });
  }
  return reset;
}

const same = (one: Counts, other: Counts): boolean => {
  const names = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...names].every((name) => (one[name] ?? 0) === (other[name] ?? 0));
};

async function copy(connection: string, registry: Registry, scope: string, expect: Counts, by: string): Promise<Reset> {
  const counts = await countMappings(connection, registry, scope);
  if (!same(counts, expect)) {
    throw new ConnectorError('CONFLICT', 'There are others by now than were expected.', { current: { counts } });
  }
  const reset = await startReset(connection, { id: ulid(), scope, counts, by });
  let pieces = 0;
  const piece: Item[] = [];
  const aliases: Item[] = [];
  const flush = async (least: number) => {
    while (piece.length >= least && piece.length > 0) {
      await putPiece(connection, reset.id, pieces, piece.splice(0, PIECE_ITEMS));
      pieces += 1;
    }
  };
  for (const entity of Object.keys(counts)) {
    for await (const items of itemsOf(connection, entity, { only: 'all' })) {
      for (const item of items) (item.aliasOf === undefined ? piece : aliases).push(item as unknown as Item);
      await flush(PIECE_ITEMS);
    }
  }
  // Aliases come last, in pieces of their own: when they are restored their records stand.
  await flush(1);
  piece.push(...aliases);
  await flush(1);
  return noteProgress(connection, reset, { state: 'removing', pieces });
}

/** Removes what the copy holds, and nothing that has changed since. */
async function remove(connection: string, begun: Reset, goOn: () => boolean): Promise<Reset> {
  let reset = begun;
  while (reset.done < reset.pieces && goOn()) {
    const items = await getPiece(connection, reset.id, reset.done);
    const current = await currentOf(items);
    const writes = items.flatMap((item) => {
      const now = current.get(keyOf(item));
      if (now === undefined || !isUnchanged(now, item)) return [];
      const { scope, recordId } = item;
      const left = remainder(now as unknown as Mapping);
      return [left === undefined ? { delete: { scope, recordId } } : { put: { ...left, scope } }];
    });
    await writeItems(tableName('mappings'), writes, WRITTEN_TOGETHER);
    reset = await noteProgress(connection, reset, { done: reset.done + 1 });
  }
  return reset.done < reset.pieces ? reset : noteProgress(connection, reset, { state: 'removed' });
}

/** Requests at the same time. */
export const WRITTEN_TOGETHER = 8;

export const keyOf = ({ scope, recordId }: Item): string => `${scope} ${recordId}`;

/** The items as they stand in the table now, by `keyOf`. */
export async function currentOf(keys: readonly Item[]): Promise<Map<string, Item>> {
  const unique = new Map(keys.map(({ scope, recordId }) => [keyOf({ scope, recordId }), { scope, recordId }]));
  const found = await readItems(tableName('mappings'), [...unique.values()]);
  return new Map(found.map((item) => [keyOf(item), item]));
}

const TOLD_BY = ['odooId', 'sequence', 'syncedAt', 'aliasOf', 'identity', 'origin', 'hash', 'removed'] as const;

/** Whether an item is as it was; that a failure is parked comes and goes beside it. */
const isUnchanged = (now: Item, was: Item): boolean => TOLD_BY.every((name) => now[name] === was[name]);

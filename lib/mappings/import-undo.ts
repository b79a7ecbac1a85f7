/** Undoing an import that has succeeded, events that were synced by it included. */
import { chunks } from '../collections.ts';
import { itemsOf } from '../store/mapping-pages.ts';
import { type Mapping, type RecordKey, readMappings, recordName, writeMapping } from '../store/mappings.ts';
import { noteProgress, type Reset } from '../store/resets.ts';
import { removeMapping, removeParts } from '../store/unmap.ts';
import type { Registry } from '../sync/declare.ts';
import { declared } from './entities.ts';
import { formerOf, type ImportedRecord } from './import-copy.ts';
import { allOrNone } from './journal.ts';

const WRITTEN_TOGETHER = 25;

/**
 * Gives the records of an import back what they were mapped to, whatever events have come meanwhile: unlike after a
 * reset, these were written to the wrong record. What somebody has mapped otherwise since stays, and no record of
 * Odoo is given to two. Call it with the lane.
 *
 * @param goOn asked before each piece: whether there is time for it
 */
export async function undoImport(
  connection: string,
  registry: Registry,
  begun: Reset,
  goOn: () => boolean,
): Promise<Reset> {
  let reset = begun;
  const entity = reset.scope;
  const pieces: ImportedRecord[][] = [];
  for (let piece = 0; piece < reset.pieces; piece += 1) pieces.push(await formerOf(connection, reset.id, piece));
  const known = new Map<string, Mapping>();
  for await (const items of itemsOf(connection, entity)) for (const item of items) known.set(item.recordId, item);
  const undone = new Set(pieces.flat().filter((record) => isOfImport(record, known.get(record.recordId))));
  const isTaken = declared(registry, entity).shared ? () => false : takenBesides(undone, known);
  while (reset.done < reset.pieces && goOn()) {
    const records = pieces[reset.done] as ImportedRecord[];
    const free = records.filter((record) => undone.has(record) && !isTaken(record));
    await bringBack(connection, entity, free, known);
    const kept = records.filter((record) => !free.includes(record) && !isAsBefore(record, known.get(record.recordId)));
    reset = await noteProgress(connection, reset, { done: reset.done + 1, kept: reset.kept + kept.length });
  }
  return reset.done < reset.pieces ? reset : noteProgress(connection, reset, { state: 'restored' });
}

/** Whether nobody has said otherwise since. */
function isOfImport({ odooId }: ImportedRecord, now: Mapping | undefined): boolean {
  return now === undefined || (now.aliasOf === undefined && (now.odooId === undefined || now.odooId === odooId));
}

const isAsBefore = ({ former }: ImportedRecord, now: Mapping | undefined): boolean => former?.odooId === now?.odooId;

/** Whether another record is by now what a record was before; two that the import has exchanged are not. */
function takenBesides(undone: ReadonlySet<ImportedRecord>, known: ReadonlyMap<string, Mapping>) {
  const changing = new Set([...undone].map(({ recordId }) => recordId));
  const others = [...known.values()].filter(
    ({ aliasOf, recordId, removed }) => aliasOf === undefined && removed === undefined && !changing.has(recordId),
  );
  const taken = new Set(others.map(({ odooId }) => odooId));
  return ({ former }: ImportedRecord) => former?.odooId !== undefined && taken.has(former.odooId);
}

async function bringBack(
  connection: string,
  entity: string,
  records: readonly ImportedRecord[],
  known: ReadonlyMap<string, Mapping>,
): Promise<void> {
  if (records.length === 0) return;
  const keys = records.flatMap(({ recordId, former, parts }): RecordKey[] => [
    ...[recordId, ...(former?.aliases ?? []), ...(known.get(recordId)?.aliases ?? [])].map((id) => ({
      entity,
      recordId: id,
    })),
    ...parts.flatMap((part) =>
      [part.recordId, ...(part.aliases ?? [])].map((id) => ({ entity: part.entity, recordId: id })),
    ),
  ]);
  await allOrNone(connection, keys, async () => {
    for (const some of chunks(records, WRITTEN_TOGETHER)) {
      await Promise.all(some.map((record) => bringBackOne(connection, record, known.get(record.recordId))));
    }
  });
}

async function bringBackOne(connection: string, { former, parts }: ImportedRecord, now: Mapping | undefined) {
  const partsNow = await readMappings(connection, parts);
  if (now !== undefined) await removeParts(connection, now);
  const wasKnown = former?.odooId !== undefined || former?.removed !== undefined;
  if (wasKnown) await writeMapping(connection, asBefore(former, now), now?.aliases);
  else if (now !== undefined) await removeMapping(connection, now);
  for (const part of parts) await writeMapping(connection, asBefore(part, partsNow.get(recordName(part))));
}

/**
 * Without hashes: what Odoo holds may be another record's by now, and whatever the store sends next is written. With
 * the highest sequence, so that nothing older is. That a failure is parked is as it is now.
 */
function asBefore(former: Mapping, now: Mapping | undefined): Mapping {
  const { hash: _, contentHash: __, storeHash: ___, failure: ____, ...kept } = former;
  const sequence = Math.max(former.sequence, now?.sequence ?? 0);
  return { ...kept, sequence, ...(now?.failure === undefined ? {} : { failure: now.failure }) };
}

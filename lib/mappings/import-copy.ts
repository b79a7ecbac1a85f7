/** What the records of an import were before, kept so that it can be undone. */
import { ulid } from 'ulid';
import { chunks } from '../collections.ts';
import type { Item } from '../store/documents.ts';
import { type Mapping, recordName } from '../store/mappings.ts';
import { getPiece, noteProgress, putPiece, type Reset, startReset } from '../store/resets.ts';
import type { Actor } from './by-hand.ts';

/** A record of an import. */
export interface ImportedRecord {
  recordId: string;
  /** What it was mapped to by the import. */
  odooId: number;
  /** What it was mapped to before, and what was part of it. */
  former?: Mapping;
  parts: readonly Mapping[];
}

const PIECE_RECORDS = 500;

/**
 * Keeps what the records are now. Only when what is returned is called, the import being written, it can be undone.
 * @param former their items, their parts' among them
 */
export async function keepFormer(
  { connection, by }: Pick<Actor, 'connection' | 'by'>,
  entity: string,
  records: readonly Pick<ImportedRecord, 'recordId' | 'odooId'>[],
  former: readonly Mapping[],
): Promise<{ id: string; whenDone(): Promise<Reset> }> {
  const items = new Map(former.map((item) => [recordName(item), item]));
  const recordOf = (name: string): Mapping | undefined => {
    const item = items.get(name);
    return item?.aliasOf === undefined ? item : undefined;
  };
  const partsOf = ({ parts = [] }: Mapping): Mapping[] =>
    parts.flatMap((name) => {
      const part = recordOf(name);
      return part === undefined ? [] : [part, ...partsOf(part)];
    });
  const counts = { [entity]: records.length };
  const begun = await startReset(connection, { id: ulid(), kind: 'import', scope: entity, counts, by });
  const pieces = chunks(records, PIECE_RECORDS);
  for (const [piece, some] of pieces.entries()) {
    const kept = some.map((record): ImportedRecord => {
      const own = recordOf(recordName({ entity, recordId: record.recordId }));
      return { ...record, ...(own === undefined ? { parts: [] } : { former: own, parts: partsOf(own) }) };
    });
    await putPiece(connection, begun.id, piece, kept as unknown as Item[]);
  }
  return {
    id: begun.id,
    whenDone: () => noteProgress(connection, begun, { state: 'imported', pieces: pieces.length }),
  };
}

/** A piece of what was kept. */
export const formerOf = async (connection: string, id: string, piece: number): Promise<ImportedRecord[]> =>
  (await getPiece(connection, id, piece)) as unknown as ImportedRecord[];

import { PutCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { itemsOfConnection } from './connection-items.ts';
import { documents, type Item, readItems } from './documents.ts';
import { getPayload, putPayload } from './payloads.ts';

/**
 * - `copying`: nothing is removed yet; a copy that was interrupted is worth nothing.
 * - `removing`: the copy is complete; what it holds is being removed.
 * - `imported`: of an import, it is done.
 * - `restoring`, `restored`: it is being, or was, undone.
 */
export type ResetState = 'copying' | 'removing' | 'removed' | 'imported' | 'restoring' | 'restored';

/** Mappings that were removed, or by an import written over, on purpose, with a copy of all of them. */
export interface Reset {
  id: string;
  /** Absent: a reset. */
  kind?: 'import';
  /** An entity, or `all`. */
  scope: string;
  /** Records by entity, without aliases. */
  counts: Record<string, number>;
  /** Who did it. */
  by: string;
  startedAt: string;
  state: ResetState;
  /** Pieces of the copy, and how many of them are removed, or restored. */
  pieces: number;
  done: number;
  /** Records that were mapped anew by an event at least as new, and stayed so when it was undone. */
  kept: number;
  /** Seconds since the epoch. */
  expiresAt: number;
}

const KEPT_SECONDS = 30 * 86_400;
const itemOf = (id: string) => `reset#${id}`;
const pieceOf = (connection: string, id: string, piece: number) => `reset/${connection}/${id}/${piece}`;

/** Begins a reset, or an import: from here on it is known, though nothing is done. */
export async function startReset(
  connection: string,
  begun: Pick<Reset, 'id' | 'kind' | 'scope' | 'counts' | 'by'>,
): Promise<Reset> {
  const now = new Date();
  const reset: Reset = {
    ...{ ...begun, startedAt: now.toISOString(), state: 'copying', pieces: 0, done: 0, kept: 0 },
    expiresAt: Math.floor(now.getTime() / 1_000) + KEPT_SECONDS,
  };
  await documents.send(
    new PutCommand({ TableName: tableName('connections'), Item: { connection, item: itemOf(reset.id), ...reset } }),
  );
  return reset;
}

type Progress = Pick<Reset, 'state' | 'pieces' | 'done' | 'kept'>;

/** Says how far a reset has come, all at once. @returns the reset as it is now */
export async function noteProgress(connection: string, reset: Reset, progress: Partial<Progress>): Promise<Reset> {
  const { state, pieces, done, kept } = { ...reset, ...progress };
  await documents.send(
    new UpdateCommand({
      TableName: tableName('connections'),
      Key: { connection, item: itemOf(reset.id) },
      UpdateExpression: 'SET #state = :state, pieces = :pieces, done = :done, kept = :kept',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':state': state, ':pieces': pieces, ':done': done, ':kept': kept },
    }),
  );
  return { ...reset, state, pieces, done, kept };
}

/** A reset that has removed something, or was about to; undefined: there is none, or it has expired. */
export async function readReset(connection: string, id: string): Promise<Reset | undefined> {
  const [item] = await readItems(tableName('connections'), [{ connection, item: itemOf(id) }]);
  return item === undefined || !isKept(item as unknown as Reset) ? undefined : (item as unknown as Reset);
}

/** Newest first. */
export async function listResets(connection: string): Promise<Reset[]> {
  const found = (await itemsOfConnection(connection, itemOf(''))) as unknown as Reset[];
  return found.filter(isKept).reverse();
}

/** DynamoDB deletes what has expired some time later. */
const isKept = ({ state, expiresAt }: Reset): boolean => state !== 'copying' && expiresAt * 1_000 > Date.now();

/** Keeps a piece of the copy: of a reset, items as they stand in the table. */
export async function putPiece(connection: string, id: string, piece: number, items: readonly Item[]): Promise<void> {
  const lines = items.map((item) => JSON.stringify(item)).join('\n');
  await putPayload(pieceOf(connection, id, piece), lines, KEPT_SECONDS);
}

/** @throws Error if the copy is not there: then nothing may be removed for it, nor restored */
export async function getPiece(connection: string, id: string, piece: number): Promise<Item[]> {
  const lines = await getPayload(pieceOf(connection, id, piece));
  if (lines === undefined) throw new Error(`Piece ${piece} of the copy of reset ${id} is not there.`);
  return lines.split('\n').map((line) => JSON.parse(line) as Item);
}

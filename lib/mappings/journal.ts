/**
 * Many mappings are written as one: what they were before is kept until the last is written. Whoever comes next
 * and finds that kept brings it back, for then the writer has died on the way.
 */
import { tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { type Item, readItems, type Write, writeItems } from '../store/documents.ts';
import { type Mapping, type RecordKey, readMappings, recordOfName, scopeOf } from '../store/mappings.ts';
import { deletePayload, getPayload, putPayload } from '../store/payloads.ts';
import { undisturbed } from './undisturbed.ts';

interface Journal {
  keys: readonly { scope: string; recordId: string }[];
  /** The items of these keys as they stood in the table; of some there was none. */
  former: readonly Item[];
}

const keyOf = (connection: string) => `journal/${connection}`;
const nameOf = ({ scope, recordId }: Item): string => `${scope}/${recordId}`;

/**
 * Writes mappings so that either all of it is done or none. Call it with the lane.
 * @param records that are written, aliases among them; their parts are seen to
 * @param write is given what of them stood in the table before
 */
export async function allOrNone<T>(
  connection: string,
  records: readonly RecordKey[],
  write: (former: readonly Mapping[]) => Promise<T>,
): Promise<T> {
  const whole = [...records, ...(await partsOf(connection, records))];
  const keys = whole.map(({ entity, recordId }) => ({ scope: scopeOf(connection, entity), recordId }));
  const unique = [...new Map(keys.map((key) => [nameOf(key), key])).values()];
  const former = await readItems(tableName('mappings'), unique);
  await putPayload(keyOf(connection), JSON.stringify({ keys: unique, former } satisfies Journal));
  try {
    const done = await write(former as unknown as readonly Mapping[]);
    await deletePayload(keyOf(connection));
    return done;
  } catch (error) {
    // If that fails, too, the journal is still there for whoever comes next; what went wrong first is told.
    await bringBack(connection).catch(() => undefined);
    throw error;
  }
}

/** What is part of records is forgotten where they become others; and its parts with it. */
async function partsOf(connection: string, records: readonly RecordKey[]): Promise<RecordKey[]> {
  const mappings = await readMappings(connection, records);
  const parts = [...mappings.values()].flatMap(({ parts = [] }) => parts.map(recordOfName));
  if (parts.length === 0) return [];
  const known = await readMappings(connection, parts);
  const aliases = [...known.values()].flatMap(({ entity, aliases = [] }) =>
    aliases.map((recordId) => ({ entity, recordId })),
  );
  return [...parts, ...aliases, ...(await partsOf(connection, parts))];
}

/**
 * Brings back what a writer that has died on the way had begun to change. Call it with the lane: who holds it
 * knows that nobody is on the way.
 */
export async function bringBack(connection: string): Promise<void> {
  const body = await getPayload(keyOf(connection));
  if (body === undefined) return;
  const { keys, former } = JSON.parse(body) as Journal;
  const before = new Map(former.map((item) => [nameOf(item), item]));
  const now = new Map((await readItems(tableName('mappings'), [...keys])).map((item) => [nameOf(item), item]));
  const isNewer = (key: Item) =>
    Number(now.get(nameOf(key))?.sequence ?? 0) > Number(before.get(nameOf(key))?.sequence ?? 0);
  // What an event has brought since stays: it is what Odoo holds.
  const writes = keys
    .filter((key) => !isNewer(key))
    .flatMap((key): Write[] => {
      const item = before.get(nameOf(key));
      const current = now.get(nameOf(key));
      // Whether a record fails is not the writer's to say: it may have begun, or ended, meanwhile.
      const isKnown = current !== undefined && current.aliasOf === undefined;
      if (item !== undefined) return [{ put: isKnown ? { ...item, failure: current.failure } : item }];
      if (isKnown && current.failure !== undefined) {
        return [{ put: { ...key, entity: current.entity, failure: current.failure, sequence: 0 } }];
      }
      return current === undefined ? [] : [{ delete: key }];
    });
  await writeItems(tableName('mappings'), writes);
  await deletePayload(keyOf(connection));
}

/** For who only reads: a writer that is at work is left alone, and what it has written so far is seen. */
export async function settled(connection: string): Promise<void> {
  if ((await getPayload(keyOf(connection))) === undefined) return;
  try {
    await undisturbed(connection, () => bringBack(connection), 0);
  } catch (error) {
    if (!(error instanceof ConnectorError && error.code === 'LANE_BUSY')) throw error;
  }
}

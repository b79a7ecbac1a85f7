/**
 * A copy of a connection outside of AWS: its settings and mappings, one JSON per line. With mappings as they stand
 * in the table, what was in step before is in step afterwards, and costs no call to Odoo. Secrets are not in it.
 */
import * as z from 'zod';
import { chunks } from '../collections.ts';
import { registry } from '../entities/index.ts';
import { tableName } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { connectionName, connectionSettings, readSettings } from '../store/connections.ts';
import { putNewItems } from '../store/documents.ts';
import { itemsOf } from '../store/mapping-pages.ts';
import { scopeOf } from '../store/mappings.ts';
import { type RestoredSettings, restoreSettings } from './restore-settings.ts';

const VERSION = 1;

const header = z.object({
  kind: z.literal('connection'),
  version: z.literal(VERSION),
  connection: connectionName,
  /** ISO 8601. */
  at: z.string(),
  settings: connectionSettings.nullable(),
});
const mapping = z.object({
  kind: z.literal('mapping'),
  item: z.looseObject({ scope: z.string(), recordId: z.string(), entity: z.string(), sequence: z.number() }),
});

/**
 * The lines of a backup, without their ends.
 * @throws ConnectorError CONNECTION_UNCONFIGURED where there is neither a setting nor a mapping of it
 */
export async function* backupLines(connection: string): AsyncGenerator<string> {
  const settings = (await readSettings(connection)) ?? null;
  let isThere = settings !== null;
  const at = new Date().toISOString();
  yield JSON.stringify({ kind: 'connection', version: VERSION, connection, at, settings } satisfies z.input<
    typeof header
  >);
  for (const { name } of registry) {
    for await (const items of itemsOf(connection, name, { only: 'all' })) {
      for (const item of items) yield JSON.stringify({ kind: 'mapping', item });
      isThere ||= items.length > 0;
    }
  }
  if (!isThere) throw new ConnectorError('CONNECTION_UNCONFIGURED', `There is no connection "${connection}".`);
}

export interface Restored {
  settings: RestoredSettings;
  /** Mappings that were missing. */
  mappings: number;
  /** Mappings that were there, and were left as they are. */
  kept: number;
}

const TOGETHER = 25;

/**
 * Brings back what is missing; what is there is newer, and stays. Can be repeated.
 * @param options.replaceSettings also settings that somebody has changed since
 * @throws ConnectorError VALUE_REFUSED where a line is not of a backup of this connection; what came before it is restored
 */
export async function restoreLines(
  connection: string,
  lines: AsyncIterable<string>,
  { replaceSettings = false }: { replaceSettings?: boolean } = {},
): Promise<Restored> {
  const restored: Restored = { settings: { state: 'none' }, mappings: 0, kept: 0 };
  let number = 0;
  let waiting: Record<string, unknown>[] = [];
  const write = async () => {
    for (const some of chunks(waiting, TOGETHER)) {
      const written = await putNewItems(tableName('mappings'), some, 'recordId');
      restored.mappings += written;
      restored.kept += some.length - written;
    }
    waiting = [];
  };
  for await (const line of lines) {
    number += 1;
    if (line.trim() === '') continue;
    if (number === 1) {
      const { settings } = ownHeader(connection, read(header, line, number));
      restored.settings = await restoreSettings(connection, settings, { replace: replaceSettings });
    } else waiting.push(ownItem(connection, read(mapping, line, number).item, number));
    if (waiting.length >= TOGETHER * 10) await write();
  }
  await write();
  return restored;
}

function ownHeader(connection: string, head: z.output<typeof header>) {
  if (head.connection === connection) return head;
  throw refused(1, `is of the connection "${head.connection}": records in Odoo carry its name`);
}

function ownItem(connection: string, item: z.output<typeof mapping>['item'], line: number) {
  if (item.scope !== scopeOf(connection, item.entity)) throw refused(line, 'is of another connection');
  return item;
}

function read<T>(schema: z.ZodType<T>, line: string, number: number): T {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    throw refused(number, 'is no JSON: the file is cut off, or no backup');
  }
  const parsed = schema.safeParse(value);
  if (!parsed.success) throw refused(number, 'is not of a backup of this version');
  return parsed.data;
}

const refused = (line: number, reason: string) =>
  new ConnectorError('VALUE_REFUSED', `The backup cannot be read: line ${line} ${reason}.`, {
    fields: [{ path: String(line), reason }],
  });

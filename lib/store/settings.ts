/**
 * The settings of a connection with their history. The item `settings` is the truth; before it is
 * overwritten it is kept as `settings#<version>`, so that a crash in between loses no version.
 */
import { isDeepStrictEqual } from 'node:util';
import { PutCommand, QueryCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { type ConnectionSettings, connectionName, connectionSettings } from './connections.ts';
import { allItems, documents, type Item, ifConditionHolds, readItems, writeItems } from './documents.ts';

export interface SettingsVersion {
  /** Counts from 1. */
  version: number;
  settings: ConnectionSettings;
  /** Who saved it: the subject of a token, or the command line. */
  by: string;
  /** ISO 8601; when it was saved. */
  at: string;
  /** The version that was brought back, if it was. */
  restored?: number;
}

const CURRENT = 'settings';
const DIGITS = 8;
const itemOf = (version: number) => `${CURRENT}#${String(version).padStart(DIGITS, '0')}`;

/** No name of a connection starts with a dash. */
const ALL_CONNECTIONS = '-connections';

function versionOf(item: Item): SettingsVersion {
  const { version = 0, by = '', at = new Date(0).toISOString(), restored } = item as Partial<SettingsVersion>;
  const settings = connectionSettings.parse(item.settings);
  return { version, settings, by, at, ...(restored === undefined ? {} : { restored }) };
}

/** The settings as they are now. */
export async function readSettingsVersion(connection: string): Promise<SettingsVersion | undefined> {
  const [item] = await readItems(tableName('connections'), [{ connection, item: CURRENT }]);
  return item === undefined ? undefined : versionOf(item);
}

export interface Saving {
  /** The version that was looked at when the change was made; 0: there were no settings. */
  expected: number;
  by: string;
  restored?: number;
}

/**
 * Saves settings as the next version.
 * @returns undefined if somebody else has saved since `expected`: then nothing was changed
 */
export async function saveSettings(
  connection: string,
  settings: ConnectionSettings,
  { expected, by, restored }: Saving,
): Promise<SettingsVersion | undefined> {
  const table = tableName('connections');
  const name = connectionName.parse(connection);
  const [current] = await readItems(table, [{ connection: name, item: CURRENT }]);
  if ((current === undefined ? 0 : versionOf(current).version) !== expected) return undefined;
  const saved: SettingsVersion = {
    ...{ version: expected + 1, settings, by, at: new Date().toISOString() },
    ...(restored === undefined ? {} : { restored }),
  };
  await writeItems(table, [
    { put: { connection: ALL_CONNECTIONS, item: name } },
    ...(current === undefined ? [] : [{ put: { ...current, item: itemOf(expected) } }]),
  ]);
  const put = new PutCommand({
    TableName: table,
    Item: { connection: name, item: CURRENT, ...saved },
    ConditionExpression: expected === 0 ? 'attribute_not_exists(#version)' : '#version = :expected',
    ExpressionAttributeNames: { '#version': 'version' },
    ...(expected === 0 ? {} : { ExpressionAttributeValues: { ':expected': expected } }),
  });
  return (await ifConditionHolds(documents.send(put))) === undefined ? undefined : saved;
}

const ROUNDS = 5;

/** Saves settings whatever was there before: for the command line, which says all that it changes. */
export async function writeSettings(
  connection: string,
  settings: ConnectionSettings,
  by = 'command line',
): Promise<SettingsVersion> {
  for (let round = 0; round < ROUNDS; round += 1) {
    const current = await readSettingsVersion(connection);
    const expected = current?.version ?? 0;
    // Pairing again, as every start of the local stack does, is no change.
    if (current !== undefined && expected > 0 && isDeepStrictEqual(current.settings, settings)) return current;
    const saved = await saveSettings(connection, settings, { expected, by });
    if (saved !== undefined) return saved;
  }
  throw new Error(`The settings of "${connection}" were changed by somebody else again and again.`);
}

/** A version, be it the current one or one before. */
export async function findSettingsVersion(connection: string, version: number): Promise<SettingsVersion | undefined> {
  const current = await readSettingsVersion(connection);
  if (current?.version === version) return current;
  if (current === undefined || version > current.version) return undefined;
  const [item] = await readItems(tableName('connections'), [{ connection, item: itemOf(version) }]);
  return item === undefined ? undefined : versionOf(item);
}

/** The versions below one, newest first; without `below` from the current one on. */
export async function listSettingsVersions(
  connection: string,
  limit: number,
  below?: number,
): Promise<SettingsVersion[]> {
  const current = await readSettingsVersion(connection);
  if (current === undefined) return [];
  const end = Math.min(below ?? Number.POSITIVE_INFINITY, current.version);
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('connections'),
      KeyConditionExpression: '#connection = :connection AND #item BETWEEN :first AND :last',
      ExpressionAttributeNames: { '#connection': 'connection', '#item': 'item' },
      // The version that the next one is saved over may have been kept already by somebody who then lost the race.
      ExpressionAttributeValues: {
        ':connection': connection,
        ':first': itemOf(0),
        ':last': itemOf(Math.max(0, end - 1)),
      },
      ConsistentRead: true,
      ScanIndexForward: false,
      Limit: limit,
    }),
  );
  const former = (page.Items ?? []).map(versionOf);
  return (below === undefined || below > current.version ? [current, ...former] : former).slice(0, limit);
}

/** Names of all connections that ever had settings. */
export async function connectionNames(): Promise<string[]> {
  const found = await allItems({
    TableName: tableName('connections'),
    KeyConditionExpression: '#connection = :all',
    ExpressionAttributeNames: { '#connection': 'connection' },
    ExpressionAttributeValues: { ':all': ALL_CONNECTIONS },
  });
  return found.map(({ item }) => String(item));
}

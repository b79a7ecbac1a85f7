/** Bringing back the settings of a backup, mostly beside those that pairing the connection anew has just made. */
import { isDeepStrictEqual } from 'node:util';
import { ConnectorError } from '../errors/index.ts';
import { type ConnectionSettings, connectionSettings } from '../store/connections.ts';
import { COMMAND_LINE } from '../store/pairing.ts';
import { listSettingsVersions, readSettingsVersion, type SettingsVersion, saveSettings } from '../store/settings.ts';

export type RestoredSettings =
  /** `told`: settings that stay as pairing was told them. */
  | { state: 'restored'; told: readonly string[] }
  /** They are as in the backup already. */
  | { state: 'same' }
  /** Somebody has decided otherwise since the connection was paired. */
  | { state: 'kept'; by: string; at: string }
  /** The backup has none. */
  | { state: 'none' };

/** More versions than anybody pairs a connection in a row. */
const VERSIONS = 100;

type Name = keyof ConnectionSettings;
/** What `npm run pair` can set. */
const paired: readonly Name[] = ['odooUrl', 'odooDatabase', 'exportUrl', 'minIntervalMs'];

/**
 * Settings that only pairing has made are nobody's decision: those of the backup take their place, but for what
 * pairing was told, as the login was given for that address. Settings that somebody has changed stay.
 *
 * @param replace whatever somebody has changed; the history keeps it
 * @throws ConnectorError VALUE_REFUSED if the connection is of another Odoo database by now
 */
export async function restoreSettings(
  connection: string,
  former: ConnectionSettings | null,
  { replace }: { replace: boolean },
): Promise<RestoredSettings> {
  if (former === null) return { state: 'none' };
  const current = await readSettingsVersion(connection);
  if (current !== undefined) refuseOtherDatabase(former, current.settings);
  const told = current === undefined ? {} : toldOf(current.settings);
  const settings = connectionSettings.parse({ ...former, ...told });
  if (current !== undefined && isDeepStrictEqual(current.settings, settings)) return { state: 'same' };
  if (current !== undefined && !replace && !(await isOnlyPaired(connection, current))) return keptAs(current);
  const saved = await saveSettings(connection, settings, { expected: current?.version ?? 0, by: 'backup' });
  if (saved === undefined) return keptAs((await readSettingsVersion(connection)) as SettingsVersion);
  const names = (Object.keys(told) as Name[]).filter((name) => !isDeepStrictEqual(told[name], former[name]));
  return { state: 'restored', told: names };
}

const keptAs = ({ by, at }: SettingsVersion): RestoredSettings => ({ state: 'kept', by, at });

function toldOf(settings: ConnectionSettings): Partial<ConnectionSettings> {
  const set = paired.filter((name) => settings[name] !== undefined);
  return Object.fromEntries(set.map((name) => [name, settings[name]]));
}

async function isOnlyPaired(connection: string, { settings }: SettingsVersion): Promise<boolean> {
  if (!isDeepStrictEqual(settings, connectionSettings.parse(toldOf(settings)))) return false;
  // Somebody may have decided for a default.
  const versions = await listSettingsVersions(connection, VERSIONS);
  return versions.every(({ by }) => by === COMMAND_LINE);
}

/** What is mapped to the records of one database means others in another. */
function refuseOtherDatabase({ odooDatabase }: ConnectionSettings, current: ConnectionSettings): void {
  if (odooDatabase === current.odooDatabase) return;
  throw new ConnectorError(
    'VALUE_REFUSED',
    `The backup is of the Odoo database "${odooDatabase}", and the connection is paired with "${current.odooDatabase}", ` +
      'where the same ids are other records. If it was only renamed, pair with the former name, restore, and pair ' +
      'with the new one. Nothing was restored.',
  );
}

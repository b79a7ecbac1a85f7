/** Changing settings: checked whole before anything is saved, as a new version with what it changed. */
import { ConnectorError, type FieldProblem } from '../errors/index.ts';
import { fieldProblems } from '../errors/zod.ts';
import type { Observer } from '../queue/observe.ts';
import { type ConnectionSettings, connectionSettings } from '../store/connections.ts';
import { findSettingsVersion, readSettingsVersion, type SettingsVersion, saveSettings } from '../store/settings.ts';
import { type SettingChange, settingChanges } from './changes.ts';
import { settingsProblems } from './check.ts';
import { patched, type SettingsPatch } from './patch.ts';
import { referenceProblems } from './references.ts';

export interface Changed {
  saved: SettingsVersion;
  changes: readonly SettingChange[];
}

interface By {
  connection: string;
  by: string;
  observer: Observer;
}

/**
 * Changes what a patch names.
 * @param version that was looked at; 0: there were no settings
 * @throws ConnectorError CONFLICT with the current version, VALUE_REFUSED naming fields as `settings.…`
 */
export async function changeSettings(
  { connection, by, observer }: By,
  version: number,
  patch: SettingsPatch,
): Promise<Changed> {
  const current = await readSettingsVersion(connection);
  if ((current?.version ?? 0) !== version) throw conflict(current);
  // A connection that was never set up has nothing yet that the patch could complete.
  const next = patched(current?.settings ?? ({} as ConnectionSettings), patch);
  if (!next.success) throw refused(fieldProblems(next.error, ['settings']));
  return save({ connection, by, observer }, current, next.data);
}

/**
 * Brings a former version back.
 * @param expected the version that was looked at, if any was
 * @throws ConnectorError NOT_FOUND, CONFLICT, VALUE_REFUSED
 */
export async function restoreSettings(
  { connection, by, observer }: By,
  version: number,
  expected?: number,
): Promise<Changed> {
  const current = await readSettingsVersion(connection);
  if (expected !== undefined && (current?.version ?? 0) !== expected) throw conflict(current);
  const former = await findSettingsVersion(connection, version);
  if (former === undefined) throw new ConnectorError('NOT_FOUND', `The settings have no version ${version}.`);
  return save({ connection, by, observer }, current, former.settings, version);
}

async function save(
  { connection, by, observer }: By,
  current: SettingsVersion | undefined,
  settings: ConnectionSettings,
  restored?: number,
): Promise<Changed> {
  const problems = settingsProblems(settings);
  if (problems.length === 0) {
    problems.push(...(await referenceProblems(connection, current?.settings, settings, observer)));
  }
  if (problems.length > 0) throw refused(problems.map(({ path, reason }) => ({ path: `settings.${path}`, reason })));
  const changes = settingChanges(current?.settings, settings);
  if (current !== undefined && current.version > 0 && changes.length === 0) return { saved: current, changes };
  const saved = await saveSettings(connection, connectionSettings.parse(settings), {
    ...{ expected: current?.version ?? 0, by },
    ...(restored === undefined ? {} : { restored }),
  });
  if (saved === undefined) throw conflict(await readSettingsVersion(connection));
  return { saved, changes };
}

const refused = (fields: readonly FieldProblem[]) =>
  new ConnectorError('VALUE_REFUSED', 'A setting makes no sense; nothing was changed.', { fields });

const conflict = (current: SettingsVersion | undefined) =>
  new ConnectorError('CONFLICT', 'The settings were changed meanwhile; nothing was changed.', {
    current: { version: current?.version ?? 0, by: current?.by ?? null, at: current?.at ?? null },
  });

import { listSettingsVersions, type SettingsVersion } from '../store/settings.ts';
import { type SettingChange, settingChanges } from './changes.ts';

export interface HistoryEntry extends Omit<SettingsVersion, 'settings' | 'restored'> {
  restored: number | null;
  changes: readonly SettingChange[];
}

/** A page of the settings' history, newest first, each version with what it changed. */
export async function settingsHistory(
  connection: string,
  limit: number,
  below?: number,
): Promise<{ versions: HistoryEntry[]; next: number | null }> {
  // One more than is shown: what the last one changed is told by the one before it.
  const found = await listSettingsVersions(connection, limit + 1, below);
  const versions = found.slice(0, limit).map(({ settings, version, by, at, restored }, index): HistoryEntry => {
    const changes = settingChanges(found[index + 1]?.settings, settings);
    return { version, by, at, restored: restored ?? null, changes };
  });
  return { versions, next: found.length > limit ? (versions.at(-1)?.version ?? null) : null };
}

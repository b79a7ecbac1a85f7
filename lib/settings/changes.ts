/** What differs between two versions of the settings, for people. */
import { isDeepStrictEqual } from 'node:util';
import type { ConnectionSettings } from '../store/connections.ts';

export interface SettingChange {
  /** Dotted, e.g. `deletePolicies.product`. */
  path: string;
  /** null: there was none. */
  from: unknown;
  /** null: there is none any more. */
  to: unknown;
}

/** Setting by setting, and within those that name entities entry by entry. */
export function settingChanges(from: ConnectionSettings | undefined, to: ConnectionSettings): SettingChange[] {
  return changes(from ?? {}, to, '');
}

function changes(from: unknown, to: unknown, path: string): SettingChange[] {
  if (isDeepStrictEqual(from, to)) return [];
  const isMap = isPlain(to) && (from === undefined || isPlain(from));
  if (!isMap) return [{ path, from: from ?? null, to: to ?? null }];
  const before: Readonly<Record<string, unknown>> = isPlain(from) ? from : {};
  return [...new Set([...Object.keys(before), ...Object.keys(to)])].flatMap((key) =>
    changes(before[key], to[key], path === '' ? key : `${path}.${key}`),
  );
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const MOST_SHOWN = 12;
const VALUE_LENGTH = 80;

const shown = (value: unknown): string => {
  const text = value === null ? 'nothing' : typeof value === 'string' ? value : JSON.stringify(value);
  return text.length > VALUE_LENGTH ? `${text.slice(0, VALUE_LENGTH)}…` : text;
};

/** As a sentence for the log. */
export function changeSentence(all: readonly SettingChange[]): string {
  const parts = all.slice(0, MOST_SHOWN).map(({ path, from, to }) => `${path} from ${shown(from)} to ${shown(to)}`);
  const more = all.length > MOST_SHOWN ? ` and ${all.length - MOST_SHOWN} more` : '';
  return `Settings changed: ${parts.join('; ')}${more}.`;
}

/** Changes of the settings that are not saved yet: kept while one looks elsewhere, and over a reload of the page. */
import { useCallback, useSyncExternalStore } from 'react';
import type { Answer, Body } from '../../api/client.ts';

export type Settings = NonNullable<Answer<'getSettings'>['settings']>;
export type Patch = Body<'changeSettings'>['settings'];
type Name = keyof Patch;

const KEY = 'opencart-odoo.settings';

interface Draft {
  /** Whose settings they are. */
  connection: string;
  patch: Patch;
}

let draft: Draft | undefined = kept();
const listeners = new Set<() => void>();

function kept(): Draft | undefined {
  try {
    const text = sessionStorage.getItem(KEY);
    return text === null ? undefined : (JSON.parse(text) as Draft);
  } catch {
    return undefined;
  }
}

function change(next: Draft | undefined): void {
  draft = next;
  try {
    if (next === undefined) sessionStorage.removeItem(KEY);
    else sessionStorage.setItem(KEY, JSON.stringify(next));
  } catch {
    // Storage can be forbidden: then the draft lives as long as the page.
  }
  for (const listener of [...listeners]) listener();
}

const subscribe = (listener: () => void) => {
  listeners.add(listener);
  return () => listeners.delete(listener);
};

const nothing: Patch = {};

/** The changes to a connection's settings; `set` names one, undefined takes it back. */
export function useDraft(connection: string) {
  const current = useSyncExternalStore(subscribe, () => draft);
  const patch = current?.connection === connection ? current.patch : nothing;
  const set = useCallback(
    <Setting extends Name>(name: Setting, value: Patch[Setting]) => {
      const { [name]: _, ...rest } = draft?.connection === connection ? draft.patch : nothing;
      const next = value === undefined ? rest : { ...rest, [name]: value };
      change(Object.keys(next).length === 0 ? undefined : { connection, patch: next });
    },
    [connection],
  );
  const clear = useCallback(() => change(undefined), []);
  return { patch, set, clear, count: Object.keys(patch).length };
}

/** The settings as they would be: null is a default, which is not known here and shown as nothing. */
export function withDraft(settings: Settings, patch: Patch): Settings {
  const next: Record<string, unknown> = { ...settings };
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) delete next[name];
    else if (isPlain(value) && isPlain(next[name])) {
      const entries = { ...next[name], ...value };
      next[name] = Object.fromEntries(Object.entries(entries).filter(([, entry]) => entry !== null));
    } else next[name] = value;
  }
  return next as Settings;
}

const isPlain = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

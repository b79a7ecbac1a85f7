import { useMemo } from 'react';
import { useAsk, useDo } from '../../api/hooks.ts';
import { asProblem } from '../../api/problem.ts';
import { useSession } from '../../session/session.tsx';
import { type Patch, useDraft, withDraft } from './draft.ts';
import { noSettings, reasonsOf, type SettingsForm } from './form.tsx';

/** The settings to be changed: fetched, with a draft over them, saved as a whole. */
export function useSettings() {
  const { connection, isManager } = useSession();
  const asked = useAsk('getSettings', {});
  const { patch, set, clear, count } = useDraft(connection);
  const change = useDo('changeSettings', ['getSettings', 'listSettingsHistory', 'readHealth', 'listFailureCauses']);
  const reasons = useMemo(() => reasonsOf(change.isError ? asProblem(change.error) : undefined), [change]);
  const answer = asked.data;
  const saved = answer?.settings ?? noSettings;
  const form: SettingsForm | undefined =
    answer === undefined
      ? undefined
      : {
          values: withDraft(saved, patch),
          saved,
          answer,
          canChange: isManager,
          set: (name, value) => set(name, same(value, saved[name]) ? undefined : value),
          setEntry(name, entry, value) {
            const entries = { ...(patch[name] as object | undefined), [entry]: value } as Record<string, unknown>;
            const before = saved[name] as Record<string, unknown>;
            if (same(value, before[entry])) delete entries[entry];
            set(name, (Object.keys(entries).length === 0 ? undefined : entries) as Patch[typeof name]);
          },
          errorAt: (path) => reasons.get(path),
        };
  const save = async () => {
    if (answer === undefined) return;
    await change.mutateAsync({ body: { version: answer.version, settings: patch } });
    clear();
  };
  const discard = () => {
    clear();
    change.reset();
  };
  return { asked, form, count, save, discard, isSaving: change.isPending, error: change.error };
}

const same = (value: unknown, saved: unknown): boolean =>
  JSON.stringify(value ?? null) === JSON.stringify(saved ?? null);

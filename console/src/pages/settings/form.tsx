/** What every field of the settings needs: the values with the unsaved changes, how to change one, what is wrong. */
import { createContext, useContext } from 'react';
import type { Answer } from '../../api/client.ts';
import type { ProblemDetails } from '../../api/problem.ts';
import type { Patch, Settings } from './draft.ts';

export interface SettingsForm {
  values: Settings;
  saved: Settings;
  answer: Answer<'getSettings'>;
  canChange: boolean;
  /** Takes a value; the saved one is no change. */
  set<Name extends keyof Settings & keyof Patch>(name: Name, value: Patch[Name] | undefined): void;
  /** Of settings that have an entry per entity: changes one; null takes it back to its default. */
  setEntry<
    Name extends 'realtime' | 'deletePolicies' | 'matchPolicies' | 'fieldsOfOdoo' | 'schedules' | 'statusMapping',
  >(name: Name, entry: string, value: NonNullable<Patch[Name]>[string]): void;
  /** Why a value was refused, e.g. at `deletePolicies.product`. */
  errorAt(path: string): string | undefined;
}

const FormContext = createContext<SettingsForm | undefined>(undefined);
export const FormProvider = FormContext.Provider;

export function useSettingsForm(): SettingsForm {
  const form = useContext(FormContext);
  if (form === undefined) throw new Error('useSettingsForm is used outside of the settings.');
  return form;
}

/** The reasons of a refusal, by the path of the setting. */
export function reasonsOf(problem: ProblemDetails | undefined): ReadonlyMap<string, string> {
  const errors = problem?.errors ?? [];
  return new Map(errors.map(({ path, reason }) => [path.replace(/^(body\.)?settings\./, ''), reason]));
}

/** Of a connection that was never set up. */
export const noSettings: Settings = {
  odooUrl: '',
  odooDatabase: '',
  transport: 'auto',
  callsAtOnce: 1,
  chatter: true,
  statusMapping: {},
  deletePolicies: {},
  matchPolicies: {},
  fieldsOfOdoo: {},
  productMode: 'variant',
  variantLimit: 100,
  stockPolicy: 'never',
  currencyRates: false,
  bulkLimit: 100,
  flushMinutes: 1,
  logRetentionDays: 90,
  realtime: {},
  schedules: {},
};

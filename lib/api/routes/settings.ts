import * as z from 'zod';
import { settingsPatch } from '../../settings/patch.ts';
import { connectionSettings, deletePolicy, matchPolicy, orderState } from '../../store/connections.ts';
import { defineRoute } from '../route.ts';

const version = z.int().min(0).meta({ description: 'Counts the changes; 0: there are no settings yet.' });

/** Shown in place of the login, which is never read back. */
export const loginView = z.object({
  isSet: z.boolean().meta({ description: 'A user and a password or API key are kept.' }),
  user: z.string().nullable(),
  setAt: z.iso.datetime().nullable(),
  by: z.string().nullable(),
});

const choices = z.object({
  entities: z.array(
    z.object({
      name: z.string(),
      label: z.string(),
      deletePolicies: z.array(deletePolicy),
      deletePolicy: deletePolicy.meta({ description: 'What happens unless a policy is set.' }),
      matchPolicies: z.array(matchPolicy),
      fieldsOfOdoo: z.array(z.string()).meta({ description: 'Odoo fields that can be left to Odoo.' }),
      realtime: z.boolean().meta({ description: 'Real time can be switched off for it.' }),
    }),
  ),
  orderStates: z.array(orderState),
  productModes: z.array(z.string()),
  stockPolicies: z.array(z.string()),
  schedules: z.array(z.string()).meta({ description: 'What a schedule can be of.' }),
});

const current = {
  settings: connectionSettings.nullable().meta({ description: 'With all defaults filled in; null: never set.' }),
  version,
  by: z.string().nullable().meta({ description: 'Who saved it.' }),
  at: z.iso.datetime().nullable(),
};

const change = z.object({
  path: z.string().meta({ description: 'Dotted, e.g. `deletePolicies.product`.' }),
  from: z.unknown(),
  to: z.unknown(),
});

export const getSettings = defineRoute({
  id: 'getSettings',
  resource: 'settings',
  method: 'GET',
  path: '/v1/settings',
  role: 'viewer',
  summary: 'The settings, and what each can be',
  answers: {
    200: z.object({
      ...current,
      minIntervalMs: z.int().nullable().meta({ description: 'The pace that results: least time between two calls.' }),
      login: loginView,
      schedules: z.array(
        z.object({
          name: z.string(),
          lastStartedAt: z.iso.datetime().nullable(),
          nextAt: z.iso.datetime().nullable().meta({ description: 'Null: it is switched off.' }),
        }),
      ),
      choices,
    }),
  },
});

export const changeSettings = defineRoute({
  id: 'changeSettings',
  resource: 'settings',
  method: 'PATCH',
  path: '/v1/settings',
  role: 'manager',
  summary: 'Changes what is named',
  description:
    'By the rules of a JSON merge patch (RFC 7396): what is not named stays, null takes a setting back to its default. ' +
    'What failures waited for a setting is tried again.',
  body: z.strictObject({
    version: version.meta({ description: 'The version that was looked at.' }),
    settings: settingsPatch,
  }),
  answers: { 200: z.object({ ...current, changes: z.array(change) }) },
  refusals: ['VALUE_REFUSED', 'CONFLICT'],
});

export const listSettingsHistory = defineRoute({
  id: 'listSettingsHistory',
  resource: 'settings',
  method: 'GET',
  path: '/v1/settings/history',
  role: 'viewer',
  summary: 'Who changed what, newest first',
  query: z.strictObject({
    limit: z.coerce.number().int().min(1).max(100).default(25),
    below: z.coerce.number().int().min(1).optional().meta({ description: '`next` of the page before.' }),
  }),
  answers: {
    200: z.object({
      versions: z.array(
        z.object({
          version,
          by: z.string(),
          at: z.iso.datetime(),
          restored: z.int().nullable().meta({ description: 'The version that was brought back.' }),
          changes: z.array(change),
        }),
      ),
      next: z.int().nullable(),
    }),
  },
});

export const restoreSettings = defineRoute({
  id: 'restoreSettings',
  resource: 'settings',
  method: 'POST',
  path: '/v1/settings/restore',
  role: 'manager',
  summary: 'Brings a former version back, as a new one',
  body: z.strictObject({
    version: z.int().min(0).meta({ description: 'The one to bring back.' }),
    current: version
      .optional()
      .meta({ description: 'The version that was looked at; refused if there is a newer one.' }),
  }),
  answers: { 200: z.object({ ...current, changes: z.array(change) }) },
  refusals: ['NOT_FOUND', 'VALUE_REFUSED', 'CONFLICT'],
});

export const settingsRoutes = [getSettings, changeSettings, listSettingsHistory, restoreSettings];

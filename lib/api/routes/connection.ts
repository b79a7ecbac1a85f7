import * as z from 'zod';
import { stepStatuses } from '../../connection/step.ts';
import { catalog, type ErrorCode } from '../../errors/catalog.ts';
import { connectionSettings } from '../../store/connections.ts';
import { odooSecret } from '../../store/secrets.ts';
import { defineRoute } from '../route.ts';
import { loginView } from './settings.ts';

const { odooUrl, odooDatabase } = connectionSettings.shape;
const user = odooSecret.shape.user.max(255);
const password = odooSecret.shape.password.max(1_000);

export const setOdooLogin = defineRoute({
  id: 'setOdooLogin',
  resource: 'connection',
  method: 'PUT',
  path: '/v1/connection/odoo-login',
  role: 'manager',
  summary: 'Sets the user and the password or API key of Odoo, which are never read back',
  description:
    'Kept in AWS Secrets Manager for the address (scheme, host and port) of the Odoo URL as it is now: where that changes, ' +
    'the login is to be set again. What failures waited for it is tried again.',
  body: z.strictObject({ user, password: password.meta({ description: 'Password or API key.' }) }),
  answers: { 200: loginView },
  refusals: ['CONNECTION_UNCONFIGURED'],
});

const step = z.object({
  name: z.string().meta({ description: 'dns, connection, http, version, database, login, apps, …, or rights.' }),
  status: z.enum(stepStatuses),
  detail: z.string(),
  remedy: z.string().nullable().meta({ description: 'Who can mend it, and how.' }),
  code: z.enum(Object.keys(catalog) as [ErrorCode, ...ErrorCode[]]).nullable(),
  model: z.string().nullable().meta({ description: 'The Odoo model whose rights were looked at.' }),
});

export const testOdoo = defineRoute({
  id: 'testConnection',
  resource: 'connection',
  method: 'POST',
  path: '/v1/connection/test',
  role: 'manager',
  summary: 'Tests the connection to Odoo step by step, and says how to mend what is wrong',
  description:
    'With what is given in place of what is saved; nothing is saved. A key that is kept is used only for the address that ' +
    'is saved, and for the user it belongs to. Takes up to 25 seconds.',
  body: z.strictObject({
    odooUrl: odooUrl.optional(),
    odooDatabase: odooDatabase.optional(),
    user: user.optional(),
    password: password.optional(),
  }),
  answers: { 200: z.object({ ok: z.boolean(), milliseconds: z.int(), steps: z.array(step) }) },
  refusals: ['VALUE_REFUSED', 'CONNECTION_UNCONFIGURED'],
});

export const showPairing = defineRoute({
  id: 'showPairing',
  resource: 'connection',
  method: 'POST',
  path: '/v1/connection/pairing',
  role: 'manager',
  summary: 'The code that pairs the store: what its extension has to know, to be pasted there',
  description:
    'It holds the secret that the store signs with; showing it is noted in the log. With `rotate` the store gets a ' +
    'new secret, and the one before stays valid until the next rotation: paste the code before rotating again.',
  body: z.strictObject({
    console: z
      .url({ protocol: /^https?$/ })
      .max(500)
      .optional()
      .meta({ description: 'Where the console is, if not where the API is.' }),
    rotate: z.boolean().default(false),
  }),
  answers: {
    200: z.object({
      code: z.string(),
      connection: z.string(),
      endpoint: z.string(),
      exportUrl: z.string().nullable().meta({ description: 'Of the settings: where runs read the store.' }),
    }),
  },
  refusals: ['CONNECTION_UNCONFIGURED'],
});

export const connectionRoutes = [setOdooLogin, testOdoo, showPairing];

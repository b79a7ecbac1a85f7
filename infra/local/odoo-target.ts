import * as z from 'zod';
import type { Pairing } from '../../lib/store/pairing.ts';

/** The Odoo that a connection talks to. */
export const odooTarget = z.object({ url: z.string(), database: z.string(), login: z.string(), password: z.string() });
export type OdooTarget = z.output<typeof odooTarget>;

/** The Odoo named by `ODOO_URL`, `ODOO_DB`, `ODOO_USER` and `ODOO_PASSWORD`; undefined: use the sandbox. */
export function odooFromEnvironment(env: NodeJS.ProcessEnv = process.env): OdooTarget | undefined {
  const { ODOO_URL: url, ODOO_DB: database, ODOO_USER: login, ODOO_PASSWORD: password } = env;
  if (!url) return undefined;
  if (database && login && password) return { url, database, login, password };
  const missing = Object.entries({ ODOO_DB: database, ODOO_USER: login, ODOO_PASSWORD: password })
    .filter(([, value]) => !value)
    .map(([name]) => name);
  throw new Error(`ODOO_URL is set, but not ${missing.join(', ')}.`);
}

/** Pairs a connection with this Odoo. */
export const pairingWith = ({ url, database, login, password }: OdooTarget): Pairing => ({
  settings: { odooUrl: url, odooDatabase: database },
  odooLogin: { user: login, password },
});

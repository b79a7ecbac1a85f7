import { randomUUID } from 'node:crypto';
import { type Sandbox, type SandboxOptions, startSandbox } from '../../infra/local/sandbox/index.ts';
import type { OdooCredentials } from '../../lib/odoo/client.ts';
import { makeApiKey } from './odoo-web.ts';
import { OdooWire } from './odoo-wire.ts';

/** The Odoo a contract suite talks to: the one named by `ODOO_URL`, else a sandbox of its own. */
export interface Target {
  odoo: OdooWire;
  credentials: OdooCredentials;
  /** A real Odoo rather than the sandbox. */
  real: boolean;
  /** An API key of the same user, made for this where the Odoo is a real one. */
  apiKey(): Promise<string>;
  /** An external id that no other run uses. */
  xid(name: string): string;
  /** A text that no other run uses. */
  unique(name: string): string;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  const { sandbox, credentials } = await openOdoo();
  const odoo = await OdooWire.connect({ ...credentials, login: credentials.user });
  const run = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  return {
    odoo,
    credentials,
    real: sandbox === undefined,
    apiKey: async () => sandbox?.apiKey ?? makeApiKey(credentials),
    xid: (name) => `contract_${run}.${name}`,
    unique: (name) => `${name} ${run}`,
    close: async () => sandbox?.stop(),
  };
}

/** The Odoo named by `ODOO_URL`, else a sandbox of its own, with these options. */
export async function openOdoo(
  options: SandboxOptions = {},
): Promise<{ sandbox: Sandbox | undefined; credentials: OdooCredentials }> {
  const { ODOO_URL, ODOO_DB = '', ODOO_USER = '', ODOO_PASSWORD = '' } = process.env;
  if (ODOO_URL) {
    const credentials = { url: ODOO_URL, database: ODOO_DB, user: ODOO_USER, password: ODOO_PASSWORD };
    return { sandbox: undefined, credentials };
  }
  // A word of its own, so that it is found wherever it is told.
  const sandbox = await startSandbox({ password: `open-${randomUUID()}`, ...options });
  const { url, database, login: user, password } = sandbox;
  return { sandbox, credentials: { url, database, user, password } };
}

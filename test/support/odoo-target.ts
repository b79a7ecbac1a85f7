import { type Sandbox, startSandbox } from '../../infra/local/sandbox/index.ts';
import { OdooWire } from './odoo-wire.ts';

/** The Odoo a contract suite talks to: the one named by `ODOO_URL`, else a sandbox of its own. */
export interface Target {
  odoo: OdooWire;
  /** A real Odoo rather than the sandbox. */
  real: boolean;
  /** An external id that no other run uses. */
  xid(name: string): string;
  /** A text that no other run uses. */
  unique(name: string): string;
  close(): Promise<void>;
}

export async function openTarget(): Promise<Target> {
  const { ODOO_URL, ODOO_DB = '', ODOO_USER = '', ODOO_PASSWORD = '' } = process.env;
  const sandbox: Sandbox | undefined = ODOO_URL ? undefined : await startSandbox();
  const login = sandbox ?? { url: ODOO_URL ?? '', database: ODOO_DB, login: ODOO_USER, password: ODOO_PASSWORD };
  const run = `${Date.now().toString(36)}${Math.random().toString(36).slice(2, 6)}`;
  return {
    odoo: await OdooWire.connect(login),
    real: sandbox === undefined,
    xid: (name) => `contract_${run}.${name}`,
    unique: (name) => `${name} ${run}`,
    close: async () => sandbox?.stop(),
  };
}

/** The connection of `npm start`: which Odoo it is, and its pairing with the demo store. */
import { readSettings } from '../../lib/store/connections.ts';
import { pair } from '../../lib/store/pairing.ts';
import { sandboxFolder } from './data-folder.ts';
import { type OdooTarget, pairingWith } from './odoo-target.ts';
import { startSandbox } from './sandbox/index.ts';
import { sandboxVersion } from './sandbox-version.ts';

export const CONNECTION = 'main';

export interface ConnectedOdoo {
  target: OdooTarget;
  /** Not the sandbox. */
  real: boolean;
  stop: () => Promise<void>;
}

/** The Odoo that was named, or a sandbox. */
export async function openOdoo(named: OdooTarget | undefined, folder: string, port: number): Promise<ConnectedOdoo> {
  if (named !== undefined) return { target: named, real: true, stop: async () => {} };
  const sandbox = await startSandbox({ dataDir: sandboxFolder(folder), port, version: sandboxVersion(process.env) });
  return { target: sandbox, real: false, stop: () => sandbox.stop() };
}

/** Pairs the demo store with the Odoo unless it is already. @returns what the store signs with */
export async function connect(odoo: OdooTarget, exportUrl: string): Promise<string> {
  const settings = await readSettings(CONNECTION);
  // What is mapped to the records of one database means others in another.
  if (settings !== undefined && settings.odooDatabase !== odoo.database) {
    const { odooDatabase, odooUrl } = settings;
    throw new Error(
      `What is kept here belongs to the Odoo database "${odooDatabase}" at ${odooUrl}, not to "${odoo.database}": ` +
        '`npm run reset` starts over.',
    );
  }
  const pairing = pairingWith(odoo);
  return pair(CONNECTION, { ...pairing, settings: { ...pairing.settings, exportUrl } });
}

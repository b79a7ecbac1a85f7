import './this-machine.ts';
import { Odoo } from '../../lib/odoo/client.ts';
import { readDialect } from '../../lib/odoo/dialect.ts';
import type { OdooTarget } from './odoo-target.ts';

/** Looks into an Odoo, past the connector. */
export async function lookInto<T>(
  { url, database, login, password }: OdooTarget,
  look: (odoo: Odoo) => Promise<T>,
): Promise<T> {
  const credentials = { url, database, user: login, password };
  const odoo = new Odoo({ credentials, pace: async () => {} });
  try {
    // An older Odoo is understood as the connector understands it.
    await readDialect(credentials, odoo);
    return await look(odoo);
  } finally {
    odoo.close();
  }
}

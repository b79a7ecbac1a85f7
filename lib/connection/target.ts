/** What a connection test is of: what is given, and what is saved where nothing is. */
import { ConnectorError } from '../errors/index.ts';
import { urlProblem } from '../outbound/url.ts';
import { readSettings } from '../store/connections.ts';
import { isFor, Secrets } from '../store/secrets.ts';
import type { Target } from './step.ts';

export interface Given {
  odooUrl?: string | undefined;
  odooDatabase?: string | undefined;
  user?: string | undefined;
  password?: string | undefined;
}

const secrets = new Secrets();

/** @throws ConnectorError VALUE_REFUSED, CONNECTION_UNCONFIGURED */
export async function targetOf(connection: string, given: Given): Promise<Omit<Target, 'pace'>> {
  const settings = await readSettings(connection);
  const href = given.odooUrl ?? settings?.odooUrl;
  const database = given.odooDatabase ?? settings?.odooDatabase;
  if (href === undefined || database === undefined) {
    const message = 'There is no Odoo URL and database: neither given nor saved.';
    throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
  }
  const url = new URL(href);
  const reason = urlProblem(href);
  if (reason !== undefined) {
    throw new ConnectorError('VALUE_REFUSED', 'The URL makes no sense.', { fields: [{ path: 'odooUrl', reason }] });
  }
  return { url, database, settings, ...(await loginFor(connection, href, given)) };
}

/** A key that is kept goes to nobody but whom it is kept for: else a test elsewhere would read it back. */
async function loginFor(connection: string, href: string, given: Given) {
  if (given.password !== undefined) return { user: given.user, password: given.password };
  secrets.forget(connection);
  const kept = await secrets.odoo(connection);
  if (kept === undefined || !isFor(kept, href) || (given.user ?? kept.user) !== kept.user) {
    return { user: given.user, password: undefined };
  }
  return { user: kept.user, password: kept.password };
}

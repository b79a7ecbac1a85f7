import { newWebhookSecret } from '../opencart/signature.ts';
import { type ConnectionSettings, connectionName, connectionSettings, readSettings } from './connections.ts';
import { noteLogin } from './login.ts';
import { putSecrets } from './put-secret.ts';
import { type OdooSecret, odooSecret, Secrets, type StoreSecret, storeSecret } from './secrets.ts';
import { writeSettings } from './settings.ts';

const COMMAND_LINE = 'command line';

/** What pairing can set; what is left out stays as it is. */
export interface Pairing {
  settings?: Partial<ConnectionSettings>;
  odooLogin?: OdooSecret;
  /** Gives the store a new secret; the former one stays valid until the next rotation. */
  rotate?: boolean;
  /** Instead of a generated one. */
  webhookSecret?: string;
}

/**
 * Makes a connection, or changes one: its settings, the Odoo login and the secret that the store
 * signs with.
 *
 * @returns the secret to be entered in the store
 */
export async function pair(connection: string, pairing: Pairing): Promise<string> {
  const name = connectionName.parse(connection);
  const settings = connectionSettings.parse({ ...(await readSettings(name)), ...pairing.settings });
  // Everything is checked before anything is written.
  const odooLogin = odooSecret.optional().parse(pairing.odooLogin);
  const known = await new Secrets().store(name);
  const secret = nextSecret(known, pairing);
  await putSecrets(name, {
    ...(secret === known ? {} : { store: storeSecret.parse(secret) }),
    ...(odooLogin === undefined ? {} : { odoo: odooLogin }),
  });
  if (odooLogin !== undefined) await noteLogin(name, COMMAND_LINE);
  await writeSettings(name, settings, COMMAND_LINE);
  return secret.webhookSecret;
}

function nextSecret(known: StoreSecret | undefined, { rotate, webhookSecret }: Pairing): StoreSecret {
  if (known === undefined) return { webhookSecret: webhookSecret ?? newWebhookSecret() };
  if (webhookSecret === known.webhookSecret || (!rotate && webhookSecret === undefined)) return known;
  return { webhookSecret: webhookSecret ?? newWebhookSecret(), previousWebhookSecret: known.webhookSecret };
}

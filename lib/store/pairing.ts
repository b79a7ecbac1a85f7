import { ConnectorError } from '../errors/index.ts';
import { newWebhookSecret } from '../opencart/signature.ts';
import { type ConnectionSettings, connectionName, connectionSettings, readSettings } from './connections.ts';
import { noteNewLogin } from './login.ts';
import { putSecrets } from './put-secret.ts';
import { type OdooSecret, odooSecret, Secrets, type StoreSecret, storeSecret } from './secrets.ts';
import { writeSettings } from './settings.ts';

/** Who has saved what was paired. */
export const COMMAND_LINE = 'command line';

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
    ...(odooLogin === undefined ? {} : { odoo: { ...odooLogin, origin: new URL(settings.odooUrl).origin } }),
  });
  if (odooLogin !== undefined) await noteNewLogin(name, COMMAND_LINE, odooLogin.password);
  await writeSettings(name, settings, COMMAND_LINE);
  return secret.webhookSecret;
}

/**
 * What the store of a connection signs with.
 * @throws ConnectorError CONNECTION_UNCONFIGURED if it was never paired
 */
export async function storeSecretOf(connection: string): Promise<string> {
  return (await known(connection)).webhookSecret;
}

/**
 * Gives the store a new secret; the former one stays valid until the next rotation.
 * @throws ConnectorError CONNECTION_UNCONFIGURED if it was never paired
 */
export async function rotateStoreSecret(connection: string): Promise<string> {
  const secret = nextSecret(await known(connection), { rotate: true });
  await putSecrets(connection, { store: secret });
  return secret.webhookSecret;
}

async function known(connection: string): Promise<StoreSecret> {
  // A secret of a moment ago is kept nowhere yet: a rotation must not go back behind it.
  const secret = await new Secrets().store(connection);
  if (secret !== undefined) return secret;
  const message = 'The connection has no secret for the store: make it with `npm run pair`.';
  throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
}

function nextSecret(known: StoreSecret | undefined, { rotate, webhookSecret }: Pairing): StoreSecret {
  if (known === undefined) return { webhookSecret: webhookSecret ?? newWebhookSecret() };
  if (webhookSecret === known.webhookSecret || (!rotate && webhookSecret === undefined)) return known;
  return { webhookSecret: webhookSecret ?? newWebhookSecret(), previousWebhookSecret: known.webhookSecret };
}

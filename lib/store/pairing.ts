import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { newWebhookSecret } from '../opencart/signature.ts';
import {
  type ConnectionSettings,
  connectionName,
  connectionSettings,
  readSettings,
  writeSettings,
} from './connections.ts';
import { type OdooSecret, odooSecret, Secrets, type StoreSecret, secretName, storeSecret } from './secrets.ts';

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
  const client = new SecretsManagerClient({});
  try {
    if (secret !== known) await putSecret(client, secretName(name, 'store'), storeSecret.parse(secret));
    if (odooLogin !== undefined) await putSecret(client, secretName(name, 'odoo'), odooLogin);
  } finally {
    client.destroy();
  }
  await writeSettings(name, settings);
  return secret.webhookSecret;
}

function nextSecret(known: StoreSecret | undefined, { rotate, webhookSecret }: Pairing): StoreSecret {
  if (known === undefined) return { webhookSecret: webhookSecret ?? newWebhookSecret() };
  if (webhookSecret === known.webhookSecret || (!rotate && webhookSecret === undefined)) return known;
  return { webhookSecret: webhookSecret ?? newWebhookSecret(), previousWebhookSecret: known.webhookSecret };
}

async function putSecret(client: SecretsManagerClient, name: string, value: object): Promise<void> {
  const SecretString = JSON.stringify(value);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  } catch (error) {
    if (!(error instanceof Error && error.name === 'ResourceNotFoundException')) throw error;
    await createSecret(client, name, SecretString);
  }
}

async function createSecret(client: SecretsManagerClient, name: string, SecretString: string): Promise<void> {
  try {
    await client.send(new CreateSecretCommand({ Name: name, SecretString }));
  } catch (error) {
    // Somebody else was faster.
    if (!(error instanceof ResourceExistsException)) throw error;
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  }
}

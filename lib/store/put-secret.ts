import {
  CreateSecretCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import { awsClient } from '../aws.ts';
import { type OdooSecret, type StoreSecret, secretName } from './secrets.ts';

/** Writes the secrets that are given of a connection; makes those that do not exist yet. */
export async function putSecrets(
  connection: string,
  secrets: { store?: StoreSecret; odoo?: OdooSecret },
): Promise<void> {
  const client = new SecretsManagerClient(awsClient());
  try {
    for (const [kind, value] of Object.entries(secrets)) await putSecret(client, secretName(connection, kind), value);
  } finally {
    client.destroy();
  }
}

const ABSENT: ReadonlySet<string> = new Set(['ResourceNotFoundException', 'AccessDeniedException']);

async function putSecret(client: SecretsManagerClient, name: string, value: object): Promise<void> {
  const SecretString = JSON.stringify(value);
  try {
    await client.send(new PutSecretValueCommand({ SecretId: name, SecretString }));
  } catch (error) {
    // Who may write secrets of a pattern is refused a name that does not exist before AWS looks: see Secrets.
    const isAbsent = error instanceof Error && ABSENT.has(error.name);
    if (!isAbsent) throw error;
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

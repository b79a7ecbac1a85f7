import { mkdtemp, readdir, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  CreateSecretCommand,
  DeleteSecretCommand,
  DescribeSecretCommand,
  GetSecretValueCommand,
  ListSecretsCommand,
  PutSecretValueCommand,
  ResourceExistsException,
  ResourceNotFoundException,
  type SecretsManagerClient,
  UpdateSecretCommand,
} from '@aws-sdk/client-secrets-manager';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { EmbeddedService } from '../../infra/local/aws/embedded-service.ts';
import { startSecretsManager } from '../../infra/local/aws/secrets.ts';
import { secretsClient } from './fixtures/clients.ts';

let folder: string;
let server: EmbeddedService;
let client: SecretsManagerClient;

async function start(): Promise<void> {
  server = await startSecretsManager({ file: join(folder, 'secrets.json') });
  client = secretsClient(server.endpoint);
}
async function stop(): Promise<void> {
  client.destroy();
  await server.stop();
}
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'secrets-'));
  await start();
});
afterEach(async () => {
  await stop();
  await rm(folder, { recursive: true });
});

const secretOf = async (SecretId: string) => (await client.send(new GetSecretValueCommand({ SecretId }))).SecretString;

it('keeps secrets over a restart, in a file that only its owner reads', async () => {
  await client.send(new CreateSecretCommand({ Name: 'shop/main/odoo', SecretString: 'one' }));
  await client.send(new PutSecretValueCommand({ SecretId: 'shop/main/odoo', SecretString: 'two' }));
  await stop();
  await start();
  expect(await secretOf('shop/main/odoo')).toBe('two');
  const files = await readdir(folder);
  expect(files).toEqual(['secrets.json']);
  if (process.platform !== 'win32') expect((await stat(join(folder, 'secrets.json'))).mode & 0o777).toBe(0o600);
});

it('gives every change a version, and finds a secret by name or ARN', async () => {
  const created = await client.send(new CreateSecretCommand({ Name: 'a', SecretBinary: new Uint8Array([1, 2]) }));
  const read = await client.send(new GetSecretValueCommand({ SecretId: created.ARN }));
  expect(read).toMatchObject({ Name: 'a', VersionId: created.VersionId, VersionStages: ['AWSCURRENT'] });
  expect([...(read.SecretBinary ?? [])]).toEqual([1, 2]);
  await client.send(new UpdateSecretCommand({ SecretId: 'a', Description: 'only described' }));
  const described = await client.send(new DescribeSecretCommand({ SecretId: 'a' }));
  expect(described).toMatchObject({ Name: 'a', Description: 'only described' });
  expect(Object.keys(described.VersionIdsToStages ?? {})).toEqual([created.VersionId]);
  const updated = await client.send(new UpdateSecretCommand({ SecretId: 'a', SecretString: 'text now' }));
  expect(updated.VersionId).not.toBe(created.VersionId);
  expect(await client.send(new GetSecretValueCommand({ SecretId: 'a' }))).not.toHaveProperty('SecretBinary');
});

it('lists without values, by prefix', async () => {
  for (const Name of ['x/1', 'x/2', 'y/1']) await client.send(new CreateSecretCommand({ Name, SecretString: 's' }));
  const { SecretList = [] } = await client.send(new ListSecretsCommand({ Filters: [{ Key: 'name', Values: ['x/'] }] }));
  expect(SecretList.map(({ Name }) => Name)).toEqual(['x/1', 'x/2']);
  expect(JSON.stringify(SecretList)).not.toContain('SecretString');
});

it('answers with the errors of AWS', async () => {
  await expect(secretOf('missing')).rejects.toBeInstanceOf(ResourceNotFoundException);
  const create = () => client.send(new CreateSecretCommand({ Name: 'once' }));
  await create();
  await expect(create()).rejects.toBeInstanceOf(ResourceExistsException);
  // A secret without a value yet.
  await expect(secretOf('once')).rejects.toBeInstanceOf(ResourceNotFoundException);
  await client.send(new DeleteSecretCommand({ SecretId: 'once' }));
  await create();
});

it('loses none of many changes made at once', async () => {
  const names = Array.from({ length: 30 }, (_, index) => `many/${index}`);
  await Promise.all(names.map((Name) => client.send(new CreateSecretCommand({ Name, SecretString: Name }))));
  await stop();
  await start();
  for (const name of names) expect(await secretOf(name)).toBe(name);
});

/**
 * A Secrets Manager with what the connector and its tools call: current versions, no rotation.
 */
import { randomBytes, randomUUID } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import type { EmbeddedService } from './embedded-service.ts';
import { type ActionInput, createJsonService, ServiceError } from './json-protocol.ts';
import { close, listen } from './listen.ts';

interface Secret {
  ARN: string;
  Name: string;
  Description?: string;
  SecretString?: string;
  /** Base64, as on the wire. */
  SecretBinary?: string;
  VersionId: string;
  CreatedDate: number;
  LastChangedDate: number;
}

/** Starts an embedded Secrets Manager; secrets are kept in `file` (mode 0600), or in memory without one. */
export async function startSecretsManager(options: { file?: string; port?: number } = {}): Promise<EmbeddedService> {
  const store = new SecretStore(options.file);
  await store.load();
  const server = createJsonService({
    version: '1.1',
    target: 'secretsmanager',
    namespace: 'com.amazonaws.secretsmanager',
    maxBodyBytes: 1024 * 1024,
    actions: {
      CreateSecret: (input) => store.create(input),
      GetSecretValue: (input) => store.value(input),
      PutSecretValue: (input) => store.put(input),
      UpdateSecret: (input) => store.put(input),
      DescribeSecret: (input) => describe(store.find(input)),
      DeleteSecret: (input) => store.delete(input),
      ListSecrets: (input) => store.list(input),
    },
  });
  const endpoint = await listen(server, options.port);
  return {
    endpoint,
    stop: async () => {
      await close(server);
      await store.saved();
    },
  };
}

class SecretStore {
  readonly #file: string | undefined;
  readonly #secrets = new Map<string, Secret>();
  #saving: Promise<void> = Promise.resolve();

  constructor(file: string | undefined) {
    this.#file = file;
  }

  async load(): Promise<void> {
    if (!this.#file) return;
    await mkdir(dirname(this.#file), { recursive: true });
    const text = await readFile(this.#file, 'utf8').catch((error: NodeJS.ErrnoException) => {
      if (error.code === 'ENOENT') return '[]';
      throw error;
    });
    for (const secret of JSON.parse(text) as Secret[]) this.#secrets.set(secret.Name, secret);
  }

  saved(): Promise<void> {
    return this.#saving;
  }

  find(input: ActionInput): Secret {
    const id = requiredText(input, 'SecretId');
    const secret = this.#secrets.get(id) ?? [...this.#secrets.values()].find((candidate) => candidate.ARN === id);
    if (!secret)
      throw new ServiceError('ResourceNotFoundException', "Secrets Manager can't find the specified secret.");
    return secret;
  }

  async create(input: ActionInput): Promise<object> {
    const name = requiredText(input, 'Name');
    if (this.#secrets.has(name)) {
      throw new ServiceError(
        'ResourceExistsException',
        `The operation failed because the secret ${name} already exists.`,
      );
    }
    const now = Date.now() / 1000;
    const secret: Secret = {
      // Like AWS, which adds six random characters so that a secret made anew has another ARN.
      ARN: `arn:aws:secretsmanager:local:000000000000:secret:${name}-${randomBytes(3).toString('hex')}`,
      Name: name,
      VersionId: optionalText(input, 'ClientRequestToken') ?? randomUUID(),
      CreatedDate: now,
      LastChangedDate: now,
      ...content(input),
    };
    this.#secrets.set(name, secret);
    await this.#save();
    return { ARN: secret.ARN, Name: name, VersionId: secret.VersionId };
  }

  value(input: ActionInput): object {
    const secret = this.find(input);
    const stage = optionalText(input, 'VersionStage') ?? 'AWSCURRENT';
    const version = optionalText(input, 'VersionId') ?? secret.VersionId;
    const empty = secret.SecretString === undefined && secret.SecretBinary === undefined;
    if (empty || stage !== 'AWSCURRENT' || version !== secret.VersionId) {
      throw new ServiceError(
        'ResourceNotFoundException',
        `Secrets Manager can't find the specified secret value for staging label: ${stage}`,
      );
    }
    const { ARN, Name, SecretString, SecretBinary, VersionId, CreatedDate } = secret;
    return { ARN, Name, SecretString, SecretBinary, VersionId, VersionStages: ['AWSCURRENT'], CreatedDate };
  }

  async put(input: ActionInput): Promise<object> {
    const secret = this.find(input);
    const update = content(input);
    if (update.SecretString !== undefined || update.SecretBinary !== undefined) {
      delete secret.SecretString;
      delete secret.SecretBinary;
      secret.VersionId = optionalText(input, 'ClientRequestToken') ?? randomUUID();
    }
    Object.assign(secret, update, { LastChangedDate: Date.now() / 1000 });
    await this.#save();
    return { ARN: secret.ARN, Name: secret.Name, VersionId: secret.VersionId, VersionStages: ['AWSCURRENT'] };
  }

  /** At once, without AWS's window of recovery: nothing on this machine comes back for it. */
  async delete(input: ActionInput): Promise<object> {
    const secret = this.find(input);
    this.#secrets.delete(secret.Name);
    await this.#save();
    return { ARN: secret.ARN, Name: secret.Name, DeletionDate: Date.now() / 1000 };
  }

  list(input: ActionInput): object {
    const filters = Array.isArray(input.Filters) ? (input.Filters as { Key?: string; Values?: string[] }[]) : [];
    const names = filters.filter((filter) => filter.Key === 'name').flatMap((filter) => filter.Values ?? []);
    const chosen = [...this.#secrets.values()].filter(
      (secret) => names.length === 0 || names.some((prefix) => secret.Name.startsWith(prefix)),
    );
    return { SecretList: chosen.map(describe) };
  }

  /** One write at a time, each of the newest state; the rename makes sure that a kill leaves the old file or the new. */
  #save(): Promise<void> {
    const file = this.#file;
    if (!file) return Promise.resolve();
    const write = async () => {
      const temporary = `${file}.${process.pid}.tmp`;
      const handle = await open(temporary, 'w', 0o600);
      try {
        await handle.writeFile(JSON.stringify([...this.#secrets.values()], null, 2));
        await handle.sync();
      } finally {
        await handle.close();
      }
      await rename(temporary, file);
    };
    const saved = this.#saving.then(write);
    this.#saving = saved.catch(() => undefined);
    return saved;
  }
}

function describe(secret: Secret): object {
  const { ARN, Name, Description, VersionId, CreatedDate, LastChangedDate } = secret;
  const VersionIdsToStages = { [VersionId]: ['AWSCURRENT'] };
  return { ARN, Name, Description, CreatedDate, LastChangedDate, VersionIdsToStages };
}

function content(input: ActionInput): Pick<Secret, 'Description' | 'SecretString' | 'SecretBinary'> {
  const text = optionalText(input, 'SecretString');
  const binary = optionalText(input, 'SecretBinary');
  const description = optionalText(input, 'Description');
  if (text !== undefined && binary !== undefined) {
    throw new ServiceError('InvalidParameterException', "You can't specify both a binary secret and a secret string.");
  }
  if (Buffer.byteLength(text ?? binary ?? '') > 65_536) {
    throw new ServiceError('InvalidParameterException', 'The secret value is longer than 65536 bytes.');
  }
  return {
    ...(description !== undefined && { Description: description }),
    ...(text !== undefined && { SecretString: text }),
    ...(binary !== undefined && { SecretBinary: binary }),
  };
}

function optionalText(input: ActionInput, name: string): string | undefined {
  const value = input[name];
  if (value === undefined || value === null) return undefined;
  if (typeof value !== 'string') throw new ServiceError('InvalidParameterException', `${name} must be a string.`);
  return value;
}

function requiredText(input: ActionInput, name: string): string {
  const value = optionalText(input, name);
  if (!value) throw new ServiceError('InvalidParameterException', `You must provide a value for ${name}.`);
  return value;
}

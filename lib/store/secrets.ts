import {
  GetSecretValueCommand,
  ResourceNotFoundException,
  SecretsManagerClient,
} from '@aws-sdk/client-secrets-manager';
import * as z from 'zod';
import { awsClient } from '../aws.ts';
import { secretPrefix, secretRecheckMs } from '../environment.ts';

/** `store`: what the store signs with. The previous secret stays valid until a rotation is finished. */
export const storeSecret = z.object({
  webhookSecret: z.string().min(24),
  previousWebhookSecret: z.string().min(24).optional(),
});
export type StoreSecret = z.output<typeof storeSecret>;

/** What the store may sign with: during a rotation, two. */
export const validSecrets = (secret: StoreSecret | undefined): readonly string[] =>
  secret === undefined ? [] : [secret.webhookSecret, secret.previousWebhookSecret].filter((one) => one !== undefined);

/** `odoo`: user, and password or API key. */
export const odooSecret = z.object({
  user: z.string().min(1),
  password: z.string().min(1),
  /** The key before a renewal, until it is revoked. */
  previousPassword: z.string().min(1).optional(),
  /** Of the Odoo that it was entered for, e.g. `https://erp.example.com`: it is sent to no other. */
  origin: z.string().optional(),
});
export type OdooSecret = z.output<typeof odooSecret>;

/** Else whoever may change the URL in the settings could have the key sent to himself, or in clear. */
export const isFor = ({ origin }: OdooSecret, odooUrl: string): boolean => origin === new URL(odooUrl).origin;

const KEPT_MS = 300_000;
/** A secret that is not there may be created any moment. */
const ABSENCE_KEPT_MS = 20_000;

/** Whoever invents connection names must not fill the memory. */
const MOST_KEPT = 1_000;

interface Cached {
  value: unknown;
  readAt: number;
  until: number;
}

/** The secrets of connections, kept in memory for five minutes. */
export class Secrets {
  readonly #client = new SecretsManagerClient(awsClient());
  readonly #cache = new Map<string, Cached>();

  /** The webhook secrets of a connection, or undefined if there is no such connection. */
  async store(connection: string): Promise<StoreSecret | undefined> {
    return this.#read(connection, 'store', storeSecret);
  }

  /** The same where what is kept did not fit: read again, but at most every ten seconds: who guesses must not make us ask all the time. */
  async storeAgain(connection: string): Promise<StoreSecret | undefined> {
    const kept = this.#cache.get(secretName(connection, 'store'));
    if (kept !== undefined && kept.readAt + secretRecheckMs() < Date.now()) this.forget(connection);
    return this.store(connection);
  }

  /** The Odoo login of a connection, or undefined if none was set. */
  async odoo(connection: string): Promise<OdooSecret | undefined> {
    return this.#read(connection, 'odoo', odooSecret);
  }

  /** Forgets what is kept of a connection: the next read sees a password that was changed. */
  forget(connection: string): void {
    for (const kind of ['store', 'odoo']) this.#cache.delete(secretName(connection, kind));
  }

  async #read<T>(connection: string, kind: string, schema: z.ZodType<T>): Promise<T | undefined> {
    const name = secretName(connection, kind);
    const cached = this.#cache.get(name);
    if (cached !== undefined && cached.until > Date.now()) return cached.value as T | undefined;
    const text = await this.#fetch(name);
    const parsed = text === undefined ? undefined : schema.safeParse(jsonOrNothing(text));
    const value = parsed?.success === true ? parsed.data : undefined;
    if (this.#cache.size >= MOST_KEPT) this.#cache.clear();
    const readAt = Date.now();
    this.#cache.set(name, { value, readAt, until: readAt + (value === undefined ? ABSENCE_KEPT_MS : KEPT_MS) });
    return value;
  }

  async #fetch(name: string): Promise<string | undefined> {
    try {
      return (await this.#client.send(new GetSecretValueCommand({ SecretId: name }))).SecretString;
    } catch (error) {
      if (error instanceof ResourceNotFoundException) return undefined;
      // A function may read secrets by a pattern that includes AWS's random suffix; a name that does
      // not exist has none, so AWS refuses it before it looks.
      if (error instanceof Error && error.name === 'AccessDeniedException') return undefined;
      throw error;
    }
  }
}

/** A secret that is no JSON is no secret of ours; the parser's message would quote it. */
function jsonOrNothing(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const secretName = (connection: string, kind: string): string => `${secretPrefix()}/${connection}/${kind}`;

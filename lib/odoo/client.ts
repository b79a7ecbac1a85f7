import { ConnectorError } from '../errors/index.ts';
import { externalIdsOf, recordsOf } from './answers.ts';
import { type CallTarget, faultError, isNoneAnswer } from './faults.ts';
import { FaultAnswer, type OdooCredentials, type Transport } from './transports/transport.ts';
import { xmlRpcTransport } from './transports/xmlrpc.ts';
import { Vocabulary } from './vocabulary/index.ts';

export type { OdooCredentials } from './transports/transport.ts';

/** Anything a call can carry. */
export type Value = string | number | boolean | null | readonly Value[] | { readonly [key: string]: Value };
/** A record as `read` answers it. */
export type OdooRecord = { id: number } & Record<string, unknown>;
export type Domain = readonly (string | readonly [field: string, operator: string, value: Value])[];

/** One finished call, for logs, metrics and counting. */
export interface CallReport {
  model: string;
  method: string;
  milliseconds: number;
  /** The error's code where it failed. */
  failed?: string;
}

export interface OdooOptions {
  credentials: OdooCredentials;
  /** Resolves when the next call may be made; throws when the right to call was lost. */
  pace: () => Promise<void>;
  onCall?: (report: CallReport) => void;
  transport?: Transport;
  /** Goes into the context of each call. */
  context?: Readonly<Record<string, Value>>;
}

/** Messages are matched by their text and times are in UTC, whatever the user of the connection has set. */
const CONTEXT = { lang: 'en_US', tz: 'UTC' };

/** Context of who wants nothing written into the chatter: `mail.thread` neither posts nor tracks nor subscribes. */
export const NO_CHATTER = { tracking_disable: true };

/** Odoo's models and methods as the newest Odoo calls them. */
export class Odoo {
  readonly #options: OdooOptions;
  readonly #transport: Transport;
  readonly #session: Session;
  #vocabulary = new Vocabulary();

  /** `session` may outlive the client: a warm container logs in once. */
  constructor(options: OdooOptions, session: Session = new Session()) {
    this.#options = options;
    this.#transport = options.transport ?? xmlRpcTransport(options.credentials);
    this.#session = session;
  }

  /** Odoo's version, e.g. `19.0`; needs no login. */
  async version(): Promise<string> {
    const { database } = this.#options.credentials;
    return this.#report({ model: 'common', method: 'version', database }, () => this.#transport.version());
  }

  /** How it is reached, for people. */
  get transport(): string {
    return this.#transport.name;
  }

  /** What this Odoo calls otherwise; until it is told the newest one is assumed. */
  speak(vocabulary: Vocabulary): void {
    this.#vocabulary = vocabulary;
  }

  async searchRead(
    model: string,
    domain: Domain,
    fields: readonly string[],
    options: { limit?: number; order?: string; archived?: boolean; context?: Record<string, Value> } = {},
  ): Promise<OdooRecord[]> {
    const { archived, ...rest } = options;
    const context = { ...(archived === true ? { active_test: false } : {}), ...options.context };
    return recordsOf(await this.call(model, 'search_read', [domain], { fields, ...rest, context }), model);
  }

  /** Reads records by id; those that are gone are left out. */
  async read(
    model: string,
    ids: readonly number[],
    fields: readonly string[],
    context: Record<string, Value> = {},
  ): Promise<OdooRecord[]> {
    return this.searchRead(model, [['id', 'in', ids]], fields, { archived: true, context });
  }

  /** The external ids of records, by their database ids; whoever may read the records may ask. */
  async externalIds(model: string, ids: readonly number[]): Promise<Map<number, readonly string[]>> {
    return externalIdsOf(await this.call(model, 'get_metadata', [ids]), model);
  }

  /** Calls a method. `null` is the answer of a method that returns nothing. */
  async call(
    model: string,
    method: string,
    args: readonly Value[],
    kwargs: { context?: Record<string, Value>; [name: string]: Value | undefined } = {},
  ): Promise<unknown> {
    const { database } = this.#options.credentials;
    const uid = this.#transport.logsIn ? await this.logIn() : undefined;
    const asked = { model, method, args, kwargs };
    const told = this.#vocabulary.toOdoo(asked);
    const named = { ...told.kwargs, context: { ...CONTEXT, ...this.#options.context, ...kwargs.context } };
    const target = { model, method: told.method, database };
    const answer = await this.#report(target, () => this.#transport.execute({ ...told, kwargs: named }, uid));
    return this.#vocabulary.fromOdoo(asked, answer);
  }

  /** Logs in unless the session has. @returns the user's id @throws ConnectorError ODOO_AUTH, ODOO_DATABASE */
  async logIn(): Promise<number> {
    const { url, database, user, password } = this.#options.credentials;
    return this.#session.user(`${url} ${database} ${user} ${password}`, async () => {
      const uid = await this.#report({ model: 'common', method: 'authenticate', database }, () =>
        this.#transport.authenticate(user, password),
      );
      if (uid !== undefined) return uid;
      throw new ConnectorError('ODOO_AUTH', `Odoo refuses the user "${user}" or its key.`);
    });
  }

  /** Whether there is such a database; needs no login. */
  async hasDatabase(): Promise<boolean> {
    const { database } = this.#options.credentials;
    try {
      // Without a name and a password Odoo lets nobody in, and says so only of a database that exists.
      await this.#report({ model: 'common', method: 'authenticate', database }, () =>
        this.#transport.authenticate('', ''),
      );
      return true;
    } catch (error) {
      if (error instanceof ConnectorError && error.code === 'ODOO_DATABASE') return false;
      throw error;
    }
  }

  close(): void {
    this.#transport.close();
  }

  async #report<T>(target: CallTarget, call: () => Promise<T>): Promise<T> {
    await this.#options.pace();
    const started = performance.now();
    const report = (failed?: string) =>
      this.#options.onCall?.({
        model: target.model,
        method: target.method,
        milliseconds: performance.now() - started,
        ...(failed === undefined ? {} : { failed }),
      });
    try {
      const value = await call();
      report();
      return value;
    } catch (error) {
      if (error instanceof FaultAnswer && isNoneAnswer(error.fault)) {
        report();
        return null as T;
      }
      const typed = error instanceof FaultAnswer ? faultError(error.fault, target) : error;
      report(typed instanceof ConnectorError ? typed.code : 'INTERNAL');
      if (typed instanceof ConnectorError && typed.code === 'ODOO_AUTH') this.#session.forget();
      throw typed;
    }
  }
}

/** Remembers who one is logged in as, for as long as the credentials stay the same. */
export class Session {
  #key: string | undefined;
  #uid: number | undefined;

  async user(key: string, login: () => Promise<number>): Promise<number> {
    if (this.#key !== key || this.#uid === undefined) {
      this.#uid = await login();
      this.#key = key;
    }
    return this.#uid;
  }

  forget(): void {
    this.#uid = undefined;
  }
}

import { ownerOf } from './api-keys.ts';
import type { Disk } from './disk.ts';
import {
  AccessError,
  accessDenied,
  cannotMarshalNone,
  DuplicateExternalId,
  MissingError,
  OdooFault,
  PythonError,
  SqlError,
  UserError,
} from './faults.ts';
import type { NamedCall } from './json2.ts';
import { callMethod, isOfModel } from './methods.ts';
import { Orm, type Session } from './orm.ts';
import { isModel } from './schema.ts';
import { CONNECTOR } from './seed.ts';
import { sqlMessage } from './sql-messages.ts';
import { refuseUnknownLanguage } from './translations.ts';
import { type Context, isStruct, type Value, type Wire } from './types.ts';
import type { Accent } from './versions/accent.ts';
import { WEAK } from './weak-user.ts';
import type { Call } from './wire-reader.ts';

export interface Credentials {
  database: string;
  login: string;
  password: string;
}

/** Who calls which method with what. */
interface Asked {
  uid: number;
  model: string;
  method: string;
  args: Value[];
  kwargs: Context;
}

const VERSION: { [name: string]: Wire } = {
  ...{
    server_version: '19.0',
    server_version_info: [19, 0, 0, 'final', 0, ''],
    server_serie: '19.0',
    protocol_version: 1,
  },
};

/** Methods that Odoo keeps to itself although their names do not start with an underscore. */
const PRIVATE = new Set([
  ...['browse', 'sudo', 'with_context', 'with_user', 'with_company', 'with_env', 'ensure_one', 'filtered', 'mapped'],
  ...['sorted', 'exists', 'flush_model', 'flush_recordset', 'invalidate_model', 'invalidate_recordset', 'modified'],
]);

/** The two XML-RPC services, and JSON-2. Calls are answered one after the other; each is a transaction. */
export class Service {
  readonly #session: Session;
  readonly #disk: Disk | undefined;
  readonly #credentials: Credentials;
  readonly #accent: Accent | undefined;
  #last: Promise<unknown> = Promise.resolve();

  /** `accent`: that of the older version it plays. */
  constructor(session: Session, disk: Disk | undefined, credentials: Credentials, accent?: Accent) {
    this.#session = session;
    this.#disk = disk;
    this.#credentials = credentials;
    this.#accent = accent;
  }

  /** As `GET /web/version` tells it, which came with JSON-2. */
  get version(): Wire | undefined {
    if (this.#accent !== undefined) return undefined;
    const { server_version, server_version_info } = VERSION;
    return { version_info: server_version_info ?? [], version: server_version ?? '' };
  }

  common({ method, params }: Call): Wire {
    if (method === 'version') return this.#accent?.told ?? VERSION;
    if (method !== 'authenticate' && method !== 'login')
      throw new PythonError('Exception', `Method not found: ${method}`);
    const [database, login, password] = params;
    this.#requireDatabase(database);
    const known = this.#users().find((one) => one.login === login && this.#opens(one, password));
    return known === undefined ? false : known.uid;
  }

  async object({ method, params }: Call): Promise<Wire> {
    const answer = await this.#inTurn(() => this.#positional(method, params));
    // Raised after the commit, as in Odoo: the work is done, only the answer cannot be sent.
    if (answer === null) throw cannotMarshalNone();
    return answer;
  }

  /** The user that a JSON-2 call is of; `nobody`: the key is none; undefined: there is no such database, or no JSON-2. */
  userOf({ database, key }: NamedCall): number | 'nobody' | undefined {
    if (database !== this.#credentials.database || this.#accent !== undefined) return undefined;
    return ownerOf(this.#session.store, key) ?? 'nobody';
  }

  named(uid: number, { model, method, named: { ids = [], ...kwargs } }: NamedCall): Promise<Wire> {
    const args = isOfModel(model, method) ? [] : [ids];
    return this.#inTurn(() => this.#call({ uid, model, method, args, kwargs }));
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#disk?.close();
  }

  #inTurn(work: () => Wire): Promise<Wire> {
    const answer = this.#last.then(() => this.#transaction(work));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async #transaction(work: () => Wire): Promise<Wire> {
    const { store } = this.#session;
    try {
      const answer = work();
      await this.#disk?.save(store.changes(), store.sequences());
      store.commit();
      return answer;
    } catch (error) {
      store.rollback();
      throw toFault(error);
    }
  }

  #positional(kind: string, params: Value[]): Wire {
    const [database, uid, password, name, method, args, kwargs] = params;
    if (!password) throw accessDenied();
    this.#requireDatabase(database);
    if (kind !== 'execute_kw') throw new PythonError('NameError', `Method not available ${kind}`);
    const user = this.#users().find((one) => one.uid === uid);
    if (user === undefined) throw new MissingError('res.users', Number(uid), Number(uid));
    if (!this.#opens(user, password)) throw accessDenied();
    return this.#call({
      ...{ uid: user.uid, model: String(name), method: String(method) },
      ...{ args: Array.isArray(args) ? args : [], kwargs: isStruct(kwargs) ? kwargs : {} },
    });
  }

  #call({ uid, model, method, args, kwargs }: Asked): Wire {
    if (!isModel(model)) throw new UserError(`Object ${model} doesn't exist`);
    const orm = new Orm({ ...this.#session, uid }, isStruct(kwargs.context) ? kwargs.context : {});
    refusePrivate(model, method);
    if (method !== 'fields_get') refuseUnknownLanguage(orm);
    const call = { orm, model, args, kwargs };
    const answer = this.#accent ? this.#accent.call(call, method) : callMethod(call, method);
    if (answer === undefined) throw new PythonError('AttributeError', `The method '${model}.${method}' does not exist`);
    return answer;
  }

  /** A key serves as a password, too. */
  #opens({ uid, password }: { uid: number; password: string }, given: Value | undefined): boolean {
    return given === password || ownerOf(this.#session.store, given) === uid;
  }

  #users(): { uid: number; login: string; password: string }[] {
    const { login, password } = this.#credentials;
    return [
      { uid: CONNECTOR.user, login, password },
      { uid: WEAK.user, login: WEAK.login, password: WEAK.password },
    ];
  }

  #requireDatabase(database: Value | undefined): void {
    if (database === this.#credentials.database) return;
    const text = `connection to server failed: FATAL:  database "${database}" does not exist\n`;
    throw new PythonError('psycopg2.OperationalError', text);
  }
}

function refusePrivate(model: string, method: string): void {
  if (!method.startsWith('_') && !PRIVATE.has(method)) return;
  throw new AccessError(`Private methods (such as '${model}.${method}') cannot be called remotely.`);
}

function toFault(error: unknown): Error {
  if (error instanceof OdooFault) return error;
  if (error instanceof SqlError)
    return new UserError(`The operation cannot be completed: ${sqlMessage(error, error.model)}`);
  if (error instanceof DuplicateExternalId) {
    return new PythonError(
      'psycopg2.errors.CardinalityViolation',
      'ON CONFLICT DO UPDATE command cannot affect row a second time',
    );
  }
  return new PythonError('SandboxError', error instanceof Error ? (error.stack ?? error.message) : String(error));
}

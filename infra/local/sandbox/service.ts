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
import { callMethod } from './methods.ts';
import { Orm, type Session } from './orm.ts';
import { isModel } from './schema.ts';
import { CONNECTOR } from './seed.ts';
import { sqlMessage } from './sql-messages.ts';
import { refuseUnknownLanguage } from './translations.ts';
import { isStruct, type Value, type Wire } from './types.ts';
import type { Accent } from './versions/accent.ts';
import { WEAK } from './weak-user.ts';
import type { Call } from './wire-reader.ts';

export interface Credentials {
  database: string;
  login: string;
  password: string;
}

const VERSION: Wire = {
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

/** The two XML-RPC services. Calls are answered one after the other; each is a transaction. */
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

  common({ method, params }: Call): Wire {
    if (method === 'version') return this.#accent?.told ?? VERSION;
    if (method !== 'authenticate' && method !== 'login')
      throw new PythonError('Exception', `Method not found: ${method}`);
    const [database, login, password] = params;
    this.#requireDatabase(database);
    const known = this.#users().find((one) => one.login === login && one.password === password);
    return known === undefined ? false : known.uid;
  }

  object({ method, params }: Call): Promise<Wire> {
    const answer = this.#last.then(() => this.#execute(method, params));
    this.#last = answer.catch(() => undefined);
    return answer;
  }

  async close(): Promise<void> {
    await this.#last;
    await this.#disk?.close();
  }

  async #execute(kind: string, params: Value[]): Promise<Wire> {
    const { store } = this.#session;
    try {
      const answer = this.#call(kind, params);
      await this.#disk?.save(store.changes(), store.sequences());
      store.commit();
      // Raised after the commit, as in Odoo: the work is done, only the answer cannot be sent.
      if (answer === null) throw cannotMarshalNone();
      return answer;
    } catch (error) {
      store.rollback();
      throw toFault(error);
    }
  }

  #call(kind: string, params: Value[]): Wire {
    const [database, uid, password, name, method, args, kwargs] = params;
    if (!password) throw accessDenied();
    this.#requireDatabase(database);
    if (kind !== 'execute_kw') throw new PythonError('NameError', `Method not available ${kind}`);
    const user = this.#users().find((one) => one.uid === uid);
    if (user === undefined) throw new MissingError('res.users', Number(uid), Number(uid));
    if (password !== user.password) throw accessDenied();
    const model = String(name);
    if (!isModel(model)) throw new UserError(`Object ${model} doesn't exist`);
    const named = isStruct(kwargs) ? kwargs : {};
    const orm = new Orm({ ...this.#session, uid: user.uid }, isStruct(named.context) ? named.context : {});
    refusePrivate(model, String(method));
    if (method !== 'fields_get') refuseUnknownLanguage(orm);
    const call = { orm, model, args: Array.isArray(args) ? args : [], kwargs: named };
    const answer = this.#accent ? this.#accent.call(call, String(method)) : callMethod(call, String(method));
    if (answer === undefined) throw new PythonError('AttributeError', `The method '${model}.${method}' does not exist`);
    return answer;
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

import xmlrpc from 'xmlrpc';

/** A value as XML-RPC carries it. */
export type Wire = string | number | boolean | null | Wire[] | { [key: string]: Wire };
export type Struct = { [key: string]: Wire };

/** One entry of `load()`'s `messages`. */
export interface LoadMessage {
  type: string;
  message: string;
  rows?: { from: number; to: number };
  record?: number;
  field?: string;
  [key: string]: Wire | undefined;
}

export interface LoadAnswer {
  ids: number[] | false;
  messages: LoadMessage[];
  nextrow: number;
}

/** What the server answered instead of a value. */
export class OdooFault extends Error {
  readonly code: number;
  constructor(code: number, text: string) {
    super(text);
    this.code = code;
  }

  /** A traceback says what is wrong in its last line. */
  get lastLine(): string {
    return this.message.trimEnd().split('\n').at(-1) ?? '';
  }
}

export interface Login {
  url: string;
  database: string;
  login: string;
  password: string;
}

/** Odoo as a client sees it on the wire: nothing is interpreted, nothing is retried. */
export class OdooWire {
  readonly target: Login;
  readonly uid: number;

  private constructor(target: Login, uid: number) {
    this.target = target;
    this.uid = uid;
  }

  static async connect(target: Login): Promise<OdooWire> {
    const uid = await rpc<number | false>(target.url, 'common', 'authenticate', [
      ...[target.database, target.login, target.password],
      {},
    ]);
    if (!uid) throw new Error(`${target.login} cannot log in to ${target.url}`);
    return new OdooWire(target, uid);
  }

  common<T>(method: string, params: Wire[]): Promise<T> {
    return rpc<T>(this.target.url, 'common', method, params);
  }

  object<T>(method: string, params: Wire[]): Promise<T> {
    return rpc<T>(this.target.url, 'object', method, params);
  }

  call<T>(model: string, method: string, args: Wire[], kwargs: Struct = {}): Promise<T> {
    const { database, password } = this.target;
    return this.object<T>('execute_kw', [database, this.uid, password, model, method, args, kwargs]);
  }

  load(model: string, fields: string[], rows: Wire[][], context: Struct = {}): Promise<LoadAnswer> {
    return this.call<LoadAnswer>(model, 'load', [fields, rows], { context });
  }

  create(model: string, vals: Struct): Promise<number> {
    return this.call<number>(model, 'create', [vals]);
  }

  write(model: string, ids: number[], vals: Struct): Promise<boolean> {
    return this.call<boolean>(model, 'write', [ids, vals]);
  }

  /** One record's fields. */
  async one<T = Struct>(model: string, id: number, fields: string[]): Promise<T> {
    const [record] = await this.call<T[]>(model, 'read', [[id], fields]);
    if (!record) throw new Error(`${model} ${id} is gone`);
    return record;
  }

  /**
   * The id that an external id stands for; null when there is none. A worker that rolled a `load()` back may still
   * remember the id, and answers `false` for a record that never came to be.
   */
  async idOf(externalId: string): Promise<number | null> {
    const [module = '', name = ''] = externalId.split('.');
    const found = await this.call<[string, number]>('ir.model.data', 'check_object_reference', [module, name]).catch(
      () => undefined,
    );
    return found?.[1] || null;
  }
}

/** The fault that a call ends in. */
export async function faultOf(call: Promise<unknown>): Promise<OdooFault> {
  try {
    await call;
  } catch (error) {
    if (error instanceof OdooFault) return error;
    throw error;
  }
  throw new Error('expected a fault, got an answer');
}

function rpc<T>(url: string, service: string, method: string, params: Wire[]): Promise<T> {
  const create = url.startsWith('https:') ? xmlrpc.createSecureClient : xmlrpc.createClient;
  const client = create(`${url.replace(/\/$/, '')}/xmlrpc/2/${service}`);
  return new Promise((resolve, reject) => {
    client.methodCall(method, params, (error: object | null, value: T) => {
      if (!error) return resolve(value);
      const { faultCode, faultString } = error as { faultCode?: number; faultString?: string };
      reject(faultCode === undefined ? error : new OdooFault(faultCode, faultString ?? ''));
    });
  });
}

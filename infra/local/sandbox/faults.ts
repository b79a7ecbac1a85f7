import type { Value } from './types.ts';

/** What Odoo answers as a fault: a code and a text. */
export class OdooFault extends Error {
  readonly code: 1 | 2 | 3 | 4;
  constructor(code: 1 | 2 | 3 | 4, message: string) {
    super(message);
    this.code = code;
  }
}

/** Odoo's UserError and its kin: `load()` turns them into messages, everywhere else they are Fault 2. */
export class UserError extends OdooFault {
  constructor(message: string, code: 2 | 4 = 2) {
    super(code, message);
  }
}

export class AccessError extends UserError {
  constructor(message: string) {
    super(message, 4);
  }
}

export class MissingError extends UserError {
  constructor(model: string, id: number, uid: number) {
    super(`Record does not exist or has been deleted.\n(Record: ${model}(${id},), User: ${uid})`);
  }
}

/** A violated database constraint. Its text depends on the model that `load()` was called on. */
export class SqlError extends Error {
  readonly kind: 'not-null' | 'foreign-key' | 'check';
  readonly model: string;
  readonly column: string;
  /** PostgreSQL's own words, which a client reads who called another model than the one at fault. */
  readonly raw: string;
  constructor(kind: SqlError['kind'], model: string, column: string, message = '', raw = message) {
    super(message);
    this.raw = raw;
    this.kind = kind;
    this.model = model;
    this.column = column;
  }
}

/** Two rows of one statement claim the same external id; `load()` then goes on record by record. */
export class DuplicateExternalId extends Error {}

/** An exception that Odoo did not foresee: Fault 1 with a traceback whose last line names it. */
export class PythonError extends OdooFault {
  constructor(type: string, message: string) {
    super(1, traceback(`${type}: ${message}`));
  }
}

const traceback = (lastLine: string): string =>
  'Traceback (most recent call last):\n' +
  '  File "odoo/addons/rpc/controllers/xmlrpc.py", line 162, in xmlrpc_2\n    response = self._xmlrpc(service)\n' +
  '  File "odoo/service/model.py", line 93, in call_kw\n    result = method(recs, *args, **kwargs)\n' +
  `${lastLine}\n`;

export const accessDenied = (): OdooFault => new OdooFault(3, 'Access Denied');

export const cannotMarshalNone = (): PythonError =>
  new PythonError('TypeError', 'cannot marshal None unless allow_none is enabled');

/** The Python name of a value's type, for the texts of TypeErrors and AttributeErrors. */
export function pythonType(value: Value | undefined): string {
  if (value === null || value === undefined) return 'NoneType';
  if (Array.isArray(value)) return 'list';
  if (typeof value === 'boolean') return 'bool';
  if (typeof value === 'number') return Number.isInteger(value) ? 'int' : 'float';
  return typeof value === 'string' ? 'str' : 'dict';
}

/** `repr()` as Python prints it, near enough for error texts. */
export function repr(value: Value | undefined): string {
  if (value === null || value === undefined) return 'None';
  if (Array.isArray(value)) return `[${value.map(repr).join(', ')}]`;
  if (typeof value === 'boolean') return value ? 'True' : 'False';
  if (typeof value === 'number') return String(value);
  if (typeof value === 'string') return value.includes("'") && !value.includes('"') ? `"${value}"` : `'${value}'`;
  return `{${Object.entries(value)
    .map(([key, item]) => `${repr(key)}: ${repr(item)}`)
    .join(', ')}}`;
}

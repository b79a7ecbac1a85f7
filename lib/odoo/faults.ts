import { ConnectorError, type ErrorCode } from '../errors/index.ts';

/** What an XML-RPC server answers instead of a value. */
export interface Fault {
  code: number | string;
  /** A sentence for people, an error as `type: message`, or a Python traceback whose last line is that. */
  text: string;
}

export interface CallTarget {
  model: string;
  method: string;
  database: string;
}

/** A method that returns None fails only when its answer is written, after the commit: it has succeeded. */
export function isNoneAnswer(fault: Fault): boolean {
  return fault.text.includes('cannot marshal None');
}

/** Odoo's fault as a typed error. The numbers and texts were measured on Odoo 16 to 19. */
export function faultError(fault: Fault, target: CallTarget): ConnectorError {
  const text = ends(fault.text);
  const said = saidIn(fault.text);
  const where = `${target.model}.${target.method}`;
  const error = (code: ErrorCode, message: string, subject?: string) =>
    new ConnectorError(code, message, { cause: text, ...(subject === undefined ? {} : { subject }) });

  switch (Number(fault.code)) {
    case 3:
      return error('ODOO_AUTH', 'Odoo refuses the user or the key of this connection.');
    case 4:
      return error('ODOO_ACCESS', `Odoo refuses ${where}: ${sentence(said)}`, where);
    case 2:
      if (/does not exist or has been deleted/.test(text)) {
        return error('ODOO_RECORD_GONE', `A record that ${where} works on was deleted in Odoo.`);
      }
      if (/^Object \S+ doesn't exist$/.test(said)) {
        return error('ODOO_MODEL_UNKNOWN', `Odoo has no model ${target.model}.`, target.model);
      }
      return error('ODOO_REFUSED', `Odoo refuses ${where}: ${sentence(said)}`);
    default:
      return unforeseen(said, target, error);
  }
}

function unforeseen(
  said: string,
  target: CallTarget,
  error: (code: ErrorCode, message: string, subject?: string) => ConnectorError,
): ConnectorError {
  const where = `${target.model}.${target.method}`;
  if (/SerializationFailure|could not serialize|deadlock detected|LockNotAvailable/.test(said)) {
    return error('ODOO_BUSY', `Somebody else was changing the records of ${where}.`);
  }
  if (/database .* does not exist/.test(said)) {
    return error('ODOO_DATABASE', `Odoo has no database "${target.database}".`);
  }
  if (/OperationalError|PoolError|InterfaceError/.test(said)) {
    return error('ODOO_UNAVAILABLE', 'Odoo has lost its own database for a moment.');
  }
  if (/^(ValueError: Invalid field|KeyError:)/.test(said)) {
    return error('ODOO_FIELD_UNKNOWN', `Odoo does not know a field in ${where}: ${sentence(said)}`, where);
  }
  if (/^AttributeError: .*(has no attribute|does not exist)/.test(said)) {
    return error('ODOO_MODEL_UNKNOWN', `Odoo has no method ${where}.`, where);
  }
  return error('ODOO_FAULT', `Odoo failed in ${where}: ${sentence(said)}`, where);
}

/** A message of `load()` as a typed error: it is about one record, the batch was rolled back. */
export function loadMessageError(told: string, model: string, field?: string): ConnectorError {
  const message = saidIn(told);
  const at = field === undefined ? model : `${model}.${field}`;
  if (/could not serialize|deadlock detected/.test(message)) {
    return new ConnectorError('ODOO_BUSY', `Somebody else was changing the records of ${model}.`);
  }
  if (
    /^Unknown database identifier|^No matching record found for database id|does not exist or has been deleted/.test(
      message,
    )
  ) {
    return new ConnectorError('ODOO_RECORD_GONE', `Odoo refuses ${at}: ${sentence(message)}`);
  }
  if (/not allowed to|Access(Error| Denied)|requires? .*access/i.test(message)) {
    return new ConnectorError('ODOO_ACCESS', `Odoo refuses ${at}: ${sentence(message)}`, { subject: `${model}.load` });
  }
  return new ConnectorError('ODOO_REFUSED', `Odoo refuses ${at}: ${sentence(message)}`);
}

/** Of each end of a foreign text. */
const KEPT_LENGTH = 2_000;

/**
 * A foreign text without its middle where it is long: it may be megabytes, and patterns may take the square of its
 * length. What it is about stands at its beginning, what went wrong often at its end.
 */
function ends(text: string): string {
  const trimmed = text.trim();
  if (trimmed.length <= 2 * KEPT_LENGTH) return trimmed;
  return `${trimmed.slice(0, KEPT_LENGTH)}…${trimmed.slice(-KEPT_LENGTH)}`;
}

/** What a foreign text says, on one line: of a traceback its last one. */
function saidIn(text: string): string {
  const trimmed = text.trim();
  const start = trimmed.includes('Traceback (most recent call last)') ? trimmed.lastIndexOf('\n') + 1 : 0;
  return ends(trimmed.slice(start)).replaceAll(/\s+/g, ' ');
}

const SENTENCE_LENGTH = 400;

const sentence = (said: string): string =>
  said.length > SENTENCE_LENGTH ? `${said.slice(0, SENTENCE_LENGTH)}…` : said;

import { ConnectorError, type ErrorCode } from '../errors/index.ts';

/** What an XML-RPC server answers instead of a value. */
export interface Fault {
  code: number | string;
  /** A sentence for people, or a Python traceback whose last line is the error. */
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
  const lastLine = fault.text.trim().split('\n').at(-1)?.trim() ?? '';
  const where = `${target.model}.${target.method}`;
  const error = (code: ErrorCode, message: string, subject?: string) =>
    new ConnectorError(code, message, { cause: fault.text, ...(subject === undefined ? {} : { subject }) });

  switch (Number(fault.code)) {
    case 3:
      return error('ODOO_AUTH', 'Odoo refuses the user or the key of this connection.');
    case 4:
      return error('ODOO_ACCESS', `Odoo refuses ${where}: ${sentence(fault.text)}`, where);
    case 2:
      if (/does not exist or has been deleted/.test(fault.text)) {
        return error('ODOO_RECORD_GONE', `A record that ${where} works on was deleted in Odoo.`);
      }
      if (/^Object \S+ doesn't exist$/.test(lastLine)) {
        return error('ODOO_MODEL_UNKNOWN', `Odoo has no model ${target.model}.`, target.model);
      }
      return error('ODOO_REFUSED', `Odoo refuses ${where}: ${sentence(fault.text)}`);
    default:
      return unforeseen(lastLine, target, error);
  }
}

function unforeseen(
  lastLine: string,
  target: CallTarget,
  error: (code: ErrorCode, message: string, subject?: string) => ConnectorError,
): ConnectorError {
  const where = `${target.model}.${target.method}`;
  if (/SerializationFailure|could not serialize|deadlock detected|LockNotAvailable/.test(lastLine)) {
    return error('ODOO_BUSY', `Somebody else was changing the records of ${where}.`);
  }
  if (/database .* does not exist/.test(lastLine)) {
    return error('ODOO_DATABASE', `Odoo has no database "${target.database}".`);
  }
  if (/OperationalError|PoolError|InterfaceError/.test(lastLine)) {
    return error('ODOO_UNAVAILABLE', 'Odoo has lost its own database for a moment.');
  }
  if (/^(ValueError: Invalid field|KeyError:)/.test(lastLine)) {
    return error('ODOO_FIELD_UNKNOWN', `Odoo does not know a field in ${where}: ${sentence(lastLine)}`, where);
  }
  if (/^AttributeError: .*(has no attribute|does not exist)/.test(lastLine)) {
    return error('ODOO_MODEL_UNKNOWN', `Odoo has no method ${where}.`, where);
  }
  return error('ODOO_FAULT', `Odoo failed in ${where}: ${sentence(lastLine)}`, where);
}

/** A message of `load()` as a typed error: it is about one record, the batch was rolled back. */
export function loadMessageError(message: string, model: string, field?: string): ConnectorError {
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

const SENTENCE_LENGTH = 400;

/** The first lines of a foreign text, on one line, without a traceback. */
function sentence(text: string): string {
  const body = text.includes('Traceback (most recent call last)') ? (text.trim().split('\n').at(-1) ?? '') : text;
  const line = body.replaceAll(/\s+/g, ' ').trim();
  return line.length > SENTENCE_LENGTH ? `${line.slice(0, SENTENCE_LENGTH)}…` : line;
}

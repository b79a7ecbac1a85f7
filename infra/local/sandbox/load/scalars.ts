import { PythonError, pythonType, repr } from '../faults.ts';
import type { Field, Value } from '../types.ts';
import { ConversionError } from './messages.ts';

const TRUE = new Set(['1', 'true', 'yes']);
const FALSE = new Set(['', '0', 'false', 'no']);

/** Odoo calls `.lower()` on these cells: anything but a text is a fault, not a message. */
export function lower(value: Value): string {
  if (typeof value === 'string') return value.toLowerCase();
  throw new PythonError('AttributeError', `'${pythonType(value)}' object has no attribute 'lower'`);
}

/** True, false, or undefined when the word is unknown. */
export function booleanWord(value: Value): boolean | undefined {
  const word = lower(value);
  if (TRUE.has(word)) return true;
  return FALSE.has(word) ? false : undefined;
}

/** Converts a cell that is not empty, by the type of its field. */
export function convertScalar(field: Field, value: Value, timezone: string): Value {
  switch (field.type) {
    case 'boolean':
      return toBoolean(value);
    case 'integer':
    case 'many2one_reference':
      return toInteger(value);
    case 'float':
    case 'monetary':
      return toFloat(value);
    case 'selection':
      return toSelection(field, value);
    case 'date':
      return toDate(value);
    case 'datetime':
      return toDatetime(value, timezone);
    default:
      return value;
  }
}

function toBoolean(value: Value): Value {
  const known = booleanWord(value);
  if (known !== undefined) return known;
  throw new ConversionError(`Unknown value '${value}' for boolean field '%(field)s'`, {
    moreinfo: "Use '1' for yes and '0' for no",
  });
}

function toInteger(value: Value): Value {
  if (typeof value === 'number') return Math.trunc(value);
  if (typeof value === 'boolean') return Number(value);
  if (typeof value === 'string' && /^\s*[+-]?\d+\s*$/.test(value)) return Number(value);
  throw new ConversionError(`'${text(value)}' does not seem to be an integer for field '%(field)s'`, {});
}

function toFloat(value: Value): Value {
  if (typeof value === 'number' || typeof value === 'boolean') return Number(value);
  if (typeof value === 'string' && /^\s*[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?\s*$/i.test(value)) return Number(value);
  throw new ConversionError(`'${text(value)}' does not seem to be a number for field '%(field)s'`, {});
}

function toSelection(field: Field, value: Value): Value {
  const wanted = lower(value);
  const found = field.selection?.find(([key, label]) => key.toLowerCase() === wanted || label.toLowerCase() === wanted);
  if (found) return found[0];
  throw new ConversionError(`Value '${value}' not found in selection field '%(field)s'`, {
    moreinfo: (field.selection ?? []).map(([, label]) => label),
  });
}

const isCalendarDay = (text: string): boolean => {
  const date = new Date(`${text}T00:00:00Z`);
  return /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
};

function toDate(value: Value): Value {
  const day = String(value).slice(0, 10);
  if (isCalendarDay(day)) return day;
  throw new ConversionError(`'${text(value)}' does not seem to be a valid date for field '%(field)s'`, {
    moreinfo: "Use the format '2012-12-31'",
  });
}

function toDatetime(value: Value, timezone: string): Value {
  const match = /^(\d{4}-\d{2}-\d{2})(?: ([01]\d|2[0-3]):([0-5]\d):([0-5]\d))?$/.exec(String(value).slice(0, 19));
  if (!match?.[1] || !isCalendarDay(match[1])) {
    throw new ConversionError(`'${text(value)}' does not seem to be a valid datetime for field '%(field)s'`, {
      moreinfo: "Use the format '2012-12-31 23:59:59'",
    });
  }
  return toUtc(`${match[1]} ${match[2] ?? '00'}:${match[3] ?? '00'}:${match[4] ?? '00'}`, timezone);
}

/** `load()` reads times in the context's (or the user's) time zone, unlike `create` and `write`. */
function toUtc(local: string, timezone: string): string {
  if (timezone === 'UTC') return local;
  const naive = Date.parse(`${local.replace(' ', 'T')}Z`);
  let instant = naive;
  // Twice: the offset is that of the instant found, not of the first guess.
  for (let round = 0; round < 2; round++) instant = naive - offsetAt(instant, timezone);
  return new Date(instant).toISOString().slice(0, 19).replace('T', ' ');
}

function offsetAt(instant: number, timezone: string): number {
  const shown = new Date(instant).toLocaleString('sv-SE', { timeZone: timezone });
  return Date.parse(`${shown.replace(' ', 'T')}Z`) - instant;
}

/** `%s` of a cell. */
const text = (value: Value): string => (typeof value === 'string' ? value : repr(value));

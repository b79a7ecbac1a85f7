import { PythonError, pythonType, repr, SqlError, UserError } from './faults.ts';
import { checkImage } from './images.ts';
import type { Orm } from './orm.ts';
import { roundDigits } from './rounding.ts';
import { isModel } from './schema.ts';
import { asIds, type Field, isStruct, truthy, type Value } from './types.ts';

const DATE = /^\d{4}-\d{2}-\d{2}$/;
const DATETIME = /^\d{4}-\d{2}-\d{2} \d{2}:\d{2}:\d{2}$/;

/** Brings a client's value into the form in which a table keeps it. */
export function toStored(orm: Orm, model: string, field: Field, value: Value, current: Value | undefined): Value {
  switch (field.type) {
    case 'boolean':
      return truthy(value);
    case 'integer':
    case 'many2one_reference':
      return toNumber(value);
    case 'float':
    case 'monetary':
      return field.digits ? roundDigits(toNumber(value), field.digits[1]) : toNumber(value);
    case 'selection':
      return toSelection(model, field, value);
    case 'date':
    case 'datetime':
      return toDate(field, value);
    case 'many2one':
      return toMany2one(orm, model, field, value);
    case 'many2many':
      return toMany2many(orm, field, value, asIds(current));
    case 'html':
      return truthy(value) ? sanitize(String(value)) : false;
    case 'char':
    case 'text':
      return value === false || value === null ? false : pythonString(value);
    case 'binary':
      if (truthy(value) && field.name.startsWith('image')) checkImage(String(value));
      return truthy(value) ? value : false;
    default:
      return value === null ? false : value;
  }
}

function toNumber(value: Value): number {
  if (value === false || value === null || value === '') return 0;
  const number = Number(value);
  if (Number.isNaN(number)) throw new PythonError('ValueError', `could not convert string to float: ${repr(value)}`);
  return number;
}

function toSelection(model: string, field: Field, value: Value): Value {
  if (!truthy(value)) return false;
  if (field.selection?.some(([key]) => key === value)) return value;
  throw new PythonError('ValueError', `Wrong value for ${model}.${field.name}: ${repr(value)}`);
}

function toDate(field: Field, value: Value): Value {
  if (!truthy(value)) return false;
  const text = String(value);
  if (field.type === 'date') {
    if (DATE.test(text.slice(0, 10))) return text.slice(0, 10);
  } else if (DATETIME.test(text)) return text;
  else if (DATE.test(text)) return `${text} 00:00:00`;
  const format = field.type === 'date' ? '%Y-%m-%d' : '%Y-%m-%d %H:%M:%S';
  throw new PythonError('ValueError', `time data ${repr(value)} does not match format '${format}'`);
}

function toMany2one(orm: Orm, model: string, field: Field, value: Value): Value {
  if (!truthy(value)) return false;
  const id = Number(Array.isArray(value) ? value[0] : value);
  if (!Number.isInteger(id))
    throw new PythonError('ValueError', `Wrong value for ${model}.${field.name}: ${repr(value)}`);
  if (field.relation && isModel(field.relation) && !orm.row(field.relation, id)) {
    throw new SqlError('foreign-key', model, field.name);
  }
  return id;
}

function toMany2many(orm: Orm, field: Field, value: Value, current: number[]): number[] {
  const relation = field.relation ?? '';
  const ids = new Set(truthy(value) ? current : []);
  for (const command of Array.isArray(value) ? value : []) {
    if (!Array.isArray(command)) {
      ids.add(Number(command));
      continue;
    }
    const [code, id, rest] = command;
    if (code === 6) {
      ids.clear();
      for (const each of asIds(rest)) ids.add(each);
    } else if (code === 5) ids.clear();
    else if (code === 4) ids.add(Number(id));
    else if (code === 3 || code === 2) ids.delete(Number(id));
    else if (code === 1 && isStruct(rest)) orm.write(relation, [Number(id)], rest);
    else if (code === 0 && isStruct(rest)) for (const made of orm.create(relation, [rest])) ids.add(made);
    else throw new UserError(`Wrong value for ${field.name}: ${pythonType(value)}`);
  }
  return [...ids];
}

/** Odoo wraps plain text into a paragraph and drops what is not safe HTML. */
function sanitize(text: string): string {
  if (/^\s*<(p|div|h\d|ul|ol|table|span|br)\b/i.test(text)) return text;
  const plain = text.replace(/<[^>]*>?/g, '').replace(/&(?!\w+;|#)/g, '&amp;');
  return `<p>${plain}</p>`;
}

function pythonString(value: Value): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : repr(value);
}

/** What a field that was never written reads as. */
export function emptyValue(field: Field): Value {
  if (field.type === 'integer' || field.type === 'float' || field.type === 'monetary') return 0;
  return field.type === 'many2many' || field.type === 'one2many' ? [] : false;
}

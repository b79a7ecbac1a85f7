import type { Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { type Field, truthy, type Vals, type Value } from '../types.ts';
import { NAME, type Raw } from './extract.ts';
import { ConversionError } from './messages.ts';
import {
  type Batch,
  convertMany2many,
  convertMany2one,
  isReference,
  referenceKind,
  resolve,
  splitReferences,
} from './relations.ts';
import { convertScalar } from './scalars.ts';

type Log = (field: Field, error: ConversionError) => void;

/** Converts a record's cells to values; a cell that fails is reported and left out. */
export function convertRecord(batch: Batch, model: string, record: Raw, log: Log): Vals {
  const converted: Vals = {};
  for (const [name, value] of Object.entries(record)) {
    if (isReference(name)) continue;
    const field = fieldOf(model, name);
    if (!field) continue;
    if (Array.isArray(value) ? value.length === 0 : !truthy(value)) {
      converted[name] = false;
      continue;
    }
    try {
      converted[name] = convertCell({ ...batch, warn: (warning) => log(field, warning) }, field, value);
    } catch (error) {
      if (!(error instanceof ConversionError)) throw error;
      log(field, error);
    }
  }
  return converted;
}

function convertCell(batch: Batch, field: Field, value: Value | Raw[]): Value {
  if (field.type === 'many2one') return convertMany2one(batch, field, value as Raw[]);
  if (field.type === 'many2many') return convertMany2many(batch, field, value as Raw[]);
  if (field.type === 'one2many') return convertOne2many(batch, field, value as Raw[]);
  return convertScalar(field, value as Value, timezoneOf(batch.orm));
}

const timezoneOf = (orm: Orm): string => {
  const zone = orm.context.tz ?? orm.row('res.users', orm.uid)?.tz;
  return typeof zone === 'string' && zone ? zone : 'UTC';
};

function convertOne2many(batch: Batch, field: Field, records: Raw[]): Value {
  const commands: Value[] = [];
  for (const record of onlyReferences(records) ?? records) {
    const writable = convertRecord(batch, field.relation ?? '', cellsOf(record), (child, error) => {
      if (error.constructor !== ConversionError) batch.warn(error);
      else throw new ConversionError(error.message.replaceAll('%(field)s', `%(field)s/${child.string}`), error.extra);
    });
    const id = existingChild(batch, field, record, writable);
    if (id) commands.push([4, id, 0], [1, id, writable]);
    else commands.push([0, 0, writable]);
  }
  return commands;
}

/** A single row with nothing but a reference may list several: `a,b,c`. */
function onlyReferences(records: Raw[]): Raw[] | undefined {
  const [record, second] = records;
  if (!record || second || !Object.keys(record).every(isReference)) return undefined;
  const kind = referenceKind(record);
  return splitReferences(record[kind] as Value).map((reference) => ({ [kind]: reference }));
}

const cellsOf = (record: Raw): Raw => Object.fromEntries(Object.entries(record).filter(([name]) => !isReference(name)));

/** The child a row refers to; an external id that is not known yet names the child to be made. */
function existingChild(batch: Batch, field: Field, record: Raw, writable: Vals): number | false {
  const references = Object.fromEntries(Object.entries(record).filter(([name]) => isReference(name)));
  if (Object.keys(references).length === 0) return false;
  const kind = referenceKind(references);
  try {
    const value = record[kind] as Value;
    return truthy(value) || value === 0 || kind === NAME ? resolve(batch, field, kind, value) : false;
  } catch (error) {
    if (!(error instanceof ConversionError) || kind !== 'id') throw error;
    writable.id = record.id as Value;
    return false;
  }
}

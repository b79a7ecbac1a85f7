import { PythonError, pythonType, repr } from '../faults.ts';
import { nameSearch } from '../name-search.ts';
import type { Orm } from '../orm.ts';
import { type Field, truthy, type Value } from '../types.ts';
import { NAME, type Raw } from './extract.ts';
import { ConversionError, ConversionWarning, possibleValues } from './messages.ts';
import { booleanWord } from './scalars.ts';

/** What converting a reference may need from the batch it is part of. */
export interface Batch {
  orm: Orm;
  /** Writes out the records gathered so far, so that a later row can refer to them. */
  flush(wanted: { externalId?: string; model?: string }): void;
  warn(warning: ConversionWarning): void;
  /** Where external ids without a module live. */
  module: string;
}

const REFERENCES = new Set([NAME, 'id', '.id']);

export const isReference = (name: string): boolean => REFERENCES.has(name);

/** Which of name, external id and database id a sub-record is referred to by: exactly one. */
export function referenceKind(record: Raw): string {
  const names = Object.keys(record);
  if (names.some((name) => !isReference(name))) {
    throw new ConversionError('Can not create Many-To-One records indirectly, import the field separately');
  }
  if (names.length > 1) {
    throw new ConversionError(
      "Ambiguous specification for field '%(field)s', only provide one of name, external id or database id",
    );
  }
  return names[0] ?? NAME;
}

export function convertMany2one(batch: Batch, field: Field, [record = {}]: Raw[]): Value {
  const kind = referenceKind(record);
  return resolve(batch, field, kind, record[kind] as Value);
}

export function convertMany2many(batch: Batch, field: Field, [record = {}]: Raw[]): Value {
  const kind = referenceKind(record);
  const ids = splitReferences(record[kind] as Value).map((reference) => resolve(batch, field, kind, reference));
  return [[6, 0, ids]];
}

/** Several references in one cell; only a text can be split. */
export function splitReferences(value: Value): string[] {
  if (typeof value === 'string') return value.split(',');
  throw new PythonError('AttributeError', `'${pythonType(value)}' object has no attribute 'split'`);
}

/** `db_id_for`: the id behind a reference, or false for an explicit "none". */
export function resolve(batch: Batch, field: Field, kind: string, value: Value): number | false {
  if (kind === '.id') return byDatabaseId(batch, field, value);
  return kind === 'id' ? byExternalId(batch, field, value) : byName(batch, field, value);
}

function byDatabaseId({ orm }: Batch, field: Field, value: Value): number | false {
  if (typeof value === 'string' && booleanWord(value) === false) return false;
  const id = typeof value === 'string' && !/^\s*\d+\s*$/.test(value) ? Number.NaN : Math.trunc(Number(value));
  if (Number.isNaN(id)) {
    throw new ConversionError(`Invalid database id '${value}' for the field '%(field)s'`, {
      moreinfo: possibleValues(field.relation ?? '', false),
    });
  }
  if (orm.row(field.relation ?? '', id)) return id;
  throw noMatch('database id', field, value);
}

function byExternalId(batch: Batch, field: Field, value: Value): number | false {
  if (booleanWord(value) === false) return false;
  const own = String(value);
  const name = own.includes('.') ? own : `${batch.module}.${own}`;
  batch.flush({ externalId: name });
  const relation = field.relation ?? '';
  const target = batch.orm.externalIds.find(name);
  // Odoo joins with the table it expects, so another model's record is only noticed when that id exists there too.
  if (target && batch.orm.row(relation, target.id)) {
    if (target.model === relation) return target.id;
    throw new ConversionError(`Invalid external ID ${name}: expected model '${relation}', found '${target.model}'`);
  }
  throw noMatch('external id', field, value);
}

function byName(batch: Batch, field: Field, value: Value): number | false {
  if (!truthy(value)) return false;
  const relation = field.relation ?? '';
  batch.flush({ model: relation });
  const ids = nameSearch(batch.orm, relation, String(value), [], '=');
  const [first] = ids;
  if (first === undefined) throw noMatch('name', field, value);
  if (ids.length > 1) {
    const text = `Found multiple matches for value "${value}" in field "%(field)s" (${ids.length} matches)`;
    batch.warn(new ConversionWarning(text));
  }
  return first;
}

function noMatch(kind: string, field: Field, value: Value): ConversionError {
  const shown = typeof value === 'string' ? value : repr(value);
  return new ConversionError(`No matching record found for ${kind} '${shown}' in field '%(field)s'`, {
    moreinfo: possibleValues(field.relation ?? '', kind === 'name'),
  });
}

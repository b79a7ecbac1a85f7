import { PythonError, SqlError } from './faults.ts';
import { linkChildren } from './one2many.ts';
import { COMPANY, now, type Orm } from './orm.ts';
import { defaultsOf, fieldOf, fieldsOf } from './schema.ts';
import { written } from './translations.ts';
import type { Field, Row, Vals } from './types.ts';
import { toStored } from './values.ts';

/** `create()`: the batch is inserted, then gets its lines, then is computed and checked as a whole. */
export function createRecords(orm: Orm, model: string, list: Vals[]): number[] {
  const behaviour = orm.behaviour(model);
  for (const vals of list) refuseUnknown(model, vals);
  const given = list.map((vals) => {
    const own = { ...contextDefaults(orm, model), ...vals };
    return behaviour.prepare ? behaviour.prepare(orm, own) : own;
  });
  const reused: (number | undefined)[] = [];
  const ids = given.map((vals) => {
    const known = behaviour.reuse?.(orm, vals);
    reused.push(known);
    return known ?? insert(orm, model, vals);
  });
  for (const field of fieldsOf(model).values()) {
    if (field.type === 'one2many') linkChildren(orm, model, field, ids, given);
  }
  // A record brought back does not get the external id that was meant for a new one.
  bindImported(
    orm,
    model,
    ids,
    list.map((vals, index) => (reused[index] === undefined ? vals : {})),
  );
  behaviour.created?.(orm, ids, given);
  behaviour.validate?.(orm, ids, new Set(given.flatMap(Object.keys)));
  return ids;
}

function refuseUnknown(model: string, vals: Vals): void {
  for (const name of Object.keys(vals)) {
    if (!fieldOf(model, name)) throw new PythonError('ValueError', `Invalid field '${name}' in '${model}'`);
  }
}

/** Context keys such as `default_type` stand in for values that were not given. */
function contextDefaults(orm: Orm, model: string): Vals {
  const defaults: Vals = {};
  for (const [key, value] of Object.entries(orm.context)) {
    const name = key.startsWith('default_') ? key.slice('default_'.length) : '';
    if (name && fieldOf(model, name)) defaults[name] = value;
  }
  return defaults;
}

function insert(orm: Orm, model: string, given: Vals): number {
  const behaviour = orm.behaviour(model);
  const stored: Vals = {};
  for (const [name, value] of Object.entries({ ...ownDefaults(orm, model), ...given })) {
    const field = fieldOf(model, name);
    if (!field || name === 'id' || field.type === 'one2many') continue;
    if (!field.store) continue;
    Object.assign(stored, written(orm.context, field, toStored(orm, model, field, value, undefined), undefined));
  }
  const vals = behaviour.complete ? behaviour.complete(orm, stored) : stored;
  const stamp = now();
  const row: Row = {
    ...vals,
    ...(isLogged(orm, model) ? { has_message: true } : {}),
    ...{ id: orm.store.nextId(model), create_uid: orm.uid, create_date: stamp, write_uid: orm.uid, write_date: stamp },
  };
  checkRow(orm, model, row);
  orm.store.put(model, row);
  return row.id;
}

/** Whether the chatter says that a record was made: that of what has one, unless the client wants none. */
const isLogged = (orm: Orm, model: string): boolean =>
  fieldOf(model, 'has_message') !== undefined && orm.context.tracking_disable !== true;

/** Recorded defaults; those of a delegating model belong to its delegate. */
function ownDefaults(orm: Orm, model: string): Vals {
  const defaults = Object.entries(defaultsOf(model)).filter(([name]) => {
    const field = fieldOf(model, name);
    return !orm.behaviour(model).delegate || field?.store;
  });
  return {
    ...(fieldOf(model, 'active') ? { active: true } : {}),
    ...(fieldOf(model, 'company_id')?.required ? { company_id: COMPANY } : {}),
    ...Object.fromEntries(defaults),
  };
}

const MAY_BE_EMPTY = new Set(['boolean', 'integer', 'float', 'monetary', 'one2many', 'many2many']);

/** NOT NULL and CHECK constraints, in the order in which PostgreSQL looks at them. */
export function checkRow(orm: Orm, model: string, row: Row): void {
  for (const field of fieldsOf(model).values())
    if (isMissing(field, row)) throw new SqlError('not-null', model, field.name);
  const violated = orm.behaviour(model).check?.(row);
  if (violated) throw new SqlError('check', model, '', violated);
}

const isMissing = (field: Field, row: Row): boolean =>
  field.required && field.store && !MAY_BE_EMPTY.has(field.type) && (row[field.name] ?? false) === false;

/** A child created by `load()` carries its external id as `id`: Odoo binds it once the child exists. */
function bindImported(orm: Orm, model: string, ids: number[], list: Vals[]): void {
  const module = orm.context._import_current_module;
  if (typeof module !== 'string') return;
  const entries = list.flatMap((vals, index) => {
    const id = ids[index];
    if (typeof vals.id !== 'string' || !vals.id || id === undefined) return [];
    return [{ name: vals.id.includes('.') ? vals.id : `${module}.${vals.id}`, target: { model, id } }];
  });
  orm.externalIds.bind(entries);
}

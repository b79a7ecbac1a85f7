import { checkRow } from './create.ts';
import { PythonError } from './faults.ts';
import { linkChildren } from './one2many.ts';
import { now, type Orm } from './orm.ts';
import { fieldOf } from './schema.ts';
import { written } from './translations.ts';
import type { Row, Vals } from './types.ts';
import { toStored } from './values.ts';

/** `write()`: the same values on every record. */
export function writeRecords(orm: Orm, model: string, ids: number[], values: Vals): void {
  const rows = orm.rows(model, ids);
  for (const name of Object.keys(values)) {
    if (!fieldOf(model, name)) throw new PythonError('ValueError', `Invalid field '${name}' in '${model}'`);
  }
  const behaviour = orm.behaviour(model);
  const vals = behaviour.beforeWrite ? behaviour.beforeWrite(orm, rows, values) : values;
  for (const row of rows) update(orm, model, row, vals);
  for (const name of Object.keys(vals)) {
    const field = fieldOf(model, name);
    if (field?.type === 'one2many') linkChildren(orm, model, field, ids, Array(ids.length).fill(vals));
  }
  behaviour.written?.(orm, rows, vals);
  behaviour.validate?.(orm, ids, new Set(Object.keys(vals)));
}

function update(orm: Orm, model: string, row: Row, vals: Vals): void {
  const changed: Vals = {};
  for (const [name, value] of Object.entries(vals)) {
    const field = fieldOf(model, name);
    if (!field?.store || name === 'id' || field.type === 'one2many') continue;
    Object.assign(changed, written(orm.context, field, toStored(orm, model, field, value, row[name]), row));
  }
  const updated: Row = { ...row, ...changed, id: row.id, write_uid: orm.uid, write_date: now() };
  checkRow(orm, model, updated);
  orm.store.put(model, updated);
}

import { PythonError } from './faults.ts';
import { humanSize } from './images.ts';
import type { Orm } from './orm.ts';
import { fieldOf, fieldsOf } from './schema.ts';
import { type Field, Float, truthy, type Value, type Wire } from './types.ts';

/** `read()`: records that are gone are left out, as in Odoo. */
export function read(orm: Orm, model: string, ids: number[], names: string[], load = true): Wire[] {
  const wanted = names.length > 0 ? names : [...fieldsOf(model).keys()];
  const fields = wanted.map((name) => {
    const field = fieldOf(model, name);
    if (!field) throw new PythonError('ValueError', `Invalid field '${name}' on '${model}'`);
    return field;
  });
  const records: Wire[] = [];
  for (const id of ids) {
    const row = orm.row(model, id);
    if (!row) continue;
    const record: { [name: string]: Wire } = { id };
    for (const field of fields) record[field.name] = toWire(orm, field, orm.value(model, row, field.name), load);
    records.push(record);
  }
  return records;
}

function toWire(orm: Orm, field: Field, value: Value, load: boolean): Wire {
  switch (field.type) {
    case 'float':
    case 'monetary':
      return new Float(Number(value) || 0);
    case 'integer':
      return Number(value) || 0;
    case 'many2one':
      if (typeof value !== 'number') return false;
      return load ? [value, orm.displayName(field.relation ?? '', value)] : value;
    case 'binary':
      return typeof value === 'string' && truthy(orm.context.bin_size) ? humanSize(value) : (value as Wire);
    default:
      return value as Wire;
  }
}

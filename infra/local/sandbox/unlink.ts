import { SqlError } from './faults.ts';
import type { Orm } from './orm.ts';
import { requiredReferences } from './schema.ts';

/** `unlink()`: what belongs to the records goes with them, what needs them stops it. */
export function unlinkRecords(orm: Orm, model: string, ids: number[]): void {
  const rows = orm.rows(model, ids);
  const behaviour = orm.behaviour(model);
  behaviour.beforeUnlink?.(orm, rows);
  const gone = new Set(ids);
  for (const { model: other, field } of requiredReferences(model)) {
    const holders = [...orm.store.rows(other)].filter((row) => gone.has(Number(row[field.name])));
    if (holders.length === 0) continue;
    if (orm.behaviour(other).cascade?.includes(field.name)) {
      for (const holder of holders) remove(orm, other, holder.id);
    } else if (field.required || (field.name === 'product_id' && other === 'sale.order.line')) {
      throw new SqlError('foreign-key', other, field.name);
    } else {
      for (const holder of holders) orm.patch(other, holder.id, { [field.name]: false });
    }
  }
  for (const id of ids) remove(orm, model, id);
  behaviour.unlinked?.(orm, rows);
}

/** Odoo forgets a record's external ids with it: loading them again makes a new record. */
function remove(orm: Orm, model: string, id: number): void {
  orm.store.delete(model, id);
  orm.externalIds.forgetRecord(model, id);
}

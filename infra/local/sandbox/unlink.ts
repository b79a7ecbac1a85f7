import { SqlError, UserError } from './faults.ts';
import type { Orm } from './orm.ts';
import { requiredReferences } from './schema.ts';
import type { Row } from './types.ts';

/** `unlink()`: what belongs to the records goes with them, what needs them stops it. */
export function unlinkRecords(orm: Orm, model: string, ids: number[]): void {
  const rows = orm.rows(model, ids);
  const behaviour = orm.behaviour(model);
  const remove = (those: number[]) => removeRecords(orm, model, those);
  if (behaviour.unlink) behaviour.unlink(orm, rows, remove);
  else remove(ids);
}

/** Unlinks a record unless something needs it; says whether it is gone. */
export function tryUnlink(orm: Orm, unlink: () => void): boolean {
  const mark = orm.store.savepoint();
  try {
    unlink();
    return true;
  } catch (error) {
    if (!(error instanceof SqlError || error instanceof UserError)) throw error;
    orm.store.rollback(mark);
    return false;
  }
}

function removeRecords(orm: Orm, model: string, ids: number[]): void {
  const rows = orm.rows(model, ids);
  const behaviour = orm.behaviour(model);
  behaviour.beforeUnlink?.(orm, rows);
  for (const { model: other, field } of requiredReferences(model)) {
    const holders = holdersOf(orm, other, field.name, ids);
    if (holders.length === 0) continue;
    if (orm.behaviour(other).cascade?.includes(field.name)) {
      for (const holder of holders) forgetWithParts(orm, other, holder.id);
    } else if (field.required || (field.name === 'product_id' && other === 'sale.order.line')) {
      throw new SqlError('foreign-key', other, field.name);
    } else {
      for (const holder of holders) orm.patch(other, holder.id, { [field.name]: false });
    }
  }
  for (const id of ids) forget(orm, model, id);
  behaviour.unlinked?.(orm, rows);
}

/** The records of `model` whose `field` is one of `ids`: from the index if there is one. */
function holdersOf(orm: Orm, model: string, field: string, ids: number[]): Row[] {
  if (orm.store.lookup(model, field, 0)) {
    const holders = ids.flatMap((id) => [...(orm.store.lookup(model, field, id) ?? [])]);
    return orm.rows(model, holders);
  }
  const gone = new Set(ids);
  return [...orm.store.rows(model)].filter((row) => gone.has(Number(row[field])));
}

/** What is deleted along with something takes along what belongs to it. */
function forgetWithParts(orm: Orm, model: string, id: number): void {
  for (const { model: other, field } of requiredReferences(model)) {
    if (!orm.behaviour(other).cascade?.includes(field.name)) continue;
    for (const part of holdersOf(orm, other, field.name, [id])) forgetWithParts(orm, other, part.id);
  }
  forget(orm, model, id);
}

/** Odoo forgets a record's external ids with it: loading them again makes a new record. */
function forget(orm: Orm, model: string, id: number): void {
  orm.store.delete(model, id);
  orm.externalIds.forgetRecord(model, id);
}

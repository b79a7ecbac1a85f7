import { UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import type { Vals } from '../types.ts';
import type { Info } from './messages.ts';

/** A converted record on its way into the database. */
export interface Entry {
  externalId: string;
  vals: Vals;
  info: Info;
}

/** `_load_records`: known records are updated first, then the new ones are made in one batch, then all are named. */
export function loadRecords(orm: Orm, model: string, entries: Entry[]): number[] {
  const ids = new Map<Entry, number>();
  const names: { name: string; target: { model: string; id: number } }[] = [];
  const updates = entries.filter((entry) => {
    const id = existing(orm, model, entry);
    if (id) ids.set(entry, id);
    return id !== 0;
  });
  for (const entry of updates) update(orm, model, ids.get(entry) ?? 0, entry.vals);
  const fresh = entries.filter((entry) => !ids.has(entry));
  if (fresh.length > 0) {
    orm.allow(model, 'create');
    const made = orm.create(
      model,
      fresh.map((entry) => entry.vals),
    );
    fresh.forEach((entry, index) => {
      const id = made[index] ?? 0;
      ids.set(entry, id);
      names.push(...delegateName(orm, model, entry, id));
    });
  }
  for (const entry of entries) {
    if (entry.externalId) names.push({ name: entry.externalId, target: { model, id: ids.get(entry) ?? 0 } });
  }
  orm.externalIds.bind(names);
  return entries.map((entry) => ids.get(entry) ?? 0);
}

/** The id a record already has, or 0. A name whose record is gone is free again. */
function existing(orm: Orm, model: string, { externalId, vals }: Entry): number {
  if (!externalId) return Number(vals.id) || 0;
  const target = orm.externalIds.find(externalId);
  if (!target) return 0;
  if (target.model !== model) {
    throw new UserError(
      `For external id ${externalId} when trying to create/update a record of model ${model} ` +
        `found record of different model ${target.model} (${target.id})`,
    );
  }
  if (orm.row(model, target.id)) return target.id;
  orm.externalIds.forget(externalId);
  return 0;
}

function update(orm: Orm, model: string, id: number, vals: Vals): void {
  orm.allow(model, 'write');
  orm.write(model, [id], vals);
}

/** A variant's new template gets a name of its own, derived from the variant's. */
function delegateName(orm: Orm, model: string, { externalId, vals }: Entry, id: number) {
  const { delegate } = orm.behaviour(model);
  if (!delegate || !externalId || vals[delegate.field]) return [];
  const parent = Number(orm.row(model, id)?.[delegate.field]);
  const name = `${externalId}_${delegate.model.replaceAll('.', '_')}`;
  return [{ name, target: { model: delegate.model, id: parent } }];
}

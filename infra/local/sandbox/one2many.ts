import type { Orm } from './orm.ts';
import { isModel } from './schema.ts';
import { type Field, isStruct, truthy, type Vals } from './types.ts';

/** Carries out the one2many commands of a batch of records; all new children are made in one `create`. */
export function linkChildren(orm: Orm, model: string, field: Field, ids: number[], list: Vals[]): void {
  const { relation, relation_field: inverse } = field;
  if (!relation || !inverse || !isModel(relation)) return;
  const fresh: Vals[] = [];
  list.forEach((vals, index) => {
    const parent = ids[index];
    if (parent === undefined || vals[field.name] === undefined) return;
    fresh.push(...applyCommands(orm, { model, field, relation, inverse, parent }, vals));
  });
  if (fresh.length > 0) orm.create(relation, fresh);
}

interface Side {
  model: string;
  field: Field;
  relation: string;
  inverse: string;
  parent: number;
}

/** Applies what changes existing children and returns the values of those to make. */
function applyCommands(orm: Orm, { model, field, relation, inverse, parent }: Side, vals: Vals): Vals[] {
  const value = vals[field.name];
  // `False` clears: an order loaded with an empty line cell loses its lines.
  const commands = truthy(value) && Array.isArray(value) ? value : [[5, 0, 0]];
  const fresh: Vals[] = [];
  for (const command of commands) {
    if (!Array.isArray(command)) continue;
    const [code, id, rest] = command;
    const row = orm.row(model, parent);
    const current = row ? orm.withContext({ active_test: false }).children(row, field) : [];
    if (code === 0 && isStruct(rest)) fresh.push({ ...rest, [inverse]: parent });
    else if (code === 1 && isStruct(rest)) orm.write(relation, [Number(id)], rest);
    else if (code === 2 || code === 3) detach(orm, relation, inverse, [Number(id)]);
    else if (code === 4 && orm.row(relation, Number(id))?.[inverse] !== parent) {
      orm.write(relation, [Number(id)], { [inverse]: parent });
    } else if (code === 5) detach(orm, relation, inverse, current);
    else if (code === 6 && Array.isArray(rest)) {
      detach(
        orm,
        relation,
        inverse,
        current.filter((child) => !rest.includes(child)),
      );
    }
  }
  return fresh;
}

/** Children that cannot live alone go; the others only lose their parent. */
function detach(orm: Orm, relation: string, inverse: string, ids: number[]): void {
  if (ids.length === 0) return;
  if (orm.behaviour(relation).cascade?.includes(inverse)) orm.unlink(relation, ids);
  else orm.write(relation, ids, { [inverse]: false });
}

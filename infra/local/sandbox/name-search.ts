import type { Orm } from './orm.ts';
import { fieldOf } from './schema.ts';
import type { Value } from './types.ts';

/** `name_search()`: the ids that a text names. */
export function nameSearch(
  orm: Orm,
  model: string,
  name: string,
  domain: Value,
  operator = 'ilike',
  limit = 100,
): number[] {
  const behaviour = orm.behaviour(model);
  const base = Array.isArray(domain) ? domain : [];
  if (base.length === 0 && name) {
    const own = behaviour.name_search?.(orm, name, operator, limit);
    if (own) return own;
  }
  const fields = (behaviour.searchNames ?? ['name']).filter((field) => fieldOf(model, field));
  if (!name || fields.length === 0) return orm.search(model, base, { limit });
  const anyOf: Value[] = [...Array(fields.length - 1).fill('|'), ...fields.map((field) => [field, operator, name])];
  return orm.search(model, [...base, ...anyOf], { limit });
}

import { compile, type Leaf, leaves, type Node, parseDomain } from './domain.ts';
import { PythonError, UserError } from './faults.ts';
import type { Orm } from './orm.ts';
import { fieldOf, isModel } from './schema.ts';
import { type Row, truthy, type Value } from './types.ts';

export interface SearchOptions {
  order?: string | undefined;
  offset?: number | undefined;
  limit?: number | undefined;
}

/** Ids of the records that a domain selects. Archived ones are left out unless the domain or the context asks. */
export function search(orm: Orm, model: string, domain: Value, options: SearchOptions = {}): number[] {
  const node = parseDomain(domain);
  const test = compile(orm, model, node);
  const hideArchived =
    fieldOf(model, 'active') !== undefined &&
    orm.context.active_test !== false &&
    !leaves(node).some((leaf) => leaf.field === 'active');
  const found: number[] = [];
  for (const row of candidates(orm, model, node)) {
    if (hideArchived && !truthy(row.active)) continue;
    if (test(row)) found.push(row.id);
  }
  const sorted = sortIds(orm, model, found, options.order);
  const from = options.offset ?? 0;
  return sorted.slice(from, options.limit ? from + options.limit : undefined);
}

/** The rows worth testing. */
function candidates(orm: Orm, model: string, node: Node): Iterable<Row> {
  const ids = narrowed(orm, model, node);
  if (ids === undefined) return orm.store.rows(model);
  return [...new Set(ids)].map((id) => orm.row(model, id)).filter((row) => row !== undefined);
}

/** Ids of which those that fulfil the condition are some, if indexes tell. */
function narrowed(orm: Orm, model: string, node: Node): number[] | undefined {
  if (!('op' in node)) return indexed(orm, model, node);
  if (node.op === '!') return undefined;
  const parts = node.nodes.map((each) => narrowed(orm, model, each));
  if (node.op === '&') return parts.find((ids) => ids !== undefined);
  return parts.some((ids) => ids === undefined) ? undefined : parts.flatMap((ids) => ids ?? []);
}

function indexed(orm: Orm, model: string, { field, operator, value }: Leaf): number[] | undefined {
  if (operator !== '=' && operator !== 'in') return undefined;
  const keys = Array.isArray(value) ? value : [value];
  const usable = keys.every((key) => (typeof key === 'number' && key !== 0) || (typeof key === 'string' && key !== ''));
  if (!usable) return undefined;
  if (field === 'id') return keys.map(Number);
  if (fieldOf(model, field)?.relation && keys.some((key) => typeof key === 'string')) return undefined;
  const ids: number[] = [];
  for (const key of keys) {
    const hits = orm.store.lookup(model, field, key as string | number);
    if (!hits) return undefined;
    ids.push(...hits);
  }
  return ids;
}

const ORDER = /^(\s*([a-z0-9:_]+|"[a-z0-9:_]+")(\.id)?(\s+(desc|asc))?(\s+nulls\s+(first|last))?\s*(,|$))+(?<!,)$/i;

/** Sorts as PostgreSQL does: empty values last, or first when descending; relations by their model's own order. */
export function sortIds(orm: Orm, model: string, ids: number[], order: string | undefined): number[] {
  const spec = order || orm.behaviour(model).order || 'id';
  if (!ORDER.test(spec)) {
    throw new UserError(
      `Invalid "order" specified (${spec}). A valid "order" specification is a comma-separated list of valid field ` +
        'names (optionally followed by asc/desc for the direction)',
    );
  }
  const terms = termsOf(model, spec);
  const keyed = ids.map((id) => ({ id, key: rowKey(orm, model, orm.row(model, id), terms) }));
  keyed.sort((a, b) => compareKeys(a.key, b.key));
  return keyed.map(({ id }) => id);
}

interface Term {
  name: string;
  sign: 1 | -1;
}

/** What a record sorts by; that of a many2one is the key of its target, which sorts by its own model's order. */
type Key = string | number | null | { key: Key; sign: 1 | -1 }[];

function termsOf(model: string, spec: string): Term[] {
  return spec.split(',').map((term) => {
    const [name = '', direction = 'asc'] = term.trim().split(/\s+/);
    if (!fieldOf(model, name)) throw new PythonError('ValueError', `Invalid field '${name}' on model '${model}'`);
    return { name, sign: direction.toLowerCase() === 'desc' ? -1 : 1 };
  });
}

const rowKey = (orm: Orm, model: string, row: Row | undefined, terms: Term[]): Key =>
  row ? terms.map(({ name, sign }) => ({ key: sortKey(orm, model, row, name), sign })) : null;

function sortKey(orm: Orm, model: string, row: Row, name: string): Key {
  const value = orm.value(model, row, name);
  const field = fieldOf(model, name);
  if (field?.type === 'many2one' && field.relation && isModel(field.relation)) {
    const order = orm.behaviour(field.relation).order ?? 'id';
    return rowKey(orm, field.relation, orm.row(field.relation, value), termsOf(field.relation, order));
  }
  if (typeof value === 'boolean') return field?.type === 'boolean' ? Number(value) : null;
  return typeof value === 'number' || typeof value === 'string' ? value : null;
}

function compareKeys(a: Key, b: Key): number {
  if (Array.isArray(a) && Array.isArray(b)) {
    for (const [index, { key, sign }] of a.entries()) {
      const difference = sign * compareKeys(key, b[index]?.key ?? null);
      if (difference !== 0) return difference;
    }
    return 0;
  }
  if (a === null || b === null) return a === b ? 0 : a === null ? 1 : -1;
  return a < b ? -1 : a > b ? 1 : 0;
}

import { keyMethods } from './api-keys.ts';
import { bindArguments, required } from './arguments.ts';
import { PythonError, repr } from './faults.ts';
import { load } from './load/load.ts';
import { metadata } from './metadata.ts';
import { nameSearch } from './name-search.ts';
import { Orm } from './orm.ts';
import { read } from './read.ts';
import { defaultsOf, fieldsOf } from './schema.ts';
import type { SearchOptions } from './search.ts';
import { asIds, type Context, isStruct, truthy, type Vals, type Value, type Wire } from './types.ts';

interface Call {
  orm: Orm;
  model: string;
  args: Value[];
  kwargs: Context;
}

type Method = (call: Call) => Wire;

const strings = (value: Value | undefined): string[] => (Array.isArray(value) ? value.map(String) : []);

const window = (bound: Record<string, Value | undefined>): SearchOptions => ({
  order: truthy(bound.order) ? String(bound.order) : undefined,
  offset: Number(bound.offset) || 0,
  limit: Number(bound.limit) || undefined,
});

/** Methods called on the model itself (`@api.model`). */
const modelMethods: Record<string, Method> = {
  search({ orm, model, args, kwargs }) {
    orm.allow(model, 'read');
    const bound = bindArguments('search', ['domain', 'offset', 'limit', 'order'], args, kwargs);
    return orm.search(model, required('search', bound, 'domain'), window(bound));
  },
  search_read({ orm, model, args, kwargs }) {
    orm.allow(model, 'read');
    const bound = bindArguments('search_read', ['domain', 'fields', 'offset', 'limit', 'order', 'load'], args, kwargs);
    const ids = orm.search(model, bound.domain || [], window(bound));
    // `active_test` is for the search alone: what is read hides archived lines and contacts as always.
    const { active_test: _, ...context } = orm.context;
    return read(new Orm(orm.session, context), model, ids, strings(bound.fields), bound.load !== null);
  },
  search_count({ orm, model, args, kwargs }) {
    orm.allow(model, 'read');
    const bound = bindArguments('search_count', ['domain', 'limit'], args, kwargs);
    return orm.search(model, required('search_count', bound, 'domain'), window(bound)).length;
  },
  create({ orm, model, args, kwargs }) {
    orm.allow(model, 'create');
    const bound = bindArguments('create', ['vals_list'], args, kwargs);
    const vals = required('create', bound, 'vals_list');
    const ids = orm.create(model, structs(vals));
    // Records that came back instead of new ones are listed once.
    return isStruct(vals) ? (ids[0] ?? false) : [...new Set(ids)];
  },
  load({ orm, model, args, kwargs }) {
    const bound = bindArguments('load', ['fields', 'data'], args, kwargs);
    const data = required('load', bound, 'data');
    const rows = (Array.isArray(data) ? data : []).map((row) => (Array.isArray(row) ? row : []));
    return { ...load(orm, model, strings(required('load', bound, 'fields')), rows) };
  },
  fields_get({ model, args, kwargs }) {
    const bound = bindArguments('fields_get', ['allfields', 'attributes'], args, kwargs);
    const [only, attributes] = [strings(bound.allfields), strings(bound.attributes)];
    const answer: Record<string, Wire> = {};
    for (const [name, field] of fieldsOf(model)) {
      if (only.length > 0 && !only.includes(name)) continue;
      const shown = Object.entries(field).filter(([key]) => attributes.length === 0 || attributes.includes(key));
      answer[name] = Object.fromEntries(shown) as Wire;
    }
    return answer;
  },
  name_search({ orm, model, args, kwargs }) {
    orm.allow(model, 'read');
    const bound = bindArguments('name_search', ['name', 'domain', 'operator', 'limit'], args, kwargs);
    const operator = String(bound.operator ?? 'ilike');
    const ids = nameSearch(
      orm,
      model,
      String(bound.name || ''),
      bound.domain ?? [],
      operator,
      Number(bound.limit ?? 100),
    );
    return ids.map((id) => [id, orm.displayName(model, id)]);
  },
  default_get({ model, args, kwargs }) {
    const bound = bindArguments('default_get', ['fields'], args, kwargs);
    const names = strings(required('default_get', bound, 'fields'));
    return Object.fromEntries(Object.entries(defaultsOf(model)).filter(([name]) => names.includes(name))) as Wire;
  },
  check_access_rights({ orm, model, args, kwargs }) {
    const bound = bindArguments('check_access_rights', ['operation', 'raise_exception'], args, kwargs);
    const operation = required('check_access_rights', bound, 'operation') as 'read';
    if (bound.raise_exception === false) return orm.denial(model, operation) === undefined;
    // Allowed: Odoo 19 returns None here, which XML-RPC cannot carry.
    orm.allow(model, operation);
    return null;
  },
};

/** Methods whose first argument is the ids of the records. */
const recordMethods: Record<string, (call: Call, ids: number[]) => Wire> = {
  read({ orm, model, args, kwargs }, ids) {
    orm.allow(model, 'read');
    const bound = bindArguments('read', ['fields', 'load'], args, kwargs);
    return read(orm, model, ids, strings(bound.fields), bound.load !== null && bound.load !== '');
  },
  write({ orm, model, args, kwargs }, ids) {
    orm.allow(model, 'write');
    const vals = required('write', bindArguments('write', ['vals'], args, kwargs), 'vals');
    if (isStruct(vals)) orm.write(model, ids, vals);
    return true;
  },
  unlink({ orm, model }, ids) {
    orm.allow(model, 'unlink');
    orm.unlink(model, ids);
    return true;
  },
  get_metadata: ({ orm, model }, ids) => metadata(orm, model, ids),
  has_access({ orm, model, args, kwargs }) {
    const operation = required('has_access', bindArguments('has_access', ['operation'], args, kwargs), 'operation');
    return orm.denial(model, String(operation)) === undefined;
  },
  action_archive({ orm, model }, ids) {
    orm.write(model, ids, { active: false });
    return true;
  },
  action_unarchive({ orm, model }, ids) {
    orm.write(model, ids, { active: true });
    return true;
  },
};

/** `ir.model.data` answers one question to everyone: what an external id stands for. */
function checkObjectReference({ orm, args, kwargs }: Call): Wire {
  const bound = bindArguments('check_object_reference', ['module', 'xml_id', 'raise_on_access_error'], args, kwargs);
  const name = `${bound.module}.${bound.xml_id}`;
  const target = orm.externalIds.find(name);
  if (!target) throw new PythonError('ValueError', `External ID not found in the system: ${name}`);
  if (orm.withContext({ active_test: true }).search(target.model, [['id', '=', target.id]]).length > 0) {
    return [target.model, target.id];
  }
  return [target.model, false];
}

/** Whose keys are meant is said by the login. */
function callKeys({ orm, args, kwargs }: Call, name: string): Wire | undefined {
  const method = own(keyMethods, name);
  return method?.run(orm, bindArguments(name, method.names, args, kwargs));
}

/** Methods of one model alone (`@api.model`). */
const special: Readonly<Record<string, Readonly<Record<string, Method>>>> = {
  'ir.model.data': { check_object_reference: checkObjectReference },
  'res.users': {
    context_get: ({ orm: { session } }) => ({ lang: 'en_US', tz: false, uid: session.uid }),
  },
  'res.users.apikeys': {
    generate: (call) => callKeys(call, 'generate') ?? false,
    revoke: (call) => callKeys(call, 'revoke') ?? false,
  },
};

const methodOfModel = (model: string, name: string): Method | undefined =>
  own(special[model] ?? {}, name) ?? own(modelMethods, name);

/** Whether a method is called on the model itself rather than on records. */
export const isOfModel = (model: string, name: string): boolean => methodOfModel(model, name) !== undefined;

/** Runs a public method; undefined when the model has none of that name. */
export function callMethod(call: Call, name: string): Wire | undefined {
  const { orm, model, args, kwargs } = call;
  const ofModel = methodOfModel(model, name);
  if (ofModel) return ofModel(call);
  const ofRecords = own(recordMethods, name);
  const ofThese = own(orm.behaviour(model).methods ?? {}, name);
  if (!ofRecords && !ofThese) return undefined;
  if (args.length === 0) throw new PythonError('IndexError', 'list index out of range');
  const ids = asIds(args[0]);
  const rest = args.slice(1);
  return ofThese ? ofThese(orm, ids, rest, kwargs) : ofRecords?.({ ...call, args: rest }, ids);
}

const own = <T>(methods: Record<string, T>, name: string): T | undefined =>
  Object.hasOwn(methods, name) ? methods[name] : undefined;

function structs(value: Value): Vals[] {
  if (isStruct(value)) return [value];
  if (Array.isArray(value) && value.every(isStruct)) return value;
  throw new PythonError('TypeError', `vals_list must be a dict or a list of dicts, not ${repr(value)}`);
}

import type { Value } from '../client.ts';
import type { Call } from '../vocabulary/index.ts';

/** What the arguments of methods on the model itself are called, in their order. */
const ofModel: Readonly<Record<string, readonly string[]>> = {
  search_read: ['domain', 'fields', 'offset', 'limit', 'order'],
  search_count: ['domain'],
  create: ['vals_list'],
  load: ['fields', 'data'],
  fields_get: ['allfields', 'attributes'],
  check_access_rights: ['operation', 'raise_exception'],
  context_get: [],
  generate: ['key', 'scope', 'name', 'expiration_date'],
  revoke: ['key'],
};

/** The same of methods on records, after the ids. Those that are not listed take nothing but ids. */
const ofRecords: Readonly<Record<string, readonly string[]>> = {
  read: ['fields'],
  write: ['vals'],
};

/** A call with every argument named, as JSON-2 wants it. */
export function namedArguments({ model, method, args, kwargs }: Call): Record<string, Value | undefined> {
  const names = ofModel[method] ?? ['ids', ...(ofRecords[method] ?? [])];
  if (args.length > names.length) throw new Error(`${model}.${method} has ${args.length} arguments, and not all named`);
  return { ...Object.fromEntries(args.map((value, position) => [names[position], value])), ...kwargs };
}

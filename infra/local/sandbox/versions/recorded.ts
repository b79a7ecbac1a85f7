import { readFileSync } from 'node:fs';
import { fieldOf, fieldsOf } from '../schema.ts';
import type { Field, Wire } from '../types.ts';

/** The versions that the sandbox can play besides its own, 19. */
export const olderVersions = [16, 17, 18] as const;
export type OlderVersion = (typeof olderVersions)[number];

/** What `record-older.ts` has recorded of a version. */
export interface Recorded {
  /** What it tells about itself without a login. */
  version: { [key: string]: Wire };
  /** A field as this version has it; undefined: it has none of that name. */
  field(model: string, name: string): Field | undefined;
  /** All fields of a model that the sandbox knows of this version. */
  fields(model: string): Field[];
}

export function recordedOf(version: OlderVersion): Recorded {
  const file = new URL(`../recorded/odoo-${version}.0.json`, import.meta.url);
  const { version: told, ...entries } = JSON.parse(readFileSync(file, 'utf8')) as Record<string, false | object> & {
    version: { [key: string]: Wire };
  };
  const own = new Map<string, Map<string, Field | undefined>>();
  for (const [path, definition] of Object.entries(entries)) {
    const [model = '', name = ''] = path.split('/');
    const fields = own.get(model) ?? new Map<string, Field | undefined>();
    own.set(model, fields.set(name, definition === false ? undefined : ({ ...definition, name } as Field)));
  }
  const field = (model: string, name: string) => {
    const fields = own.get(model);
    return fields?.has(name) ? fields.get(name) : fieldOf(model, name);
  };
  return {
    version: told,
    field,
    fields: (model) =>
      [...new Set([...fieldsOf(model).keys(), ...(own.get(model)?.keys() ?? [])])].flatMap(
        (name) => field(model, name) ?? [],
      ),
  };
}

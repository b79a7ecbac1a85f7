import { readFileSync } from 'node:fs';
import type { Field, Row, Vals } from './types.ts';

const recorded = <T>(name: string): T =>
  JSON.parse(readFileSync(new URL(`./recorded/${name}.json`, import.meta.url), 'utf8')) as T;

const models = new Map<string, Map<string, Field>>();
for (const [path, definition] of Object.entries(recorded<Record<string, Omit<Field, 'name'>>>('fields'))) {
  const [model = '', name = ''] = path.split('/');
  const fields = models.get(model) ?? new Map<string, Field>();
  models.set(model, fields.set(name, { ...definition, name }));
}

const defaults = recorded<Record<string, Vals>>('defaults');
const access = recorded<Record<string, string>>('access');

const integer = (name: string, string: string): Field => ({
  ...{ name, string, type: 'integer', required: false, readonly: true, store: true },
});
for (const fields of models.values()) if (!fields.has('id')) fields.set('id', integer('id', 'ID'));

export const isModel = (model: string): boolean => models.has(model) || model === 'ir.model.data';

export const fieldsOf = (model: string): ReadonlyMap<string, Field> => models.get(model) ?? new Map();

export const fieldOf = (model: string, name: string): Field | undefined => models.get(model)?.get(name);

/** `default_get` of the recorded database. */
export const defaultsOf = (model: string): Vals => defaults[model] ?? {};

/** The text of the access error that stops the connector's user, or undefined when it may. */
export const denial = (model: string, operation: string): string | undefined => access[`${model}/${operation}`];

/** The records of a fresh database. */
export const baseRecords = (): [model: string, row: Row][] => recorded('records');

export const baseExternalIds = (): [xmlid: string, target: [string, number]][] =>
  Object.entries(recorded<Record<string, [string, number]>>('external-ids'));

/** Every one2many among the known models, as the many2one it is the inverse of. */
export function inverses(): { model: string; field: string }[] {
  const found: { model: string; field: string }[] = [];
  for (const fields of models.values()) {
    for (const { type, relation, relation_field: field } of fields.values()) {
      if (type === 'one2many' && relation && field && models.has(relation)) found.push({ model: relation, field });
    }
  }
  return found;
}

const references = new Map<string, { model: string; field: Field }[]>();

/** Who points at `model` with a required many2one: such a record stops its target from being deleted. */
export function requiredReferences(target: string): { model: string; field: Field }[] {
  const known = references.get(target);
  if (known) return known;
  const found: { model: string; field: Field }[] = [];
  for (const [model, fields] of models) {
    for (const field of fields.values()) {
      if (field.type === 'many2one' && field.relation === target && field.store) found.push({ model, field });
    }
  }
  references.set(target, found);
  return found;
}

/** A value as it travels: what XML-RPC can carry, and what a table holds. `false` stands for "empty", as in Odoo. */
export type Value = string | number | boolean | null | Value[] | { [key: string]: Value };

/** Field values on their way into a record. */
export type Vals = Record<string, Value>;

/** A stored record. Rows are never changed in place: a write puts a new row. */
export interface Row {
  readonly id: number;
  readonly [field: string]: Value;
}

export type Context = Record<string, Value>;

/** A number that must travel as `<double>`, even when it is whole. */
export class Float {
  readonly value: number;
  constructor(value: number) {
    this.value = value;
  }
}

/** A value on its way out, with floats marked. */
export type Wire = string | number | boolean | null | Float | Wire[] | { [key: string]: Wire };

/** One field as `fields_get` describes it. */
export interface Field {
  readonly name: string;
  readonly type: string;
  readonly string: string;
  readonly required: boolean;
  readonly readonly: boolean;
  readonly store: boolean;
  readonly relation?: string;
  readonly relation_field?: string;
  readonly selection?: readonly (readonly [string, string])[];
  readonly digits?: readonly [number, number] | false;
  readonly translate?: boolean;
}

/** What Python calls true. */
export const truthy = (value: Value | undefined): boolean =>
  Array.isArray(value) ? value.length > 0 : value !== '' && Boolean(value);

export const isStruct = (value: Value | undefined): value is { [key: string]: Value } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

export const asIds = (value: Value | undefined): number[] => {
  if (Array.isArray(value)) return value.map(Number);
  return value ? [Number(value)] : [];
};

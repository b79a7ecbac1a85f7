import type { Orm } from './orm.ts';
import type { Context, Row, Vals, Value, Wire } from './types.ts';

/** Arguments of a model's own method: the ids it is called on, then what the client passed. */
export type ModelMethod = (orm: Orm, ids: number[], args: Value[], kwargs: Context) => Wire | undefined;

/** What a model does beyond keeping its fields. Everything is optional: an empty object is a plain table. */
export interface Behaviour {
  /** `_order`. */
  order?: string;
  /** `_rec_names_search`: where `name_search` looks. */
  searchNames?: string[];
  displayName?(orm: Orm, row: Row): string;
  /** Fields that are worked out when read. */
  computed?: Record<string, (orm: Orm, row: Row) => Value>;
  /** Fields not stored here are read from the record this many2one points at (`_inherits`). */
  delegate?: { field: string; model: string };
  /** Before a record is made, with the client's values; returns the values to use. */
  prepare?(orm: Orm, vals: Vals): Vals;
  /** The record that takes the place of one to be made, if Odoo would rather bring an old one back. */
  reuse?(orm: Orm, vals: Vals): number | undefined;
  /** Fills what is still empty, with converted values. */
  complete?(orm: Orm, vals: Vals): Vals;
  /** After a batch of records and their lines exist. */
  created?(orm: Orm, ids: number[], given: Vals[]): void;
  beforeWrite?(orm: Orm, rows: Row[], vals: Vals): Vals;
  written?(orm: Orm, before: Row[], vals: Vals): void;
  /** Replaces the deletion; `remove` is the plain one. */
  unlink?(orm: Orm, rows: Row[], remove: (ids: number[]) => void): void;
  beforeUnlink?(orm: Orm, rows: Row[]): void;
  /** After records and what belongs to them are gone. */
  unlinked?(orm: Orm, rows: Row[]): void;
  /** CHECK constraints of the table: the message of the one that a row violates. */
  check?(row: Row): string | undefined;
  /** `@api.constrains`, after a batch is written. */
  validate?(orm: Orm, ids: number[], fields: Set<string>): void;
  /** One2many fields that never show archived records. */
  activeOnly?: string[];
  /** Many2one fields whose target takes this record along when deleted. */
  cascade?: string[];
  methods?: Record<string, ModelMethod>;
  name_search?(orm: Orm, name: string, operator: string, limit: number): number[] | undefined;
}

/**
 * The language in which an entity is declared. A declaration says what a record is in Odoo; how it
 * gets there is the engine's business.
 */
import type { ZodType } from 'zod';
import type { ConnectorError, ErrorCode } from '../errors/index.ts';
import type { Domain, Odoo, OdooRecord } from '../odoo/client.ts';
import type { ConnectionSettings } from '../store/connections.ts';
import type { RecordKey } from '../store/mappings.ts';

export type { OdooRecord };

/** What a declaration may know besides the snapshot. */
export interface SyncContext {
  connection: string;
  settings: ConnectionSettings;
  /** Places after the point that this Odoo keeps of a line's unit price; undefined: it does not round. */
  priceDigits: number | undefined;
}

/** The Odoo record of another store record. */
export interface Reference extends RecordKey {
  readonly kind: 'reference';
}

/** A field that points at one record; without a reference the field is emptied. */
export interface One {
  readonly kind: 'one';
  readonly to: Reference | undefined;
}

/** A field that points at several records, and at no others. */
export interface Many {
  readonly kind: 'many';
  readonly to: readonly Reference[];
}

/** Child records that live and die with their parent, e.g. an order's lines. */
export interface Children {
  readonly kind: 'children';
  /** `key` tells a child from its siblings, over all versions of the snapshot. */
  readonly rows: readonly { key: string; values: Readonly<Record<string, Plain | One | Many>> }[];
}

/**
 * Numbers travel as text (`"12.50"`), dates as `YYYY-MM-DD HH:MM:SS` in UTC; null clears the field.
 */
export type Plain = string | boolean | number | null;
export type Cell = Plain | One | Many | Children;

/** Another record that must be in Odoo first. */
export interface Need extends RecordKey {
  /** What to make it of if it is in Odoo nowhere; absent: it must be mapped, or found by its own rules. */
  snapshot?: unknown;
  /** Used if it is mapped, and nothing is done for it if not. */
  ifMapped?: true;
}

/**
 * How to find a record that exists in Odoo. All rules and records of a batch are one search; the
 * rule named first wins.
 */
export interface MatchRule<S> {
  /** Odoo field that is searched, may be a path (`currency_id.name`). */
  field: string;
  /**
   * Value to look for; undefined: this rule does not apply to the record. A reference stands for the
   * Odoo record it resolves to; while that one does not exist, nothing can be found.
   */
  value: (snapshot: S, recordId: string) => string | number | Reference | undefined;
  /** Further conditions on the Odoo record. */
  scope?: Domain;
  /** Whether archived records are found too, after the others; default: yes. */
  archived?: boolean;
  /** Further fields to read for `key` and `accept`. */
  reads?: readonly string[];
  /** The found record's value to compare with; default: the field's own (a record's id for a relation). */
  key?: (found: OdooRecord) => unknown;
  /** Looks closer at what was found. */
  accept?: (found: OdooRecord, snapshot: S, resolve: (reference: Reference) => number | undefined) => boolean;
}

/** Undefined: the field is left as it is. */
export type FieldRule<S> = (snapshot: S, context: SyncContext) => Cell | undefined;

/** Nothing is ever deleted in Odoo: what is in use there stays, what is not can be deleted by hand. */
export type DeletePolicy = 'archive' | 'keep' | 'cancel';

/** A step towards the state that a record shall reach, for a group of records at once. */
export interface Step<S> {
  name: string;
  /** Whether the record, in the state Odoo holds it, still needs the step. */
  due: (record: Settling<S>, context: SyncContext) => boolean;
  /** Performs the step for all: all or none of them. May change `record.odoo` to what it became. */
  run: (records: readonly Settling<S>[], tools: StepTools) => Promise<void>;
}

/** A record on its way to the state it shall reach. */
export interface Settling<S> {
  recordId: string;
  snapshot: S;
  odooId: number;
  /** What Odoo holds, by the fields in `lifecycle.reads`. */
  odoo: OdooRecord;
  /** Kept with the mapping. */
  details: Record<string, unknown>;
}

export interface StepTools {
  odoo: Odoo;
  context: SyncContext;
  /** Database id of a record that the declaration needs. */
  resolve: (reference: Reference) => number;
  /** The same for one that is only used if it is mapped. */
  find: (reference: Reference) => number | undefined;
  /** External id of a child of a record. */
  childId: (recordId: string, child: string) => string;
}

export interface Lifecycle<S> {
  /** Fields read once, before the first step. */
  reads: readonly string[];
  /** Refuses a record in the state Odoo holds it. */
  check?: (record: Settling<S>, context: SyncContext) => ConnectorError | undefined;
  steps: readonly Step<S>[];
}

/** What to do with a known record whose content changed. */
export interface Revision<S> {
  /** Fields to read before. */
  reads: readonly string[];
  /** Of a record that was refused before: whether somebody has put it right in Odoo, so that it stays as it is. */
  accept?: (found: OdooRecord, snapshot: S) => boolean;
  /** An error: the record must stay as it is. Else children to remove, which are then made anew. */
  decide: (found: OdooRecord, snapshot: S) => ConnectorError | { children: { model: string; ids: readonly number[] } };
}

export interface EntityDeclaration<S> {
  name: string;
  /** For people, singular: `Customer`. */
  label: string;
  /** Odoo model, e.g. `res.partner`. */
  model: string;
  /** `events`: the store sends events of it, it has a queue; `carried`: only ever part of another record's snapshot. */
  source: 'events' | 'carried';
  /** `false`: never made, only found in Odoo. */
  creates?: false;
  /** What is archived in Odoo is brought back when it is needed. */
  activates?: true;
  snapshot: ZodType<S>;
  /** The record's name, for people. */
  title: (snapshot: S, recordId: string) => string;
  /**
   * What makes it one Odoo record; where this changes, another Odoo record is meant and the former
   * stays as it is. Default: the record id.
   */
  identity?: (snapshot: S, recordId: string) => string;
  /** Other record ids under which the same Odoo record is to be found. */
  aliases?: (snapshot: S, recordId: string) => readonly string[];
  match: readonly MatchRule<S>[];
  /** Several store records may be one Odoo record, which is then never written to. */
  shared?: true;
  /** When the store deletes the record; `keep` leaves Odoo's as it is. Default: `archive`, or `keep` if shared. */
  onDelete?: DeletePolicy;
  /** If Odoo has none and none may be made: the error's code, or `empty` to leave the field empty. */
  missing?: ErrorCode | 'empty';
  needs?: (snapshot: S, recordId: string, context: SyncContext) => readonly Need[];
  /** Records that are part of this snapshot and are synced along, after it. */
  carries?: (snapshot: S, recordId: string) => readonly (Need & { snapshot: unknown })[];
  fields: Readonly<Record<string, FieldRule<S>>>;
  /** The part of the snapshot that the fields are made of; default: all of it. */
  content?: (snapshot: S) => unknown;
  revision?: Revision<S>;
  lifecycle?: Lifecycle<S>;
}

/** A declaration of any entity: the engine parses each snapshot by the schema it stands beside. */
export type AnyEntity = EntityDeclaration<unknown>;

/** Declares an entity; the snapshot's type is inferred from its schema. */
export function defineEntity<S>(declaration: EntityDeclaration<S>): AnyEntity {
  // A function of S is no function of unknown; sound here, because nothing reaches the declaration's
  // functions but what its own schema has parsed.
  return declaration as unknown as AnyEntity;
}

export const reference = (entity: string, recordId: string): Reference => ({ kind: 'reference', entity, recordId });

export const one = (to: Reference | undefined): One => ({ kind: 'one', to });
export const many = (to: readonly Reference[]): Many => ({ kind: 'many', to });
export const children = (rows: Children['rows']): Children => ({ kind: 'children', rows });

/** The entities, in the order in which they depend on each other. */
export type Registry = readonly AnyEntity[];

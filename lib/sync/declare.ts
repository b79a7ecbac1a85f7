/**
 * The language in which an entity is declared. A declaration says what a record is in Odoo; how it
 * gets there is the engine's business.
 */
import type { ZodType } from 'zod';
import type { ConnectorError, ErrorCode } from '../errors/index.ts';
import type { Domain, OdooRecord } from '../odoo/client.ts';
import type { Dialect } from '../odoo/dialect.ts';
import type { ConnectionSettings, DeletePolicy } from '../store/connections.ts';
import type { RecordKey } from '../store/mappings.ts';
import type { Cell, One, Reference } from './cells.ts';
import type { Lifecycle } from './lifecycle.ts';

export * from './cells.ts';
export { odooLanguage } from './languages.ts';
export type * from './lifecycle.ts';
export type { DeletePolicy, OdooRecord };

/** What a declaration may know besides the snapshot. */
export interface SyncContext {
  connection: string;
  /** The bulk run that the batch is a page of. */
  run?: string;
  /** The runs that were asked for together with it. */
  group?: string;
  settings: ConnectionSettings;
  dialect: Dialect;
  /** Throws LANE_LOST once somebody else may have taken the lane: what was read under it may be true no more. */
  ensureLane?: () => void;
  /** Has the stock of products, by their record ids, counted again the next time that the store tells of them. */
  recountLater?: (productIds: readonly string[]) => Promise<void>;
}

/** The database id of a record that is in Odoo already. */
export type Resolve = (reference: Reference) => number | undefined;

/** Another record that must be in Odoo first. */
export interface Need extends RecordKey {
  /** What to make it of if it is in Odoo nowhere; absent: it must be mapped, or found by its own rules. */
  snapshot?: unknown;
  /** Used if it is mapped, and nothing is done for it if not. */
  ifMapped?: true;
  /** Needed only where the record itself must be made. */
  toMake?: true;
}

/** A record that is part of another one's snapshot. */
export type Part = Need & { snapshot: unknown };

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
  /**
   * Odoo makes it along with the record that `value` refers to: looked for only when that one is there,
   * and never anybody else's.
   */
  bornWith?: true;
  /** Further conditions on the Odoo record. */
  scope?: Domain;
  /** Whether archived records are found too, after the others; default: yes. */
  archived?: boolean;
  /** Further fields to read, for `key` and `accept`; what holds a field's value already is not written again. */
  reads?: readonly string[];
  /** The found record's value to compare with; default: the field's own (a record's id for a relation). */
  key?: (found: OdooRecord) => unknown;
  /** Looks closer at what was found. */
  accept?: (found: OdooRecord, snapshot: S, look: { resolve: Resolve; context: SyncContext }) => boolean;
}

/** Undefined: the field is left as it is. */
export type FieldRule<S> = (snapshot: S, context: SyncContext, recordId: string) => Cell | undefined;
export type FieldRules<S> = Readonly<Record<string, FieldRule<S>>>;

/** A child that stays, and what it keeps of its own whatever the snapshot says. */
export interface KeptChild {
  id: number;
  values?: Readonly<Record<string, One>>;
}

/** What becomes of the children of a known record whose content changed. */
export interface Revised {
  /** Nothing is written this time: with the state that it shall reach, its content no longer matters. */
  stays?: true;
  /** Those that stay, by the key of their row. Absent: all that the snapshot has are made anew. */
  kept?: ReadonlyMap<string, KeptChild>;
  /** Those that are deleted. */
  removed?: readonly number[];
  /** Those that cannot be deleted any more, and what is written to them instead. */
  emptied?: { ids: readonly number[]; values: Readonly<Record<string, string | number>> };
  /** Fields of the record that are not written this time. */
  omitted?: readonly string[];
}

/** What to look at in Odoo before a known record is written, because its content changed. */
export interface Revision<S> {
  /** Fields to read before. */
  reads: readonly string[];
  /** Children to read along with those records that `when` says so of. */
  children: {
    field: string;
    model: string;
    reads: readonly string[];
    when: (found: OdooRecord) => boolean;
    /**
     * A child is only deleted if one of the records in its `field` is a record of the store: others were
     * added in Odoo and stay.
     */
    ours?: { field: string; model: string; entity: string };
  };
  /** Of a record that was refused before: whether somebody has put it right in Odoo, so that it stays as it is. */
  accept?: (found: OdooRecord, snapshot: S) => boolean;
  /** An error: the record must stay as it is. */
  revise: (
    record: { found: OdooRecord; children: readonly OdooRecord[]; snapshot: S },
    tools: { context: SyncContext; resolve: Resolve },
  ) => ConnectorError | Revised;
}

export interface EntityDeclaration<S> {
  name: string;
  /** For people, singular: `Customer`. */
  label: string;
  /** Odoo model, e.g. `res.partner`. Empty: Odoo has no such record, only its name is remembered. */
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
  /** It is a person: failures and log say its ids and nothing else of it. */
  personal?: true;
  /**
   * What makes it one Odoo record; where this changes, another Odoo record is meant and the former
   * stays as it is. Default: the record id.
   */
  identity?: (snapshot: S, recordId: string, context: SyncContext) => string;
  /** Where the identity changes, the former Odoo record is treated as deleted, unless it is somebody else's. */
  dropsFormer?: true;
  /** Other record ids under which the same Odoo record is to be found. */
  aliases?: (snapshot: S, recordId: string) => readonly string[];
  /** It is the Odoo record that a field of another one points at; `id`: that other one itself. */
  through?: (snapshot: S) => { of: Reference; field: string };
  match: readonly MatchRule<S>[];
  /** Several store records may be one Odoo record, which is then never written to unless it was made for one of them. */
  shared?: true;
  /**
   * When the store deletes the record; `keep` leaves Odoo's as it is, and is declared where Odoo can archive none.
   * Default: `archive`, or `keep` if shared.
   */
  onDelete?: DeletePolicy;
  /** If Odoo has none and none may be made: the error's code, or `empty` to leave the field empty. */
  missing?: ErrorCode | 'empty';
  needs?: (snapshot: S, recordId: string, context: SyncContext) => readonly Need[];
  /** Records that are part of this snapshot and are synced along, after it; those that it no longer has are deleted. */
  carries?: (snapshot: S, recordId: string, context: SyncContext) => readonly Part[];
  /** Whether it still has a part that it does not carry, so that the part is not treated as deleted. */
  retains?: (part: RecordKey, snapshot: S, context: SyncContext) => boolean;
  fields: FieldRules<S>;
  /** Written when the record is made, and never afterwards. */
  initially?: FieldRules<S>;
  /** Fields without which it goes to Odoo, if Odoo refuses them; its event is parked with the reason. */
  expendable?: readonly string[];
  /** The part of the snapshot that the fields are made of; default: all of it. */
  content?: (snapshot: S) => unknown;
  /** What else the fields depend on: where it changes, the record is synced again. */
  depends?: (context: SyncContext) => unknown;
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

/** The entities, in the order in which they depend on each other. */
export type Registry = readonly AnyEntity[];

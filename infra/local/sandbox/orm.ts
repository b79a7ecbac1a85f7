import type { KeyRenewal } from './api-keys.ts';
import type { Behaviour } from './behaviour.ts';
import { createRecords } from './create.ts';
import type { ExternalIds } from './external-ids.ts';
import { AccessError, MissingError, PythonError } from './faults.ts';
import { behaviourOf } from './models/index.ts';
import { denial, fieldOf, isModel } from './schema.ts';
import { type SearchOptions, search, sortIds } from './search.ts';
import type { Store } from './store.ts';
import type { TaxRounding } from './tax-engine.ts';
import { inLanguage } from './translations.ts';
import { type Context, type Field, type Row, truthy, type Vals, type Value } from './types.ts';
import { unlinkRecords } from './unlink.ts';
import { emptyValue } from './values.ts';
import { WEAK, weakDenial } from './weak-user.ts';
import { writeRecords } from './write.ts';

export interface Session {
  store: Store;
  externalIds: ExternalIds;
  uid: number;
  taxRounding: TaxRounding;
  keyRenewal: KeyRenewal;
}

export const COMPANY = 1;

/** The records as one call sees them: a session plus the call's context. */
export class Orm {
  readonly session: Session;
  readonly context: Context;

  constructor(session: Session, context: Context = {}) {
    this.session = session;
    this.context = context;
  }

  withContext(context: Context): Orm {
    return new Orm(this.session, { ...this.context, ...context });
  }

  get store(): Store {
    return this.session.store;
  }

  get externalIds(): ExternalIds {
    return this.session.externalIds;
  }

  get uid(): number {
    return this.session.uid;
  }

  behaviour(model: string): Behaviour {
    return behaviourOf(model);
  }

  /** Refuses what the connector's user may not do. Models work on each other's records without asking. */
  allow(model: string, operation: 'read' | 'create' | 'write' | 'unlink'): void {
    const text = this.denial(model, operation);
    if (text) throw new AccessError(text);
  }

  /** The text of the access error that stops the user, or undefined when it may. */
  denial(model: string, operation: string): string | undefined {
    return (this.uid === WEAK.user ? weakDenial(model, operation) : undefined) ?? denial(model, operation);
  }

  field(model: string, name: string): Field {
    const field = fieldOf(model, name);
    if (!field) throw new PythonError('ValueError', `Invalid field '${name}' on '${model}'`);
    return field;
  }

  row(model: string, id: Value | undefined): Row | undefined {
    return typeof id === 'number' ? this.store.get(model, id) : undefined;
  }

  /** The rows of `ids`, all of which must exist. */
  rows(model: string, ids: number[]): Row[] {
    return ids.map((id) => {
      const row = this.row(model, id);
      if (!row) throw new MissingError(model, id, this.uid);
      return row;
    });
  }

  /** A field's value: stored, computed, followed to the delegate or collected from the other side. */
  value(model: string, row: Row, name: string): Value {
    if (name === 'id') return row.id;
    const behaviour = this.behaviour(model);
    if (name === 'display_name') return this.displayName(model, row.id);
    const computed = behaviour.computed?.[name];
    if (computed) return computed(this, row);
    const stored = inLanguage(this.context, row, name);
    if (Array.isArray(stored) && stored.length > 0) return this.related(model, name, stored.map(Number));
    if (stored !== undefined) return stored;
    const field = this.field(model, name);
    const { delegate } = behaviour;
    const target = delegate && !field.store && this.row(delegate.model, row[delegate.field]);
    if (target && fieldOf(delegate.model, name)) return this.value(delegate.model, target, name);
    if (field.type === 'one2many') {
      const always = behaviour.activeOnly?.includes(name);
      return (always ? this.withContext({ active_test: true }) : this).children(row, field);
    }
    return emptyValue(field);
  }

  /** The records of a many2many as Odoo reads them: in their model's order, without the archived ones. */
  related(model: string, name: string, ids: number[]): number[] {
    const relation = this.field(model, name).relation ?? '';
    if (!isModel(relation)) return ids;
    const hide = fieldOf(relation, 'active') && this.context.active_test !== false;
    const shown = hide ? ids.filter((id) => truthy(this.row(relation, id)?.active)) : ids;
    return shown.length > 1 ? sortIds(this, relation, shown, undefined) : shown;
  }

  /** The records on the other side of a one2many, in their model's order. */
  children(row: Row, field: Field): number[] {
    const { relation, relation_field: inverse } = field;
    if (!relation || !inverse || !isModel(relation)) return [];
    let ids = [...(this.store.lookup(relation, inverse, row.id) ?? [])];
    if (fieldOf(relation, 'active') && this.context.active_test !== false) {
      ids = ids.filter((id) => truthy(this.row(relation, id)?.active));
    }
    return sortIds(this, relation, ids, undefined);
  }

  displayName(model: string, id: number): string {
    const row = this.row(model, id);
    const behaviour = this.behaviour(model);
    if (row && behaviour.displayName) return behaviour.displayName(this, row);
    if (row && fieldOf(model, 'name')) return String(this.value(model, row, 'name') || '');
    return `${model},${id}`;
  }

  search(model: string, domain: Value, options: SearchOptions = {}): number[] {
    return search(this, model, domain, options);
  }

  create(model: string, list: Vals[]): number[] {
    return createRecords(this, model, list);
  }

  write(model: string, ids: number[], vals: Vals): void {
    writeRecords(this, model, ids, vals);
  }

  unlink(model: string, ids: number[]): void {
    unlinkRecords(this, model, ids);
  }

  /** Puts values into a row as they are: no hooks, no checks. For what a model computes itself. */
  patch(model: string, id: number, vals: Vals): void {
    const row = this.row(model, id);
    if (row) this.store.put(model, { ...row, ...vals });
  }
}

/** The moment, as Odoo writes it: UTC, whole seconds. */
export const now = (): string => new Date().toISOString().slice(0, 19).replace('T', ' ');

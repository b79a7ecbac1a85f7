import type { Row } from './types.ts';

/** A record put or, when `row` is absent, deleted. */
export interface Change {
  model: string;
  id: number;
  row?: Row;
}

interface Undo {
  model: string;
  id: number;
  before: Row | undefined;
}

type Key = string | number;
type Index = Map<Key, Set<number>>;

/**
 * All records, in memory, with an undo journal: a call is one transaction, `load()` uses savepoints inside it.
 * Sequences are outside transactions, as in PostgreSQL: an aborted call leaves a gap.
 */
export class Store {
  readonly #tables = new Map<string, Map<number, Row>>();
  readonly #indexes = new Map<string, Map<string, Index>>();
  readonly #sequences = new Map<string, number>();
  #journal: Undo[] = [];

  /** Keeps `field` of `model` searchable without walking the table. */
  addIndex(model: string, field: string): void {
    const fields = this.#indexes.get(model) ?? new Map<string, Index>();
    if (fields.has(field)) return;
    this.#indexes.set(model, fields.set(field, new Map()));
    for (const row of this.rows(model)) this.#index(model, row, 'add', field);
  }

  get(model: string, id: number): Row | undefined {
    return this.#tables.get(model)?.get(id);
  }

  rows(model: string): Iterable<Row> {
    return this.#tables.get(model)?.values() ?? [];
  }

  /** Ids of the records whose indexed `field` is `value`; undefined when there is no such index. */
  lookup(model: string, field: string, value: Key): Iterable<number> | undefined {
    const index = this.#indexes.get(model)?.get(field);
    return index && (index.get(value) ?? []);
  }

  put(model: string, row: Row): void {
    this.#journal.push({ model, id: row.id, before: this.get(model, row.id) });
    this.#set(model, row.id, row);
  }

  delete(model: string, id: number): void {
    this.#journal.push({ model, id, before: this.get(model, id) });
    this.#set(model, id, undefined);
  }

  nextId(model: string): number {
    return this.next(`id:${model}`);
  }

  next(sequence: string): number {
    const value = (this.#sequences.get(sequence) ?? 0) + 1;
    this.#sequences.set(sequence, value);
    return value;
  }

  sequences(): Iterable<[string, number]> {
    return this.#sequences;
  }

  /** Never lowers a sequence: used when records come in from outside. */
  raiseSequence(sequence: string, value: number): void {
    if (value > (this.#sequences.get(sequence) ?? 0)) this.#sequences.set(sequence, value);
  }

  savepoint(): number {
    return this.#journal.length;
  }

  rollback(savepoint = 0): void {
    while (this.#journal.length > savepoint) {
      const undo = this.#journal.pop();
      if (undo) this.#set(undo.model, undo.id, undo.before);
    }
  }

  /** What the transaction has changed so far, one entry per record. */
  changes(): Change[] {
    const touched = new Map<string, Change>();
    for (const { model, id } of this.#journal) {
      const row = this.get(model, id);
      touched.set(`${model}:${id}`, row ? { model, id, row } : { model, id });
    }
    return [...touched.values()];
  }

  commit(): void {
    this.#journal = [];
  }

  #set(model: string, id: number, row: Row | undefined): void {
    let table = this.#tables.get(model);
    if (!table) {
      table = new Map();
      this.#tables.set(model, table);
    }
    const before = table.get(id);
    if (before) this.#index(model, before, 'delete');
    if (row) {
      table.set(id, row);
      this.#index(model, row, 'add');
      this.raiseSequence(`id:${model}`, id);
    } else {
      table.delete(id);
    }
  }

  #index(model: string, row: Row, operation: 'add' | 'delete', only?: string): void {
    for (const [field, index] of this.#indexes.get(model) ?? []) {
      if (only && field !== only) continue;
      const key = row[field];
      if (typeof key !== 'string' && typeof key !== 'number') continue;
      const ids = index.get(key) ?? new Set<number>();
      ids[operation](row.id);
      if (ids.size > 0) index.set(key, ids);
      else index.delete(key);
    }
  }
}

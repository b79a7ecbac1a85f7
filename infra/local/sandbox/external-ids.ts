import { DuplicateExternalId, SqlError } from './faults.ts';
import type { Store } from './store.ts';
import type { Row } from './types.ts';

const MODEL = 'ir.model.data';

export interface Target {
  model: string;
  id: number;
}

/** `ir.model.data`: the names by which clients know records. */
export class ExternalIds {
  readonly #store: Store;

  constructor(store: Store) {
    this.#store = store;
    store.addIndex(MODEL, 'complete_name');
    store.addIndex(MODEL, 'target');
  }

  /** What a name points at, whether that record still exists or not. */
  find(name: string): Target | undefined {
    const row = this.#row(name);
    return row && { model: String(row.model), id: Number(row.res_id) };
  }

  /** The names of a record, oldest first. */
  namesOf(model: string, id: number): string[] {
    const ids = [...(this.#store.lookup(MODEL, 'target', `${model},${id}`) ?? [])].sort((a, b) => a - b);
    return ids.map((data) => String(this.#store.get(MODEL, data)?.complete_name));
  }

  /** `_update_xmlids`: one statement, so a name may occur in it only once. */
  bind(entries: { name: string; target: Target }[]): void {
    if (new Set(entries.map((entry) => entry.name)).size < entries.length) throw new DuplicateExternalId();
    for (const { name, target } of entries) this.#put(name, target);
  }

  forget(name: string): void {
    const row = this.#row(name);
    if (row) this.#store.delete(MODEL, row.id);
  }

  forgetRecord(model: string, id: number): void {
    for (const name of this.namesOf(model, id)) this.forget(name);
  }

  #row(name: string): Row | undefined {
    for (const id of this.#store.lookup(MODEL, 'complete_name', name) ?? []) return this.#store.get(MODEL, id);
    return undefined;
  }

  #put(name: string, { model, id }: Target): void {
    const [module = '', ...rest] = name.split('.');
    const own = rest.join('.');
    if (own.includes(' ')) {
      throw new SqlError(
        'check',
        MODEL,
        'name',
        'new row for relation "ir_model_data" violates check constraint "ir_model_data_name_nospaces"\n' +
          `DETAIL:  Failing row contains (${own}, ${module}, ${model}).\n`,
      );
    }
    const known = this.#row(name);
    this.#store.put(MODEL, {
      ...{ id: known?.id ?? this.#store.nextId(MODEL), complete_name: name, module, name: own },
      ...{ model, res_id: id, target: `${model},${id}` },
    });
  }
}

import { ClassicLevel } from 'classic-level';
import type { Change, Store } from './store.ts';
import type { Row } from './types.ts';

/** What was saved under a key: a row, `false` for a deleted record, or a sequence's value. */
type Saved = Row | false | number;

/**
 * The durable copy of a store. Every transaction is one atomic LevelDB batch, handed to the operating system before
 * the answer goes out; so what a client was told survives a SIGKILL, and nothing else half-survives it.
 */
export class Disk {
  readonly #level: ClassicLevel<string, Saved>;
  readonly #sequences = new Map<string, number>();

  private constructor(level: ClassicLevel<string, Saved>) {
    this.#level = level;
  }

  /** Opens `directory` and brings its records into `store`, over the base data already there. */
  static async open(directory: string, store: Store): Promise<Disk> {
    const level = new ClassicLevel<string, Saved>(directory, { valueEncoding: 'json' });
    await level.open();
    const disk = new Disk(level);
    for await (const [key, saved] of level.iterator()) disk.#restore(store, key, saved);
    store.commit();
    return disk;
  }

  async save(changes: Change[], sequences: Iterable<[string, number]>): Promise<void> {
    const batch = changes.map(({ model, id, row }) => ({
      type: 'put' as const,
      key: `row/${model}/${id}`,
      value: (row ?? false) as Saved,
    }));
    for (const [name, value] of sequences) {
      if (this.#sequences.get(name) === value) continue;
      this.#sequences.set(name, value);
      batch.push({ type: 'put', key: `sequence/${name}`, value });
    }
    if (batch.length > 0) await this.#level.batch(batch);
  }

  close(): Promise<void> {
    return this.#level.close();
  }

  #restore(store: Store, key: string, saved: Saved): void {
    const [kind, model = '', id] = key.split('/');
    if (kind === 'sequence' && typeof saved === 'number') {
      // Those of invoices and payments have a stroke in their names.
      const name = key.slice('sequence/'.length);
      store.raiseSequence(name, saved);
      this.#sequences.set(name, saved);
    } else if (saved && typeof saved === 'object') {
      store.put(model, saved);
    } else if (kind === 'row') {
      store.delete(model, Number(id));
    }
  }
}

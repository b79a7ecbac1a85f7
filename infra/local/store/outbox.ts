import type { StoreEvent } from '../../../lib/opencart/events.ts';
import { type Change, type Database, type Refused, sortable } from './database.ts';
import { Random } from './random.ts';

/** An event in the outbox, under the key by which it is settled. */
export interface Entry {
  key: string;
  event: StoreEvent;
}

/**
 * Events that still have to reach the connector. An event leaves it only when the connector has
 * said that it has it, or why it will not have it.
 */
export class Outbox {
  readonly #database: Database;
  readonly #mischief: number | undefined;
  #heldBack = true;

  /** With a seed for mischief some events are sent twice and some later than newer ones. */
  constructor(database: Database, mischief?: number) {
    this.#database = database;
    this.#mischief = mischief;
  }

  /** What must be written along with the change that the event tells of. */
  changes(event: StoreEvent): Change[] {
    return this.#places(event.sequence).map((notBefore, copy) => ({
      table: 'outbox',
      key: `${sortable(notBefore)}-${sortable(event.sequence)}-${copy}`,
      value: { event, notBefore },
    }));
  }

  /** The next ones to send, while the store's newest event is of that sequence. */
  async due(newest: number, limit: number): Promise<Entry[]> {
    const upTo = this.#heldBack ? { lt: sortable(newest + 1) } : {};
    const found = await this.#database.outbox.iterator({ ...upTo, limit }).all();
    return found.map(([key, { event }]) => ({ key, event }));
  }

  /** From now on nothing waits for newer events. */
  release(): void {
    this.#heldBack = false;
  }

  /** The connector has it. */
  async delivered(entries: readonly Entry[]): Promise<void> {
    await this.#database.write(entries.map(({ key }) => ({ table: 'outbox', key })));
  }

  /** The connector will not have it: kept with the reason, sent no more. */
  async refuse({ key, event }: Entry, verdict: Refused['verdict']): Promise<void> {
    await this.#database.write([
      { table: 'outbox', key },
      { table: 'refused', key: sortable(event.sequence), value: { event, verdict } },
    ]);
  }

  async size(): Promise<number> {
    return (await this.#database.outbox.keys().all()).length;
  }

  async refused(): Promise<Refused[]> {
    return this.#database.refused.values().all();
  }

  /** After which sequences the event is sent, once for each. */
  #places(sequence: number): number[] {
    if (this.#mischief === undefined) return [sequence];
    const random = new Random(this.#mischief, 'mischief', sequence);
    const first = random.chance(0.35) ? sequence + random.int(1, 60) : sequence;
    return random.chance(0.2) ? [first, sequence + random.int(0, 60)] : [first];
  }
}

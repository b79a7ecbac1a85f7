/**
 * What a queue server must not forget when it is killed: queues, messages, how often they were received.
 */

import { mkdir } from 'node:fs/promises';
import { ClassicLevel } from 'classic-level';
import type { MessageContent, Receives } from './message.ts';

export interface QueueRecord {
  name: string;
  createdAt: number;
  attributes: Record<string, string>;
}

export type Change =
  | { kind: 'queue'; record: QueueRecord }
  | { kind: 'dropQueue'; name: string }
  | { kind: 'message'; queue: string; sequence: number; content: MessageContent }
  | { kind: 'receives'; queue: string; sequence: number; receives: Receives }
  | { kind: 'dropMessage'; queue: string; sequence: number };

export interface StoredQueue {
  record: QueueRecord;
  messages: { sequence: number; content: MessageContent; receives: Receives }[];
}

export interface Journal {
  load(): Promise<StoredQueue[]>;
  /** Resolves once the changes are with the operating system, that is: once they survive the end of this process. */
  write(changes: readonly Change[]): Promise<void>;
  close(): Promise<void>;
}

/** For tests and trials: forgets everything. */
export const memoryJournal: Journal = {
  load: async () => [],
  write: async () => {},
  close: async () => {},
};

type Operation = { type: 'put'; key: string; value: unknown } | { type: 'del'; key: string };

/** Keeps the journal in a LevelDB folder. */
export async function openJournal(folder: string): Promise<Journal> {
  await mkdir(folder, { recursive: true });
  const database = new ClassicLevel<string, unknown>(folder, { valueEncoding: 'json' });
  await database.open();
  return new LevelJournal(database);
}

/**
 * Writes are grouped: while one is under way, those that come in meanwhile are gathered into the next. That
 * keeps them in order, which LevelDB does not promise for concurrent ones, and a busy queue fast.
 */
class LevelJournal implements Journal {
  readonly #database: ClassicLevel<string, unknown>;
  #gathered: Operation[] = [];
  #next: Promise<void> | undefined;
  #current: Promise<void> = Promise.resolve();

  constructor(database: ClassicLevel<string, unknown>) {
    this.#database = database;
  }

  write(changes: readonly Change[]): Promise<void> {
    for (const change of changes) this.#gathered.push(...operations(change));
    this.#next ??= this.#current.then(() => {
      const group = this.#gathered;
      this.#gathered = [];
      this.#next = undefined;
      const written = this.#database.batch(group);
      this.#current = written.catch(() => undefined);
      return written;
    });
    return this.#next;
  }

  async load(): Promise<StoredQueue[]> {
    const queues = new Map<string, StoredQueue>();
    for await (const value of this.#database.values(range('queue'))) {
      const record = value as QueueRecord;
      queues.set(record.name, { record, messages: [] });
    }
    const receives = new Map<string, Receives>();
    for await (const [key, value] of this.#database.iterator(range('receives'))) {
      receives.set(key.slice('receives'.length), value as Receives);
    }
    for await (const [key, value] of this.#database.iterator(range('message'))) {
      const [, queue = '', sequence] = key.split('!');
      queues.get(queue)?.messages.push({
        sequence: Number(sequence),
        content: value as MessageContent,
        receives: receives.get(key.slice('message'.length)) ?? { count: 0 },
      });
    }
    return [...queues.values()];
  }

  async close(): Promise<void> {
    await this.#next;
    await this.#current;
    await this.#database.close();
  }
}

/** Queue names hold only letters, digits, `-` and `_`, so `!` separates, and `"` is the character after it. */
const range = (kind: string) => ({ gt: `${kind}!`, lt: `${kind}"` });

/** Padded, so that LevelDB's order of keys is the order of the messages. */
const messageKey = (kind: string, queue: string, sequence: number) =>
  `${kind}!${queue}!${String(sequence).padStart(16, '0')}`;

function operations(change: Change): Operation[] {
  switch (change.kind) {
    case 'queue':
      return [{ type: 'put', key: `queue!${change.record.name}`, value: change.record }];
    case 'dropQueue':
      return [{ type: 'del', key: `queue!${change.name}` }];
    case 'message':
      return [{ type: 'put', key: messageKey('message', change.queue, change.sequence), value: change.content }];
    case 'receives':
      return [{ type: 'put', key: messageKey('receives', change.queue, change.sequence), value: change.receives }];
    case 'dropMessage':
      return ['message', 'receives'].map((kind) => ({
        type: 'del',
        key: messageKey(kind, change.queue, change.sequence),
      }));
  }
}

import { DuplicateExternalId, OdooFault, PythonError, SqlError, UserError } from '../faults.ts';
import type { Orm } from '../orm.ts';
import { fieldOf } from '../schema.ts';
import { sqlMessage } from '../sql-messages.ts';
import { truthy, type Value } from '../types.ts';
import { convertRecord } from './convert.ts';
import { extractRecords, type Path, type Raw, splitPath } from './extract.ts';
import { columnMessage, type Info, type Message, recordMessage } from './messages.ts';
import { type Entry, loadRecords } from './records.ts';

/** What `load()` answers. */
export interface LoadAnswer {
  ids: number[] | false;
  messages: Message[];
  nextrow: number;
}

/** `load()`: the whole batch or nothing. */
export function load(base: Orm, model: string, fields: string[], data: Value[][]): LoadAnswer {
  const module = typeof base.context.module === 'string' ? base.context.module : '__import__';
  const orm = base.withContext({ _import_current_module: module });
  const paths = fields.map(splitPath);
  const batch = new LoadBatch(orm, model, paths);
  extractRecords(model, paths, data).forEach(({ record, rows }, index) => {
    batch.add(record, { rows, record: index }, module);
  });
  batch.flush();
  const failed = batch.messages.some((message) => message.type === 'error');
  if (failed) orm.store.rollback(batch.savepoint);
  return { ids: failed ? false : batch.ids, messages: batch.messages, nextrow: 0 };
}

const MANY = 10;
const TOO_MANY =
  'Found more than 10 errors and more than one error per 10 records, interrupted to avoid showing too many errors.';

/** The records converted but not yet written, and what became of those that were. */
class LoadBatch {
  readonly ids: number[] = [];
  readonly messages: Message[] = [];
  readonly savepoint: number;
  readonly #orm: Orm;
  readonly #model: string;
  readonly #creatable: Set<string>;
  #pending: Entry[] = [];

  constructor(orm: Orm, model: string, paths: Path[]) {
    this.#orm = orm;
    this.#model = model;
    this.savepoint = orm.store.savepoint();
    this.#creatable = creatableModels(model, paths);
  }

  add(record: Raw, info: Info, module: string): void {
    const externalId = truthy(record.id as Value) ? String(record.id) : '';
    const id = this.#databaseId(record, info);
    const batch = {
      ...{ orm: this.#orm, module, warn: () => undefined },
      flush: (wanted: { externalId?: string; model?: string }) => this.#flushFor(wanted),
    };
    const vals = convertRecord(batch, this.#model, record, (field, error) => {
      this.messages.push(columnMessage(info, field.name, field.string, error));
    });
    const name = externalId && (externalId.includes('.') ? externalId : `${module}.${externalId}`);
    this.#pending.push({ externalId: name, vals: !name && id ? { ...vals, id } : vals, info });
  }

  /** Writes the pending records: all at once and, when that fails, one by one to find out which are to blame. */
  flush(): void {
    const entries = this.#pending;
    if (entries.length === 0) return;
    this.#pending = [];
    const mark = this.#orm.store.savepoint();
    try {
      this.ids.push(...loadRecords(this.#orm, this.#model, entries));
    } catch (error) {
      this.#orm.store.rollback(mark);
      this.#oneByOne(entries, error);
    }
  }

  /** Only what a reference could mean is written early. */
  #flushFor({ externalId, model }: { externalId?: string; model?: string }): void {
    if (externalId && !this.#pending.some((entry) => entry.externalId === externalId)) return;
    if (model && !this.#creatable.has(model)) return;
    this.flush();
  }

  #oneByOne(entries: Entry[], first: unknown): void {
    const [head] = entries;
    const whole = first instanceof UserError && head ? recordMessage(head.info, first.message) : undefined;
    let errors = 0;
    for (const [index, entry] of entries.entries()) {
      try {
        this.ids.push(...loadRecords(this.#orm, this.#model, [entry]));
      } catch (error) {
        // Back to the very start: what came before is gone too, as in Odoo. The batch has failed anyway.
        this.#orm.store.rollback(this.savepoint);
        this.messages.push(this.#failure(entry.info, error));
        errors++;
      }
      if (errors >= MANY && errors >= (index + 1) / 10) {
        this.messages.push({ type: 'warning', message: TOO_MANY });
        break;
      }
    }
    const known = whole && this.messages.some((message) => JSON.stringify(message) === JSON.stringify(whole));
    if (errors > 0 && whole && !known) this.messages.unshift(whole);
  }

  #failure(info: Info, error: unknown): Message {
    if (error instanceof UserError) return recordMessage(info, error.message);
    if (error instanceof SqlError) {
      const own = error.model === this.#model && error.column ? { field: error.column } : {};
      return recordMessage(info, sqlMessage(error, this.#model), own);
    }
    if (!(error instanceof OdooFault || error instanceof DuplicateExternalId)) throw error;
    const [type = '', ...text] = (error.message.trim().split('\n').at(-1) ?? '').split(': ');
    const message = `Unknown error during import: <class '${type}'>: ${text.join(': ')}`;
    return recordMessage(info, message, { moreinfo: 'Resolve other errors first' });
  }

  /** The record that `.id` names. Odoo looks with a search, so an archived one counts as unknown. */
  #databaseId(record: Raw, info: Info): number {
    const value = record['.id'] as Value | undefined;
    if (!truthy(value)) return 0;
    const id = typeof value === 'string' && !/^\s*\d+\s*$/.test(value) ? Number.NaN : Math.trunc(Number(value));
    if (Number.isNaN(id)) {
      const text = `invalid input syntax for type integer: "${value}"`;
      throw new PythonError('psycopg2.errors.InvalidTextRepresentation', text);
    }
    if (this.#orm.search(this.#model, [['id', '=', id]]).length > 0) return id;
    const message = `Unknown database identifier '${id}'`;
    this.messages.push(recordMessage(info, message, { field: '.id' }));
    return 0;
  }
}

/** The models a batch may make records of: its own, and those of its one2many columns. */
function creatableModels(model: string, paths: Path[]): Set<string> {
  const models = new Set([model]);
  for (const path of paths) {
    let current = model;
    for (const name of path) {
      const field = name ? fieldOf(current, name) : undefined;
      if (field?.type !== 'one2many' || !field.relation) break;
      models.add(field.relation);
      current = field.relation;
    }
  }
  return models;
}

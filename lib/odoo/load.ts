import { asConnectorError, ConnectorError } from '../errors/index.ts';
import { type LoadAnswer, loadAnswerOf } from './answers.ts';
import type { Odoo, Value } from './client.ts';
import { loadMessageError } from './faults.ts';

/** Cells of one record: its own row first, then one row per further child (a continuation row). */
export type RecordRows = readonly (readonly Value[])[];
export type LoadOutcome = { id: number } | { error: ConnectorError };

interface Batch {
  indexes: readonly number[];
  /** Whether to believe Odoo which record it was. */
  trusting: boolean;
}

/** Archived records are addressed by their database id too. */
const CONTEXT = { active_test: false };

/**
 * Upserts records by Odoo's `load()`, which takes all or none: rows that Odoo rejects are taken
 * out and the rest is sent again, so that one bad record never stops its neighbours.
 *
 * A message that names a field names the right record. One that does not may blame an innocent
 * record (a barcode that two records share is put on the first of the batch): the blamed are tried
 * alone, and if the rest fails again it is halved until the culprit is alone.
 *
 * Of one record Odoo may even die, and answer nothing that names it: that one is singled out the same way.
 *
 * @returns one outcome per record, in their order
 * @throws ConnectorError of a kind that concerns the whole call: transient, access, unknown field
 */
export async function loadRecords(
  odoo: Odoo,
  model: string,
  columns: readonly string[],
  records: readonly RecordRows[],
  context: Readonly<Record<string, Value>> = {},
): Promise<LoadOutcome[]> {
  const outcomes = new Array<LoadOutcome>(records.length);
  const pending: Batch[] = [{ indexes: [...records.keys()], trusting: true }];
  for (let batch = pending.pop(); batch !== undefined; batch = pending.pop()) {
    const { indexes, trusting } = batch;
    if (indexes.length === 0) continue;
    try {
      await load(batch);
    } catch (thrown) {
      const error = asConnectorError(thrown);
      if (error.code !== 'ODOO_UNAVAILABLE' || !isRepeatable(columns, records)) throw error;
      const culprit = await singledOut(indexes, (some) => load({ indexes: some, trusting }), error);
      if (culprit !== undefined) outcomes[culprit] = { error };
    }
  }
  return outcomes;

  async function load({ indexes, trusting }: Batch): Promise<void> {
    const answer = await attempt(odoo, { model, columns, context }, indexes, records);
    if ('ids' in answer) {
      indexes.forEach((index, position) => {
        outcomes[index] = { id: answer.ids[position] as number };
      });
      return;
    }
    const { rejected, blamed, error } = answer;
    for (const [position, reason] of rejected) outcomes[indexes[position] as number] = { error: reason };
    const rest = indexes.filter((_, position) => !rejected.has(position));
    if (rejected.size > 0) {
      pending.push({ indexes: rest, trusting });
    } else if (indexes.length === 1) {
      outcomes[indexes[0] as number] = { error };
    } else if (trusting && blamed.size > 0 && blamed.size < indexes.length) {
      pending.push({ indexes: indexes.filter((_, position) => !blamed.has(position)), trusting: false });
      // The last one pushed is tried first: of two that exclude each other the earlier one wins.
      for (const position of [...blamed].reverse()) {
        pending.push({ indexes: [indexes[position] as number], trusting: false });
      }
    } else {
      const half = Math.ceil(indexes.length / 2);
      pending.push(
        { indexes: indexes.slice(half), trusting: false },
        { indexes: indexes.slice(0, half), trusting: false },
      );
    }
  }
}

/**
 * Whether the same again, of which Odoo may have kept the first, changes nothing: what has no id, and children,
 * would come twice.
 */
function isRepeatable(columns: readonly string[], records: readonly RecordRows[]): boolean {
  const id = columns.findIndex((column) => column === 'id' || column === '.id');
  const isFlat = columns.every((column) => /^(\.?id|[^/]+(\/\.?id)?)$/.test(column));
  return isFlat && id !== -1 && records.every(([row]) => Boolean(row?.[id]));
}

/**
 * Loads the halves of what Odoo died of, then those of the half of which it died again, down to the one record.
 *
 * @param died what it died with
 * @returns the record; undefined if it has not died again
 * @throws ConnectorError if it dies of both halves: then it is no record's fault
 */
async function singledOut(
  indexes: readonly number[],
  load: (indexes: readonly number[]) => Promise<void>,
  died: ConnectorError,
): Promise<number | undefined> {
  if (indexes.length === 1) throw died;
  for (let suspects = indexes; ; ) {
    const half = Math.ceil(suspects.length / 2);
    let deadly: readonly number[] | undefined;
    for (const some of [suspects.slice(0, half), suspects.slice(half)]) {
      try {
        await load(some);
      } catch (thrown) {
        const error = asConnectorError(thrown);
        if (error.code !== died.code || deadly !== undefined) throw error;
        deadly = some;
      }
    }
    if (deadly === undefined || deadly.length === 1) return deadly?.[0];
    suspects = deadly;
  }
}

interface Refusal {
  /** Records, by their position, that are certainly the cause. */
  rejected: Map<number, ConnectorError>;
  /** Records that Odoo named without being sure. */
  blamed: Set<number>;
  error: ConnectorError;
}

interface Target {
  model: string;
  columns: readonly string[];
  context: Readonly<Record<string, Value>>;
}

async function attempt(
  odoo: Odoo,
  { model, columns, context }: Target,
  indexes: readonly number[],
  records: readonly RecordRows[],
): Promise<{ ids: number[] } | Refusal> {
  const rows = indexes.flatMap((index) => records[index] as RecordRows);
  let answer: LoadAnswer;
  try {
    const told = await odoo.call(model, 'load', [columns, rows], { context: { ...CONTEXT, ...context } });
    answer = loadAnswerOf(told, model, indexes.length);
  } catch (thrown) {
    // Some constraints break out of load() as a fault that names no record.
    const error = asConnectorError(thrown);
    if (error.kind !== 'invalid' && error.code !== 'ODOO_RECORD_GONE') throw error;
    return { rejected: new Map(), blamed: new Set(), error };
  }
  if (answer.ids !== false && answer.ids.length === indexes.length) return { ids: answer.ids };
  return refusalOf(answer, model);
}

function refusalOf({ messages }: LoadAnswer, model: string): Refusal {
  const rejected = new Map<number, ConnectorError>();
  const blamed = new Set<number>();
  const errors = messages.filter((message) => message.type === 'error');
  for (const { message, field, record } of errors) {
    const error = loadMessageError(message, model, field);
    if (error.kind === 'transient' || error.code === 'ODOO_ACCESS') throw error;
    if (record === undefined) continue;
    // The first message of a record is the cause, the later ones its consequences.
    if (field === undefined) blamed.add(record);
    else if (!rejected.has(record) && !blamed.has(record)) rejected.set(record, error);
  }
  const [first] = errors;
  const error =
    first === undefined
      ? new ConnectorError('ODOO_REFUSED', `Odoo loaded nothing into ${model}.`)
      : loadMessageError(first.message, model, first.field);
  return { rejected, blamed, error };
}

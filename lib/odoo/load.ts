import { asConnectorError, ConnectorError } from '../errors/index.ts';
import type { Odoo, Value } from './client.ts';
import { loadMessageError } from './faults.ts';

/** Cells of one record: its own row first, then one row per further child (a continuation row). */
export type RecordRows = readonly (readonly Value[])[];
export type LoadOutcome = { id: number } | { error: ConnectorError };

interface LoadMessage {
  type: string;
  record?: number;
  rows?: { from: number; to: number };
  message: string;
  field?: string;
}
interface LoadAnswer {
  ids: number[] | false;
  messages: LoadMessage[];
}

/**
 * Upserts records by Odoo's `load()`, which takes all or none: rows that Odoo rejects are taken
 * out and the rest is sent again, so that one bad record never stops its neighbours.
 *
 * @returns one outcome per record, in their order
 * @throws ConnectorError of a kind that concerns the whole call: transient, access, unknown field
 */
export async function loadRecords(
  odoo: Odoo,
  model: string,
  columns: readonly string[],
  records: readonly RecordRows[],
): Promise<LoadOutcome[]> {
  const outcomes = new Array<LoadOutcome>(records.length);
  const pending: number[][] = [records.map((_, index) => index)];
  for (let batch = pending.pop(); batch !== undefined; batch = pending.pop()) {
    if (batch.length === 0) continue;
    const answer = await attempt(odoo, model, columns, batch, records);
    if ('ids' in answer) {
      batch.forEach((index, position) => {
        outcomes[index] = { id: answer.ids[position] as number };
      });
      continue;
    }
    for (const [position, error] of answer.rejected) outcomes[batch[position] as number] = { error };
    if (answer.rejected.size > 0) {
      pending.push(batch.filter((_, position) => !answer.rejected.has(position)));
    } else if (batch.length === 1) {
      outcomes[batch[0] as number] = { error: answer.unplaced };
    } else {
      // Odoo did not say which record it was: halve until it is alone.
      const half = Math.ceil(batch.length / 2);
      pending.push(batch.slice(half), batch.slice(0, half));
    }
  }
  return outcomes;
}

type Attempt = { ids: number[] } | { rejected: Map<number, ConnectorError>; unplaced: ConnectorError };

async function attempt(
  odoo: Odoo,
  model: string,
  columns: readonly string[],
  batch: readonly number[],
  records: readonly RecordRows[],
): Promise<Attempt> {
  const rows = batch.flatMap((index) => records[index] as RecordRows);
  let answer: LoadAnswer;
  try {
    answer = (await odoo.call(model, 'load', [columns, rows])) as LoadAnswer;
  } catch (thrown) {
    // Some constraints break out of load() as a fault that names no record.
    const error = asConnectorError(thrown);
    if (error.kind !== 'invalid' && error.code !== 'ODOO_RECORD_GONE') throw error;
    return { rejected: new Map(), unplaced: error };
  }
  if (answer.ids !== false && answer.ids.length === batch.length) return { ids: answer.ids };

  const errors = answer.messages.filter((message) => message.type === 'error');
  const rejected = new Map<number, ConnectorError>();
  for (const message of errors) {
    const error = loadMessageError(message.message, model, message.field);
    if (error.kind === 'transient' || error.code === 'ODOO_ACCESS') throw error;
    // The first message of a record is the cause, the later ones its consequences.
    if (message.record !== undefined && message.record < batch.length && !rejected.has(message.record)) {
      rejected.set(message.record, error);
    }
  }
  const unplaced = new ConnectorError('ODOO_REFUSED', errors[0]?.message ?? `Odoo loaded nothing into ${model}.`);
  return { rejected, unplaced };
}

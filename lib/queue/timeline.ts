/** What became of one record, event by event, as its rows in the log tell. */
import { readFailure } from '../store/failures.ts';
import { type LogLevel, type LogRow, readLog } from '../store/log.ts';
import { type RecordKey, readMappings, recordName } from '../store/mappings.ts';
import { failureRow } from './failures.ts';

interface Step {
  step: 'accepted' | 'planned' | 'called' | 'result' | 'action';
  /** Null: between the step before and the one after it. */
  time: string | null;
  text: string;
  level?: LogLevel;
  code?: string;
}

/** What was planned, by the code of the result. */
const plans: Readonly<Record<string, string>> = {
  CREATED: 'create it in Odoo',
  UPDATED: 'update it in Odoo',
  ADOPTED: 'take the record that Odoo has already',
  NOTED: 'note it; Odoo has no such record',
  ARCHIVED: 'archive it in Odoo',
  KEPT: 'leave Odoo’s record as it is',
  CANCELLED: 'cancel it in Odoo',
};

/** Newest event first, the steps of each as they came. `after` is the cursor of the page before. */
export async function timelineOf(connection: string, key: RecordKey, limit: number, after?: string) {
  const [{ rows, next }, failure, mappings] = await Promise.all([
    readLog(connection, key, limit, after),
    readFailure(connection, key),
    readMappings(connection, [key]),
  ]);
  const mapping = mappings.get(recordName(key));
  return {
    ...key,
    mapping:
      mapping?.odooId === undefined
        ? null
        : { odooId: mapping.odooId, model: mapping.model ?? null, syncedAt: mapping.syncedAt ?? null },
    failure: failure === undefined ? null : failureRow(failure),
    events: grouped(rows).map(({ eventId, rows: own }) => ({ eventId, steps: stepsOf(own) })),
    next: next ?? null,
  };
}

/** Rows of one event belong together, wherever they stand; what a person did stands for itself. */
function grouped(rows: readonly LogRow[]): { eventId: string | null; rows: LogRow[] }[] {
  const groups = new Map<string, { eventId: string | null; rows: LogRow[] }>();
  for (const row of rows) {
    const name = row.eventId === undefined || row.by !== undefined ? `row ${row.id}` : `event ${row.eventId}`;
    const group = groups.get(name) ?? { eventId: row.eventId ?? null, rows: [] };
    group.rows.unshift(row);
    groups.set(name, group);
  }
  return [...groups.values()];
}

function stepsOf(rows: readonly LogRow[]): Step[] {
  let accepted: string | undefined;
  return rows.flatMap((row) => {
    const steps: Step[] = [];
    if (row.acceptedAt !== undefined && row.acceptedAt !== accepted) {
      // It comes anew when it was parked and is tried again.
      const text = accepted === undefined ? `The event came; it happened at ${row.occurredAt}.` : 'It came once more.';
      steps.push({ step: 'accepted', time: row.acceptedAt, text });
      accepted = row.acceptedAt;
    }
    const plan = plans[row.code];
    if (plan !== undefined) steps.push({ step: 'planned', time: null, text: `The plan: ${plan}.` });
    if (row.batch !== undefined) steps.push({ step: 'called', time: null, text: calledText(row.batch) });
    const step = row.by === undefined ? 'result' : 'action';
    steps.push({ step, time: row.time, text: row.message, level: row.level, code: row.code });
    return steps;
  });
}

function calledText({ events, calls, milliseconds }: NonNullable<LogRow['batch']>): string {
  const together = events === 1 ? 'on its own' : `together with ${events - 1} more`;
  return `Odoo was called ${calls} ${calls === 1 ? 'time' : 'times'}, ${together}, in ${(milliseconds / 1_000).toFixed(1)} s.`;
}

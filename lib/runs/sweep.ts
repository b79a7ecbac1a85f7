import { ConnectorError } from '../errors/index.ts';
import { park, resolveFailure } from '../store/failures.ts';
import { type Mapping, mappingsAfter } from '../store/mappings.ts';
import { noCounts, type Run } from '../store/runs.ts';
import { problemOfError } from './problem.ts';
import { added, syncRows } from './rows.ts';
import type { Step } from './steps.ts';
import type { Work } from './work.ts';

/**
 * The second half of a sweep: which of the records that are mapped does the store no longer have? First
 * they are counted, then deleted, because only the whole number tells a wish from an accident.
 */

/** So few, or so small a part of all, may go without a person's word. */
const FEW = 10;
const PART = 0.1;

/** Of a failure that stands for a whole sweep rather than for a record. */
const SWEEP_RECORD = 'sweep';

/** Counts a page of the mapped records, and those of them that the store lacks. */
export async function survey(work: Work): Promise<Step> {
  const { run } = work;
  const page = await lookAt(work);
  const { mapped, missing } = run.survey ?? { mapped: 0, missing: 0 };
  const counted = { mapped: mapped + page.known.length, missing: missing + page.gone.length };
  if (page.next !== undefined) return { change: { survey: counted, after: page.next } };
  if (counted.missing > allowed(run, counted)) return suspicious(run, counted);
  if (counted.missing > 0) return { change: { survey: counted, phase: 'delete', after: undefined } };
  return { ...(await endWell(run)), change: { survey: counted } };
}

/** Deletes a page of them, each as an event would. */
export async function removeGone(work: Work): Promise<Step> {
  const { run } = work;
  const page = await lookAt(work);
  const before = run.counts.removed;
  // The store may have lost more since they were counted.
  if (before + page.gone.length > allowed(run, run.survey ?? { mapped: 0, missing: 0 })) {
    return suspicious(run, { mapped: run.survey?.mapped ?? 0, missing: before + page.gone.length });
  }
  const gone = page.gone.map(({ recordId }) => ({ recordId, gone: true }) as const);
  const counts = gone.length === 0 || page.at === undefined ? {} : await syncRows(work, gone, page.at);
  // An attempt that was killed has deleted them already.
  const removed = page.mappings.filter((one) => one.removed !== undefined && one.by?.run === run.id).length;
  const sum = added({ ...noCounts, ...counts }, { removed });
  if (page.next !== undefined) return { counts: sum, change: { after: page.next } };
  return { counts: sum, ...(await endWell(run)) };
}

async function lookAt({ run, client }: Work) {
  const { mappings, next } = await mappingsAfter(run.connection, run.entity, run.after, run.limit);
  const known = mappings.filter(isRecord);
  const ids = known.map(({ recordId }) => recordId);
  const at = ids.length === 0 ? undefined : await client.hashes({ entity: run.entity, limit: run.limit, ids });
  const present = new Set(at?.rows.map(({ recordId }) => recordId));
  return { mappings, known, gone: known.filter(({ recordId }) => !present.has(recordId)), next, at };
}

/**
 * A record that the store has told of by itself: what is known through others only, as a guest is through
 * orders, need not be one that it exports.
 */
const isRecord = ({ aliasOf, removed, sequence, hash, odooId }: Mapping): boolean =>
  aliasOf === undefined && removed === undefined && sequence > 0 && (hash !== undefined || odooId !== undefined);

function allowed({ allowDeletes = 0 }: Run, { mapped, missing }: { mapped: number; missing: number }): number {
  // All of them are never a few.
  const unasked = missing === mapped ? 0 : Math.max(FEW, Math.floor(mapped * PART));
  return Math.max(allowDeletes, unasked);
}

async function suspicious(run: Run, { mapped, missing }: { mapped: number; missing: number }): Promise<Step> {
  const { connection, entity } = run;
  const message = `The store lacks ${missing} of ${mapped} known records of ${entity}; none of them was deleted.`;
  const error = new ConnectorError('SWEEP_SUSPICIOUS', message, { subject: entity });
  const body = JSON.stringify({ run: run.id, entity, mapped, missing });
  if (run.preview !== true)
    await park({ connection, entity, recordId: SWEEP_RECORD, eventId: `run-${run.id}`, sequence: 1, error, body });
  // Whoever resumes it has looked: it counts anew.
  const anew = { phase: 'survey', after: undefined, survey: undefined } as const;
  return { end: { state: 'failed', problem: problemOfError(error, undefined) }, change: anew };
}

async function endWell({ connection, entity, preview }: Run): Promise<Step> {
  if (preview !== true) await resolveFailure(connection, { entity, recordId: SWEEP_RECORD }, 1);
  return { end: { state: 'completed' } };
}

import type { ConnectionSettings } from '../store/connections.ts';
import { intervalOf } from '../store/connections.ts';
import { isGoingOn, type Run } from '../store/runs.ts';

/** How far a run is, and how long it will take. */
export interface Progress {
  /** By the work itself: what stood in the way is not counted. Null before anything was done. */
  recordsPerSecond: number | null;
  /** What is left, at the rate so far and no faster than the connection's pace allows. Null: not known. */
  secondsLeft: number | null;
}

export function progressOf(run: Run, settings: ConnectionSettings | undefined): Progress {
  const { counts, workMs, odooCalls, total } = run;
  if (counts.seen === 0 || workMs === 0) return { recordsPerSecond: null, secondsLeft: null };
  const recordsPerSecond = round(counts.seen / (workMs / 1_000));
  if (!isGoingOn(run)) return { recordsPerSecond, secondsLeft: 0 };
  if (total === undefined) return { recordsPerSecond, secondsLeft: null };
  const left = Math.max(0, total - counts.seen);
  const paceMs = settings === undefined ? 0 : intervalOf(settings);
  const msPerRecord = Math.max(workMs / counts.seen, (odooCalls / counts.seen) * paceMs);
  return { recordsPerSecond, secondsLeft: Math.ceil((left * msPerRecord) / 1_000) };
}

/** Of a preview: what doing it would take, at the rate of looking and the connection's pace. */
function plannedOf({ odooCalls, plannedCalls = 0, workMs }: Run, settings: ConnectionSettings | undefined) {
  const calls = odooCalls + plannedCalls;
  const paceMs = settings === undefined ? 0 : intervalOf(settings);
  const msPerCall = odooCalls === 0 ? paceMs : Math.max(paceMs, workMs / odooCalls);
  return { calls, seconds: Math.ceil((calls * msPerCall) / 1_000) };
}

const round = (number: number): number => Math.round(number * 10) / 10;

/** A run as the API shows it. */
export function viewOf(run: Run, settings: ConnectionSettings | undefined) {
  const { id, entity, mode, state, by, group, counts, total, odooCalls, problem, cancelRequested } = run;
  const { preview, applies } = run;
  const { createdAt, startedAt, updatedAt, endedAt } = run;
  return {
    ...{ id, entity, mode, state, by, group },
    ...(preview === true ? { preview: plannedOf(run, settings) } : {}),
    ...(applies === undefined ? {} : { applies }),
    ...(cancelRequested === true ? { cancelRequested } : {}),
    ...{ createdAt, updatedAt },
    ...(startedAt === undefined ? {} : { startedAt }),
    ...(endedAt === undefined ? {} : { endedAt }),
    progress: { total: total ?? null, ...counts, odooCalls, ...progressOf(run, settings) },
    ...(problem === undefined ? {} : { problem }),
  };
}

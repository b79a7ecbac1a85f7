import { catalog } from '../errors/index.ts';
import { retentionDays } from '../queue/retention.ts';
import { appendLog, type LogEntry } from '../store/log.ts';
import { leavePlace, noteLast } from '../store/run-locks.ts';
import { changeRun, type Run, type RunCounts, type RunState, readRun } from '../store/runs.ts';
import { sendPage } from './send.ts';

/** How a run ends; `change` is what its last page has changed. */
export interface Ending {
  state: Exclude<RunState, 'queued' | 'running' | 'waiting'>;
  problem?: Run['problem'];
  change?: { [Name in keyof Run]?: Run[Name] | undefined };
}

/**
 * Ends a run that is still at the page it was read at, and lets the next of its group begin.
 * @returns the run as it ended; undefined if somebody else has moved it on
 */
export async function endRun(run: Run, { state, problem, change = {} }: Ending): Promise<Run | undefined> {
  const endedAt = new Date().toISOString();
  const over = await changeRun(
    run,
    { ...change, state, problem, endedAt, cancelRequested: undefined },
    { page: run.page, states: ['queued', 'running', 'waiting'] },
  );
  if (over === undefined) return undefined;
  // What was left as it is because it had changed since its preview is still to be looked at.
  const wasWhole = state === 'completed' && over.mode !== 'ids' && over.preview !== true && over.counts.changed === 0;
  if (wasWhole && over.storeTime !== undefined) await noteLast(over, over.storeTime);
  await appendLog(over.connection, [rowOf(over)], await retentionDays(over.connection));
  await followEnd(over);
  return over;
}

/** What an ended run owes to others. It may be done again: a crash can come between any two steps. */
export async function followEnd(run: Run): Promise<void> {
  await leavePlace(run);
  if (run.next === undefined) return;
  const next = await readRun({ connection: run.connection, id: run.next });
  if (next?.state !== 'queued') return;
  if (run.state === 'cancelled') await endRun(next, { state: 'cancelled' });
  else await sendPage(next);
}

const order: readonly (keyof RunCounts)[] = [
  ...(['seen', 'created', 'updated', 'adopted', 'skipped'] as const),
  ...(['failed', 'removed', 'missing', 'deferred', 'changed'] as const),
];

function rowOf(run: Run): LogEntry {
  const { entity, mode, state, counts, problem } = run;
  const told = order.filter((name) => name === 'seen' || counts[name] > 0).map((name) => `${counts[name]} ${name}`);
  const what = `The ${mode} ${run.preview === true ? 'preview' : 'run'} of ${entity}`;
  if (state === 'completed' || state === 'cancelled') {
    return {
      level: 'info',
      code: `RUN_${state.toUpperCase()}`,
      message: `${what} is ${state}: ${told.join(', ')}.`,
      entity,
    };
  }
  const message = `${what} has ${state === 'skipped' ? 'been skipped' : 'failed'}: ${problem?.message ?? ''}`;
  const level = state === 'skipped' ? 'info' : 'error';
  return {
    level,
    code: problem?.code ?? 'INTERNAL',
    message,
    remedy: problem?.remedy ?? catalog.INTERNAL.remedy,
    entity,
  };
}

import { takePlace } from '../store/run-locks.ts';
import { changeRun, isGoingOn, type Run, type RunKey, readRun } from '../store/runs.ts';
import { endRun } from './end.ts';
import { sendPage } from './send.ts';

export type Changed =
  | { run: Run }
  /** That cannot be done with the run as it is, or while that other run goes on. */
  | { current: Run }
  | undefined;

/**
 * Cancels a run, and those of its group that come after it. A page that is being worked on is finished and
 * counted first.
 *
 * @returns undefined if there is no such run
 */
export async function cancelRun(key: RunKey): Promise<Changed> {
  const run = await readRun(key);
  if (run === undefined) return undefined;
  if (!isGoingOn(run)) return { current: run };
  if (run.state !== 'running') {
    const over = await endRun(run, { state: 'cancelled' });
    return over === undefined ? cancelRun(key) : { run: over };
  }
  const asked = await changeRun(run, { cancelRequested: true }, { states: ['running'] });
  return asked === undefined ? cancelRun(key) : { run: asked };
}

/**
 * Sets a run going again at the page where it stands: one that failed or was cancelled, or one that nobody
 * seems to work on any more.
 *
 * @returns undefined if there is no such run
 */
export async function resumeRun(key: RunKey): Promise<Changed> {
  const run = await readRun(key);
  if (run === undefined) return undefined;
  if (run.state === 'completed' || run.state === 'skipped') return { current: run };
  if (isGoingOn(run)) {
    if (!(await waitsForAnother(run))) await sendPage(run);
    return { run };
  }
  const other = await takePlace(run);
  if (other !== undefined) return { current: other };
  const pageSince = new Date().toISOString();
  const fresh = { state: 'waiting', endedAt: undefined, problem: undefined, tries: 0, pageSince } as const;
  const resumed = await changeRun(run, fresh, { page: run.page, states: ['failed', 'cancelled'] });
  if (resumed === undefined) return resumeRun(key);
  await sendPage(resumed);
  return { run: resumed };
}

/** Whether the run before it in its group is not over yet. */
export async function waitsForAnother({ connection, state, previous }: Run): Promise<boolean> {
  if (state !== 'queued' || previous === undefined) return false;
  const before = await readRun({ connection, id: previous });
  return before !== undefined && isGoingOn(before);
}

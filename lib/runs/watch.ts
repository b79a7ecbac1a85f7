import { runStallMs } from '../environment.ts';
import { catalog } from '../errors/index.ts';
import type { Observer } from '../queue/observe.ts';
import { changeRun, isGoingOn, quietRuns, readRun } from '../store/runs.ts';
import { waitsForAnother } from './change.ts';
import { problemOf } from './problem.ts';
import { readPageMessage, sendPage } from './send.ts';

const RUNS_PER_ROUND = 50;

/** Sends the page again of every run that shows no sign of life: its message died. @returns how many */
export async function resumeQuietRuns(observer: Observer): Promise<number> {
  let resumed = 0;
  for (const run of await quietRuns(new Date(Date.now() - runStallMs()), RUNS_PER_ROUND)) {
    const { connection, id, entity, page, updatedAt } = run;
    // Whoever else looks for quiet runs now does not find it any more.
    const touched = await changeRun(run, {}, { updatedAt });
    if (touched === undefined || (await waitsForAnother(touched))) continue;
    await sendPage(touched);
    observer.warn('run resumed', { connection, run: id, entity, page });
    resumed += 1;
  }
  return resumed;
}

/** Notes on a run that its page was given up after many deliveries. It is set going again as a quiet one. */
export async function noteDeadPage(body: string, observer: Observer): Promise<void> {
  const { connection, run: id, page } = readPageMessage(body);
  const run = await readRun({ connection, id });
  if (run === undefined || !isGoingOn(run) || run.page !== page) return;
  const problem = problemOf('DEAD_LETTER', catalog.DEAD_LETTER.title, run.problem?.since);
  await changeRun(run, { state: 'waiting', problem }, { page, states: ['running', 'waiting'] });
  observer.warn('run stopped', { connection, run: id, page });
}

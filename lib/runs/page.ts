import { asConnectorError, type ConnectorError } from '../errors/index.ts';
import type { Observer } from '../queue/observe.ts';
import { retentionDays } from '../queue/retention.ts';
import { appendLog } from '../store/log.ts';
import { changeRun, isGoingOn, type Run, readRun } from '../store/runs.ts';
import { endRun, followEnd } from './end.ts';
import { problemOfError } from './problem.ts';
import { thenRecount } from './recount.ts';
import { added } from './rows.ts';
import { type PageMessage, sendPage } from './send.ts';
import { steps } from './steps.ts';
import { forgetSecret, type Work, workOn } from './work.ts';

const LANE_RETRY_SECONDS = 3;
const LAST_RETRY_SECONDS = 600;
/** SQS holds nothing back for longer. */
const LONGEST_PAUSE_SECONDS = 900;

/**
 * Works on one page of a run: fetch, sync, note how far it is, send for the next one.
 *
 *   page n due ─▶ fetch ─▶ sync ─▶ checkpoint: page n + 1 due, counts ─▶ message n + 1
 *                  └───────┴── killed: message n comes again, and finds done what is done
 *
 * Only one attempt at a page can move the run on, so counts are exact whatever is delivered twice.
 * What stands in the way makes the run wait; it is never lost.
 */
export async function workOnPage(message: PageMessage, receiveCount: number, observer: Observer): Promise<void> {
  const run = await readRun({ connection: message.connection, id: message.run });
  if (run === undefined) return;
  if (!isGoingOn(run)) return followEnd(run);
  if (message.page !== run.page) {
    // It was killed between the checkpoint and sending for the next page.
    if (receiveCount > 1 && run.page > message.page) await sendPage(run);
    return;
  }
  if (run.cancelRequested === true) {
    await endRun(run, { state: 'cancelled' });
    return;
  }
  const begun = await begin(run);
  if (begun !== undefined) await attempt(begun, receiveCount - 1, observer);
}

async function begin(run: Run): Promise<Run | undefined> {
  const now = new Date().toISOString();
  const startedAt = run.startedAt ?? now;
  // One of many was not due while those before it went on.
  const pageSince = run.state === 'queued' ? now : run.pageSince;
  const change = { state: 'running', startedAt, pageSince } as const;
  return changeRun(run, change, { page: run.page, states: ['queued', 'running', 'waiting'] });
}

async function attempt(run: Run, killed: number, observer: Observer): Promise<void> {
  const started = Date.now();
  let work: Work | undefined;
  const spent = () => ({
    odooCalls: run.odooCalls + (work?.odooCalls ?? 0),
    workMs: run.workMs + Date.now() - started,
    ...(run.preview === true ? { plannedCalls: (run.plannedCalls ?? 0) + (work?.plannedCalls ?? 0) } : {}),
  });
  try {
    work = await workOn(run, killed, observer);
    const step = thenRecount(work, await steps[run.phase](work));
    const counts = added(run.counts, step.counts ?? {});
    const change = { ...step.change, counts, ...spent(), tries: 0 };
    observer.info('page', { connection: run.connection, run: run.id, entity: run.entity, page: run.page, counts });
    if (step.end === undefined) await checkpoint(run, change);
    else await endRun(run, { ...step.end, change });
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.code === 'INTERNAL') observer.error('unforeseen', { run: run.id, cause: String(error.cause) });
    await holdUp(run, error, spent(), observer);
  }
}

type Change = Parameters<typeof changeRun>[1];

async function checkpoint(run: Run, change: Change): Promise<void> {
  const pageSince = new Date().toISOString();
  const moved = await changeRun(
    run,
    { ...change, page: run.page + 1, pageSince, problem: undefined },
    { page: run.page, states: ['running', 'waiting'] },
  );
  if (moved !== undefined) await sendPage(moved);
}

/** The page stays due; it is tried again, at growing intervals for as long as it takes. */
async function holdUp(run: Run, error: ConnectorError, spent: Change, observer: Observer): Promise<void> {
  const { connection, entity, id, page } = run;
  if (error.code === 'STORE_REFUSED') forgetSecret(connection);
  const isLane = error.code.startsWith('LANE_');
  // Waiting for one's turn is no trouble.
  const problem = isLane ? run.problem : problemOfError(error, run.problem);
  const tries = isLane ? run.tries : run.tries + 1;
  const held = await changeRun(run, { ...spent, state: 'waiting', tries, problem }, { page, states: ['running'] });
  if (held === undefined) return;
  observer.warn('run waits', { connection, run: id, entity, page, code: error.code, detail: error.message });
  if (!isLane && run.problem?.code !== error.code) {
    const message = `The run of ${entity} waits: ${error.message}`;
    const row = { level: 'warning', code: error.code, message, remedy: error.remedy, entity } as const;
    await appendLog(connection, [row], await retentionDays(connection));
  }
  const seconds = isLane ? LANE_RETRY_SECONDS : Math.min(LAST_RETRY_SECONDS, 2 ** run.tries);
  const pause = Math.ceil(seconds * (0.5 + Math.random())) + (error.retryAfterSeconds ?? 0);
  await sendPage(held, Math.min(LONGEST_PAUSE_SECONDS, pause));
}

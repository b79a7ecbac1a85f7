import type { Run } from './commands/runs.ts';

const WIDTH = 20;

/** A run on one line, e.g. `customer full  [######------]  300/500  12.5/s, 16 s left  3 failed`. */
export function progressLine(run: Run): string {
  const { entity, mode, state, progress, problem, id } = run;
  const { total, seen, created, updated, adopted, removed, skipped, failed, changed, odooCalls } = progress;
  const part = total === null || total === 0 ? 0 : Math.min(1, seen / total);
  const filled = Math.round((state === 'completed' ? 1 : part) * WIDTH);
  const counts = [
    [created, 'created'],
    [updated, 'updated'],
    [adopted, 'adopted'],
    [removed, 'removed'],
    [skipped, 'unchanged'],
    [failed, run.preview === undefined ? 'failed' : 'blocked'],
    [changed, 'changed since'],
  ] as const;
  return [
    `${id}  ${entity} ${mode}${run.preview === undefined ? '' : ' preview'}`,
    `[${'#'.repeat(filled)}${'-'.repeat(WIDTH - filled)}]`,
    `${seen}/${total ?? '?'}`,
    state,
    counts.flatMap(([number, what]) => (number === 0 ? [] : [`${number} ${what}`])).join(', '),
    `${odooCalls} calls`,
    run.preview === undefined ? '' : `doing it: about ${run.preview.calls} calls, ${run.preview.seconds} s`,
    progress.recordsPerSecond === null ? '' : `${progress.recordsPerSecond.toFixed(1)}/s`,
    state === 'running' && progress.secondsLeft !== null ? `${progress.secondsLeft} s left` : '',
    problem === undefined ? '' : `${problem.code}: ${problem.message} ${problem.remedy}`,
  ]
    .filter(Boolean)
    .join('  ');
}

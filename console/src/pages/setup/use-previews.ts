import { isGoingOn, type Run } from '../runs/run-state.tsx';

export interface Previews {
  /** Of the last request that looked at everything, in the order of dependence. */
  runs: readonly Run[];
  isGoingOn: boolean;
  isComplete: boolean;
}

/** The last preview of everything, among the runs, newest first. */
export function usePreviews(runs: readonly Run[] = []): Previews {
  const counts = new Map<string, number>();
  for (const { preview, group } of runs) if (preview !== undefined) counts.set(group, (counts.get(group) ?? 0) + 1);
  const group = runs.find((run) => run.preview !== undefined && (counts.get(run.group) ?? 0) > 1)?.group;
  const own = group === undefined ? [] : runs.filter((run) => run.group === group).reverse();
  return {
    runs: own,
    isGoingOn: own.some(isGoingOn),
    isComplete: own.length > 0 && own.every(({ state }) => state === 'completed' || state === 'skipped'),
  };
}

import { type ConnectorError, catalog, type ErrorCode } from '../errors/index.ts';
import type { RunProblem } from '../store/runs.ts';

/** Why a run waits or has ended, for people. `since`: when it began to be held up, if it did before. */
export function problemOf(code: ErrorCode, message: string, since = new Date().toISOString()): RunProblem {
  return { code, message, remedy: catalog[code].remedy, since };
}

/** A store that is down fails in one way and then another: that is one time of being held up, which progress ends. */
export const problemOfError = (error: ConnectorError, before: RunProblem | undefined): RunProblem =>
  problemOf(error.code, error.message, before?.since);

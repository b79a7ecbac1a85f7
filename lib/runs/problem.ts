import { type ConnectorError, catalog, type ErrorCode } from '../errors/index.ts';
import type { RunProblem } from '../store/runs.ts';

/** Why a run waits or has ended, for people. `since`: when that began, if it did before. */
export function problemOf(code: ErrorCode, message: string, since = new Date().toISOString()): RunProblem {
  return { code, message, remedy: catalog[code].remedy, since };
}

export const problemOfError = (error: ConnectorError, before: RunProblem | undefined): RunProblem =>
  problemOf(error.code, error.message, before?.code === error.code ? before.since : undefined);

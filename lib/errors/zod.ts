import type { ZodError } from 'zod';
import type { FieldProblem } from './index.ts';

/** The problems of a failed parse, each at its path; `prefix` is where the value stood in the request. */
export function fieldProblems(error: ZodError, prefix: readonly PropertyKey[] = []): FieldProblem[] {
  return error.issues.map((issue) => ({
    path: [...prefix, ...issue.path].map(String).join('.'),
    reason: issue.message,
  }));
}

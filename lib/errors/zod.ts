/** What somebody else sends is checked at a cost that does not grow with what is wrong with it. */
import type * as z from 'zod';
import type { FieldProblem } from './index.ts';

/** Of one value; its sender mends the first ones and sees the next. */
export const MAX_PROBLEMS = 20;
/** Of a path and of a reason: names in them may be the sender's. */
const MAX_LENGTH = 200;
/** Of a value with so many values in it all problems are looked for, of a larger one the first. */
const SMALL = 1_000;
/**
 * Lists and objects stop at their first bad member, as they do for zod's own `validate`, which does not say where:
 * a million wrong values would else be a million issues, hundreds of megabytes.
 */
const EARLY = { reportInput: false, abortEarly: true };

export type Checked<T> = { success: true; data: T } | { success: false; problems: FieldProblem[] };

/** A value as its schema has it, or what is wrong with it: at most 20 problems; `prefix` is where it stood. */
export function checkedBy<T>(schema: z.ZodType<T>, value: unknown, prefix: readonly PropertyKey[] = []): Checked<T> {
  const first = schema.safeParse(value, EARLY);
  if (first.success) return first;
  const { error } = isSmall(value) ? schema.safeParse(value) : first;
  return { success: false, problems: fieldProblems(error ?? first.error, prefix) };
}

/** The problems of a failed parse, each at its path; of many the first ones, and how many there are besides. */
export function fieldProblems(error: z.ZodError, prefix: readonly PropertyKey[] = []): FieldProblem[] {
  const { issues } = error;
  const told = issues.slice(0, MAX_PROBLEMS).map(({ path, message }) => problem([...prefix, ...path], message));
  const left = issues.length - told.length;
  return left === 0 ? told : [...told, problem(prefix, `has ${left} more problems`)];
}

const problem = (path: readonly PropertyKey[], reason: string): FieldProblem => ({
  path: shortened(path.map(String).join('.')),
  reason: shortened(reason),
});

const shortened = (text: string): string => (text.length > MAX_LENGTH ? `${text.slice(0, MAX_LENGTH)}…` : text);

function isSmall(value: unknown): boolean {
  let left = SMALL;
  const isWithin = (one: unknown): boolean => {
    left -= 1;
    if (left < 0 || typeof one !== 'object' || one === null) return left >= 0;
    return Array.isArray(one) ? one.every(isWithin) : Object.values(one).every(isWithin);
  };
  return isWithin(value);
}

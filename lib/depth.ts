/** What is walked through by recursion must not be deeper than the stack; a snapshot is some ten levels deep. */
export const MAX_DEPTH = 64;

/** Whether a JSON value has more levels than anything of ours has. Looks at it level by level, without recursion. */
export function isTooDeep(value: unknown): boolean {
  let level: unknown[] = [value];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > MAX_DEPTH) return true;
    level = level.flatMap((one) => (typeof one === 'object' && one !== null ? Object.values(one) : []));
  }
  return false;
}

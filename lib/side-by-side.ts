/**
 * Does the work for each part, `atOnce` of them at the same time. After an error no further part is begun, and
 * what is under way is waited for: nobody must be at work any more when, say, a lane is given back.
 *
 * Our own, because p-map rejects while others are still at work, or goes on with all parts that are left.
 *
 * @throws the first error
 */
export async function sideBySide<T>(
  parts: readonly T[],
  atOnce: number,
  work: (part: T) => Promise<void>,
): Promise<void> {
  const left = parts.values();
  const errors: unknown[] = [];
  const worker = async () => {
    for (let next = left.next(); next.done !== true && errors.length === 0; next = left.next()) {
      await work(next.value).catch((error: unknown) => errors.push(error));
    }
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  if (errors.length > 0) throw errors[0];
}

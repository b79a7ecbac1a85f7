/** Several calls of one batch under way at once, where the settings allow it (`callsAtOnce`). */

/** Fewer records are not worth a call of their own. */
const LEAST_RECORDS = 25;

/** Into how large parts so many records are cut: at most `most`, smaller where that gives each call its share. */
export const recordsPerCall = (records: number, most: number, callsAtOnce: number): number =>
  Math.min(most, Math.max(LEAST_RECORDS, Math.ceil(records / callsAtOnce)));

/** How many calls that makes. */
export const callsFor = (records: number, most: number, callsAtOnce: number): number =>
  records === 0 ? 0 : Math.ceil(records / recordsPerCall(records, most, callsAtOnce));

/**
 * Does the work for each part, `atOnce` of them at the same time. After an error no further part is begun, and
 * what is under way is waited for: Odoo must not be at work any more when its lane is given back.
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

import { chunks } from '../collections.ts';
import { forgetCause, fullCause, readCause } from './causes.ts';
import { type Failure, failuresOf, removeFailure } from './failures.ts';
import { clearFailure } from './mappings.ts';

/** One call of the API has 29 seconds. */
const MOST_DISMISSED = 1_000;
const DISMISSED_TOGETHER = 25;

/**
 * Dismisses a failure: the parked event and its body are gone, and nothing marks the record. The next event of
 * the record is synced as if it had never failed.
 *
 * @returns false if a newer event of the record was parked meanwhile; that one stays
 */
export async function dismissFailure(failure: Failure): Promise<boolean> {
  if (!(await removeOne(failure))) return false;
  await forgetIfEmpty(failure.connection, failure.causeKey, new Set([failure.recordId]));
  return true;
}

/**
 * Dismisses the failures of a cause, and the cause with the last of them.
 * @param cause as the API names it
 */
export async function dismissCause(
  connection: string,
  cause: string,
): Promise<{ dismissed: number; more: boolean } | undefined> {
  const full = fullCause(connection, cause);
  const some: Failure[] = [];
  let more = false;
  for await (const failure of failuresOf(full)) {
    more = some.length === MOST_DISMISSED;
    if (more) break;
    some.push(failure);
  }
  if (some.length === 0 && (await readCause(connection, full)) === undefined) return undefined;
  let dismissed = 0;
  for (const batch of chunks(some, DISMISSED_TOGETHER)) {
    dismissed += (await Promise.all(batch.map(removeOne))).filter(Boolean).length;
  }
  if (!more) await forgetIfEmpty(connection, full, new Set(some.map(({ recordId }) => recordId)));
  return { dismissed, more };
}

async function removeOne(failure: Failure): Promise<boolean> {
  if (!(await removeFailure(failure))) return false;
  await clearFailure(failure.connection, failure);
  return true;
}

/** `gone`: records whose failures the index may still show for a moment. */
async function forgetIfEmpty(connection: string, full: string, gone: ReadonlySet<string>): Promise<void> {
  const cause = await readCause(connection, full);
  if (cause === undefined) return;
  for await (const { recordId } of failuresOf(full)) if (!gone.has(recordId)) return;
  await forgetCause(cause);
}

import { type Cause, dueCauses, forgetCause, hastenTrial, isTried, putOffTrial } from '../store/causes.ts';
import { type Failure, failuresOf } from '../store/failures.ts';
import type { Observer } from './observe.ts';
import { replay } from './replay.ts';

/**
 * Parked failures are tried again by themselves: of each cause one, its oldest, at growing intervals.
 * When a trial succeeds the cause is gone, and all the others of that cause follow it at once.
 */

const CAUSES_PER_ROUND = 50;

/** Sends one failure of each cause that is due. @returns how many were sent */
export async function startTrials(observer: Observer): Promise<number> {
  let sent = 0;
  for (const cause of await dueCauses(CAUSES_PER_ROUND)) {
    try {
      if (await startTrial(cause, observer)) sent += 1;
    } catch (error) {
      // One cause must not keep the others from their trial.
      observer.error('trial failed', { connection: cause.connection, cause: cause.cause, error: String(error) });
    }
  }
  return sent;
}

async function startTrial(cause: Cause, observer: Observer): Promise<boolean> {
  if (!(await putOffTrial(cause))) return false;
  const found = await tryOldest(cause, observer);
  // The index of failures follows the table a little later; by the time of a trial it has caught up.
  if (found === 'none') await forgetCause(cause);
  return found === 'sent';
}

/** Sends the oldest failure of a cause that can be read: one that cannot must not stand before the others. */
export async function tryOldest(
  cause: Cause,
  observer: Observer,
  delaySeconds?: number,
): Promise<'sent' | 'kept' | 'none'> {
  let any = false;
  for await (const failure of failuresOf(cause.cause)) {
    if (!isTried(cause)) return 'kept';
    any = true;
    const options = { trialOf: cause.cause, ...(delaySeconds === undefined ? {} : { delaySeconds }) };
    if ((await replay([failure], observer, options)).sent > 0) return 'sent';
  }
  return any ? 'kept' : 'none';
}

/**
 * Sends all failures of a cause that is gone. The cause itself stays for one more trial, which finds
 * what was parked at the same moment, or forgets it.
 *
 * @returns how many were sent
 */
export async function releaseCause(connection: string, cause: string, observer: Observer): Promise<number> {
  await hastenTrial(connection, cause);
  const waiting: Failure[] = [];
  for await (const failure of failuresOf(cause)) waiting.push(failure);
  const { sent } = await replay(waiting, observer);
  observer.info('released', { connection, cause, failures: sent });
  return sent;
}

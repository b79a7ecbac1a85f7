import { chunks } from '../collections.ts';
import {
  type Cause,
  dueCauses,
  type Failure,
  failuresOf,
  forgetCause,
  hastenTrial,
  putOffTrial,
} from '../store/failures.ts';
import { getPayload } from '../store/payloads.ts';
import type { QueueMessage } from './message.ts';
import type { Observer } from './observe.ts';
import { readMessage } from './receive.ts';
import { sendMessages } from './send.ts';

/**
 * Parked failures are tried again by themselves: of each cause one, its oldest, at growing intervals.
 * When a trial succeeds the cause is gone, and all the others of that cause follow it at once.
 */

const CAUSES_PER_ROUND = 50;
const SENT_TOGETHER = 50;

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
  let any = false;
  for await (const failure of failuresOf(cause.cause)) {
    if (!any && !(await putOffTrial(cause))) return false;
    any = true;
    // The oldest that can be read: one that cannot must not stand before the others.
    if ((await replay([failure], observer, cause.cause)) > 0) return true;
  }
  // The index of failures follows the table a little later; by the time of a trial it has caught up.
  if (!any) await forgetCause(cause);
  return false;
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
  let sent = 0;
  for (const batch of chunks(waiting, SENT_TOGETHER)) sent += await replay(batch, observer);
  observer.info('released', { connection, cause, failures: sent });
  return sent;
}

async function replay(failures: readonly Failure[], observer: Observer, trialOf?: string): Promise<number> {
  const messages: QueueMessage[] = [];
  for (const failure of failures) {
    const body = await getPayload(failure.payload);
    if (body === undefined) continue;
    try {
      const { message } = await readMessage(body);
      // The day of retries starts anew.
      const acceptedAt = new Date().toISOString();
      messages.push({ ...message, acceptedAt, ...(trialOf === undefined ? { trialOf: undefined } : { trialOf }) });
    } catch {
      observer.warn('not replayable', { entity: failure.entity, recordId: failure.recordId });
    }
  }
  return (await sendMessages(messages)).filter(Boolean).length;
}

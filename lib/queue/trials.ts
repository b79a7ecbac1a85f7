import { chunks } from '../collections.ts';
import { dueCauses, type Failure, failuresOf, forgetCause, putOffTrial } from '../store/failures.ts';
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
    const { value: oldest } = await failuresOf(cause.cause).next();
    if (oldest === undefined) {
      await forgetCause(cause);
    } else if (await putOffTrial(cause)) {
      sent += await replay([oldest as Failure], observer, cause.cause);
    }
  }
  return sent;
}

/** Sends all failures of a cause that is gone. @returns how many were sent */
export async function releaseCause(connection: string, cause: string, observer: Observer): Promise<number> {
  const waiting: Failure[] = [];
  for await (const failure of failuresOf(cause)) waiting.push(failure);
  await forgetCause({ connection, cause });
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

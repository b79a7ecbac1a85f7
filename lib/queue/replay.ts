import { chunks } from '../collections.ts';
import { ConnectorError } from '../errors/index.ts';
import type { Failure } from '../store/failures.ts';
import { getPayload } from '../store/payloads.ts';
import type { QueueMessage } from './message.ts';
import type { Observer } from './observe.ts';
import { readMessage } from './receive.ts';
import { sendMessages } from './send.ts';

const SENT_TOGETHER = 50;

export interface Replayed {
  sent: number;
  /** Failures whose body is gone or cannot be read: nothing can be sent of them. */
  unreadable: number;
}

export interface ReplayOptions {
  /** Full key of the cause: if this one succeeds, all others of that cause follow. */
  trialOf?: string;
  /** The queue hands it out after so long; at most 900. */
  delaySeconds?: number;
}

/**
 * Sends parked events to their queues again. Their failures stay until the events are in Odoo.
 * @throws ConnectorError QUEUE_UNAVAILABLE: some were not taken; sending all again does no harm
 */
export async function replay(
  failures: readonly Failure[],
  observer: Observer,
  { trialOf, delaySeconds }: ReplayOptions = {},
): Promise<Replayed> {
  const replayed = { sent: 0, unreadable: 0 };
  for (const batch of chunks(failures, SENT_TOGETHER)) {
    const read = await Promise.all(batch.map((failure) => messageOf(failure, observer)));
    const messages = read.filter((message) => message !== undefined).map((message) => ({ ...message, trialOf }));
    const taken = (await sendMessages(messages, delaySeconds)).filter(Boolean).length;
    if (taken < messages.length) {
      throw new ConnectorError('QUEUE_UNAVAILABLE', `The queue did not take ${messages.length - taken} events.`);
    }
    replayed.sent += taken;
    replayed.unreadable += batch.length - messages.length;
  }
  return replayed;
}

async function messageOf(failure: Failure, observer: Observer): Promise<QueueMessage | undefined> {
  const body = await getPayload(failure.payload);
  if (body === undefined) return undefined;
  try {
    const { message } = await readMessage(body);
    // The day of retries starts anew.
    return { ...message, acceptedAt: new Date().toISOString() };
  } catch {
    observer.warn('not replayable', { entity: failure.entity, recordId: failure.recordId });
    return undefined;
  }
}

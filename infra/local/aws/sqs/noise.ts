/**
 * Fair queues: SQS hands out messages of quiet groups first while one group has most of what is in flight.
 * AWS does not say where it draws the line; here it is half of all, and more than one receive of them.
 */
import type { QueuedMessage } from './message.ts';

const LEAST_IN_FLIGHT = 10;

export class Noise {
  readonly #inFlight = new Map<string, number>();
  #all = 0;

  /** Counts a message into what is in flight, or out of it. */
  count({ content: { groupId = '' } }: QueuedMessage, change: 1 | -1): void {
    const inFlight = (this.#inFlight.get(groupId) ?? 0) + change;
    if (inFlight === 0) this.#inFlight.delete(groupId);
    else this.#inFlight.set(groupId, inFlight);
    this.#all += change;
  }

  /** The messages as they are handed out, each as late as it is asked for. */
  *inTurn(visible: Iterable<QueuedMessage>): Generator<QueuedMessage> {
    const noisy = this.#noisy();
    const later: QueuedMessage[] = [];
    for (const message of visible) {
      if (noisy === undefined || message.content.groupId !== noisy) yield message;
      else later.push(message);
    }
    yield* later;
  }

  #noisy(): string | undefined {
    for (const [group, inFlight] of this.#inFlight) {
      if (group !== '' && inFlight > LEAST_IN_FLIGHT && inFlight * 2 > this.#all) return group;
    }
    return undefined;
  }
}

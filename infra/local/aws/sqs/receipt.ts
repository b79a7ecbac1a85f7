import { ServiceError } from '../json-protocol.ts';
import type { QueuedMessage } from './message.ts';
import type { Queue } from './queue.ts';

/** Names one receive of one message, so that a late consumer cannot delete what another is working on. */
export function receiptHandle(queue: Queue, message: QueuedMessage): string {
  const parts = [queue.name, message.sequence, message.receives.count, message.content.id];
  return Buffer.from(parts.join('!')).toString('base64url');
}

/**
 * The message that a handle stands for; undefined if it was deleted, moved or received again since.
 * A handle that this queue never gave is refused.
 */
export function findByReceipt(queue: Queue, handle: string): QueuedMessage | undefined {
  const [name, sequence, count, id] = Buffer.from(handle, 'base64url').toString().split('!');
  if (name !== queue.name || !id) {
    throw new ServiceError('ReceiptHandleIsInvalid', `The input receipt handle "${handle}" is not a valid one.`);
  }
  const message = queue.find(Number(sequence));
  return message?.content.id === id && message.receives.count === Number(count) ? message : undefined;
}

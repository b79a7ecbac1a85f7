import * as z from 'zod';
import { storeEvent } from '../opencart/events.ts';
import { connectionName } from '../store/connections.ts';

/** What waits in an entity's queue: one event of one connection. */
export const queueMessage = z.object({
  version: z.literal(1),
  connection: connectionName,
  /** When the event was accepted; the day of retries counts from here. */
  acceptedAt: z.iso.datetime(),
  /** Set on a failure that is tried again: the cause it was parked for. */
  trialOf: z.string().optional(),
  event: storeEvent,
});
export type QueueMessage = z.output<typeof queueMessage>;

/** Stands in the queue for a message that is too large for it. */
export const queueReference = z.object({ version: z.literal(1), connection: connectionName, payload: z.string() });

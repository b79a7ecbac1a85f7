/** The body of `POST /v1/events`. */
import * as z from 'zod';

/** Limits of one request. */
export const MAX_EVENTS = 50;
export const MAX_BODY_BYTES = 1_048_576;

export const eventAction = z.enum(['upsert', 'delete']);

/** One change: a record's snapshot plus id, sequence and time. `data` is checked by the entity's own schema. */
export const storeEvent = z.object({
  /** Unique per event; a repetition carries the same id. */
  id: z.string().min(1).max(128),
  entity: z.string().min(1).max(64),
  action: eventAction,
  recordId: z.string().min(1).max(128),
  /** The store's outbox id: of two events the higher one is the newer. */
  sequence: z.int().min(1),
  occurredAt: z.iso.datetime(),
  /** The store's own hash of the row, as its export endpoint tells it: then a sweep need not ask for the record. */
  hash: z.string().min(1).max(128).optional(),
  /** Somebody asked for the record: it is synced whatever is switched off. */
  asked: z.boolean().optional(),
  data: z.record(z.string(), z.unknown()),
});
export type StoreEvent = z.output<typeof storeEvent>;

/** The envelope alone: events are checked one by one, so that a bad one does not block its neighbours. */
export const eventsBody = z.object({ events: z.array(z.unknown()).min(1) });

/** The answer to one event. */
export interface EventVerdict {
  /** As sent; null where the event had no readable id. */
  id: string | null;
  status: 'accepted' | 'duplicate' | 'rejected';
  code?: string;
  detail?: string;
  errors?: readonly { path: string; reason: string }[];
}

import { ConnectorError, type FieldProblem } from '../errors/index.ts';
import { checkedBy } from '../errors/zod.ts';
import { type EventVerdict, MAX_EVENTS, type StoreEvent, storeEvent } from '../opencart/events.ts';
import { remember, seen } from '../store/receipts.ts';
import type { AnyEntity } from '../sync/declare.ts';
import type { QueueMessage } from './message.ts';
import { realtimeOf, takesEvents } from './realtime.ts';
import { sendMessages } from './send.ts';

/** A store repeats what it got no answer to; longer than it does so. */
const REMEMBERED_SECONDS = 3 * 86_400;

/**
 * Takes a request's events into the queues of their entities. Each event gets its own verdict: a
 * bad one never blocks its neighbours.
 *
 * @throws ConnectorError TOO_MANY_EVENTS, or QUEUE_UNAVAILABLE: then the store sends all again, and
 * those that were taken are duplicates
 */
export async function acceptEvents(
  connection: string,
  raw: readonly unknown[],
  findEntity: (name: string) => AnyEntity | undefined,
): Promise<EventVerdict[]> {
  if (raw.length > MAX_EVENTS) {
    throw new ConnectorError(
      'TOO_MANY_EVENTS',
      `${raw.length} events in one request; at most ${MAX_EVENTS} are taken.`,
      {
        fields: [{ path: 'events', reason: `must have at most ${MAX_EVENTS} items` }],
      },
    );
  }
  const checked = raw.map((event, index) => checkEvent(event, index, findEntity));
  const receiptOf = (event: StoreEvent) => `event#${connection}#${event.id}`;
  const known = await seen(checked.flatMap((one) => ('event' in one ? [receiptOf(one.event)] : [])));

  const realtime = await realtimeOf(connection);
  const fresh: StoreEvent[] = [];
  const verdicts = checked.map((one): EventVerdict => {
    if ('verdict' in one) return one.verdict;
    const receipt = receiptOf(one.event);
    if (known.has(receipt)) return { id: one.event.id, status: 'duplicate' };
    // The store shall forget it all the same: a later run brings what is switched off now.
    if (one.event.asked !== true && !takesEvents(realtime, one.event.entity))
      return { id: one.event.id, status: 'accepted' };
    known.add(receipt);
    fresh.push(one.event);
    return { id: one.event.id, status: 'accepted' };
  });

  const acceptedAt = new Date().toISOString();
  const taken = await sendMessages(fresh.map((event): QueueMessage => ({ version: 1, connection, acceptedAt, event })));
  await remember(fresh.filter((_, index) => taken[index]).map(receiptOf), REMEMBERED_SECONDS);
  const left = taken.filter((ok) => !ok).length;
  if (left > 0)
    throw new ConnectorError('QUEUE_UNAVAILABLE', `The queue did not take ${left} of ${fresh.length} events.`);
  return verdicts;
}

type Checked = { event: StoreEvent } | { verdict: EventVerdict };

function checkEvent(raw: unknown, index: number, findEntity: (name: string) => AnyEntity | undefined): Checked {
  const at = ['events', index];
  const checked = checkedBy(storeEvent, raw, at);
  if (!checked.success) {
    return rejected(readableId(raw), 'EVENT_INVALID', 'The event has a bad shape.', checked.problems);
  }
  const event = checked.data;
  const entity = findEntity(event.entity);
  if (entity?.source !== 'events') {
    const problem = { path: `events.${index}.entity`, reason: 'is no entity that the store sends events of' };
    return rejected(event.id, 'ENTITY_UNKNOWN', `There is no entity "${event.entity.slice(0, 64)}".`, [problem]);
  }
  // What a deleted record was is not known any more: its data only identifies it.
  if (event.action === 'delete') return { event };
  const snapshot = checkedBy(entity.snapshot, event.data, [...at, 'data']);
  if (snapshot.success) return { event };
  const detail = `The snapshot of ${event.entity} ${event.recordId} has a bad shape.`;
  return rejected(event.id, 'SNAPSHOT_INVALID', detail, snapshot.problems);
}

function rejected(id: string | null, code: string, detail: string, errors: readonly FieldProblem[]): Checked {
  return { verdict: { id, status: 'rejected', code, detail, errors } };
}

function readableId(raw: unknown): string | null {
  const id = (raw as { id?: unknown } | null)?.id;
  return typeof id === 'string' ? id.slice(0, 128) : null;
}

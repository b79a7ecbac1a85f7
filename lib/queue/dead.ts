import { asConnectorError, ConnectorError } from '../errors/index.ts';
import { park } from '../store/failures.ts';
import { appendLog, DEFAULT_RETENTION_DAYS } from '../store/log.ts';
import { noteFailure } from '../store/mappings.ts';
import type { Observer } from './observe.ts';
import { readMessage } from './receive.ts';

/** A message as SQS delivers it, before anything was read of it. */
export interface RawMessage {
  messageId: string;
  body: string;
  /** Entity whose queue it came from. */
  entity: string;
  /** The connection as far as the queue knows it. */
  group: string | undefined;
}

/** Where failures and log rows go that belong to no connection. */
export const NO_CONNECTION = '-';

/** Parks a message that was given up after many deliveries. */
export async function parkDeadLetter(raw: RawMessage, observer: Observer): Promise<void> {
  try {
    const { body, message } = await readMessage(raw.body);
    const { connection, event } = message;
    const text = `${event.entity} ${event.recordId} was given up after many deliveries.`;
    const error = new ConnectorError('DEAD_LETTER', text, { subject: event.entity });
    await record(
      {
        connection,
        entity: event.entity,
        recordId: event.recordId,
        eventId: event.id,
        sequence: event.sequence,
        error,
        body,
      },
      observer,
    );
    await noteFailure(connection, event, error.code);
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.code !== 'MESSAGE_UNREADABLE') throw thrown;
    await parkUnreadable(raw, error, observer);
  }
}

/** Parks a message that nobody can read, with its body: it would be delivered again for ever. */
export async function parkUnreadable(raw: RawMessage, error: ConnectorError, observer: Observer): Promise<void> {
  const { messageId, entity, body } = raw;
  const connection = raw.group ?? NO_CONNECTION;
  const recordId = `message:${messageId}`;
  await record({ connection, entity, recordId, eventId: messageId, sequence: 0, error, body }, observer);
}

async function record(parked: Parameters<typeof park>[0], observer: Observer): Promise<void> {
  const { connection, entity, recordId, eventId, error } = parked;
  await park(parked);
  const { code, message, remedy } = error;
  await appendLog(
    connection,
    [{ level: 'error', code, message, remedy, entity, recordId, eventId }],
    DEFAULT_RETENTION_DAYS,
  );
  observer.warn('parked', { connection, entity, recordId, code, eventId });
  observer.count('Parked', 1);
}

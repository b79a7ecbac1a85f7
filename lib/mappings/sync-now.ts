import { ConnectorError } from '../errors/index.ts';
import { replay } from '../queue/replay.ts';
import { runRequest } from '../runs/request.ts';
import { startRun } from '../runs/start.ts';
import { noteAction } from '../store/actions.ts';
import { readFailure } from '../store/failures.ts';
import { type RecordKey, recordName } from '../store/mappings.ts';
import { findMapping } from '../store/unmap.ts';
import { type Actor, existing } from './by-hand.ts';

/**
 * Sends the parked event of a record again; without one, a run fetches the record from the store, known or not.
 * @throws ConnectorError CONFLICT if the entity has a run already or the store cannot be asked for such a record
 *   alone, NOT_FOUND if moreover nothing is known of it, QUEUE_UNAVAILABLE, and what `startRun` throws
 */
export async function syncNow(
  { connection, by, observer }: Actor,
  key: RecordKey,
): Promise<{ sent: number; run: string | null }> {
  const failure = await readFailure(connection, key);
  const sent = failure === undefined ? 0 : (await replay([failure], observer)).sent;
  if (sent > 0) {
    await noteAction(connection, by, { code: 'REPLAYED', message: `${recordName(key)} was sent again.`, ...key });
    return { sent, run: null };
  }
  // The store may have it although the connector has never heard of it; an alias is known here alone.
  const recordId = (await findMapping(connection, key))?.recordId ?? key.recordId;
  const request = runRequest.safeParse({ entity: key.entity, mode: 'ids', ids: [recordId] });
  if (!request.success) {
    await existing(connection, key);
    const message = `${recordName(key)} is part of other records: sync one of those.`;
    throw new ConnectorError('CONFLICT', message);
  }
  const started = await startRun(connection, request.data, by);
  if ('current' in started) {
    const { id, state } = started.current;
    throw new ConnectorError('CONFLICT', `There is a run of ${key.entity} already.`, { current: { run: id, state } });
  }
  return { sent: 0, run: started.runs[0]?.id ?? null };
}

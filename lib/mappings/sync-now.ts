import { ConnectorError } from '../errors/index.ts';
import { replay } from '../queue/replay.ts';
import { noteAction } from '../store/actions.ts';
import { readFailure } from '../store/failures.ts';
import { type RecordKey, recordName } from '../store/mappings.ts';
import { type Actor, existing } from './by-hand.ts';

/**
 * Sends the parked event of a record again.
 * @throws ConnectorError NOT_FOUND, CONFLICT if nothing is parked of it, QUEUE_UNAVAILABLE
 */
export async function syncNow({ connection, by, observer }: Actor, key: RecordKey): Promise<number> {
  const failure = await readFailure(connection, key);
  const sent = failure === undefined ? 0 : (await replay([failure], observer)).sent;
  if (sent === 0) {
    await existing(connection, key);
    const how = 'save it in the store, or start a run of its id';
    throw new ConnectorError('CONFLICT', `Nothing of ${recordName(key)} is kept here that could be sent: ${how}.`);
  }
  await noteAction(connection, by, { code: 'REPLAYED', message: `${recordName(key)} was sent again.`, ...key });
  return sent;
}

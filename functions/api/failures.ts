import * as contract from '../../lib/api/routes/failures.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { bodyOf, causeRows, failureRow } from '../../lib/queue/failures.ts';
import { replay } from '../../lib/queue/replay.ts';
import { noteAction } from '../../lib/store/actions.ts';
import { dismissCause, dismissFailure } from '../../lib/store/dismiss.ts';
import { type FailureFilter, isFailureCursor, listFailures } from '../../lib/store/failure-list.ts';
import { type Failure, readFailure } from '../../lib/store/failures.ts';
import { type RecordKey, recordName } from '../../lib/store/mappings.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';
import { observer } from '../stack/telemetry.ts';

const REPLAYED_PER_CALL = 500;

/** What could not be synced: looked at, sent again, given up. */
export const handler = serve(
  serves(contract.listCauses, async ({ query, claims }) => {
    return json(200, await causeRows(claims.connection, query.limit, query.cursor));
  }),

  serves(contract.listFailures, async ({ query, claims }) => {
    const { limit, cursor, ...filter } = query;
    checkCursor('QUERY_INVALID', cursor, filter);
    const { failures, next } = await listFailures(claims.connection, filter, limit, cursor);
    return json(200, { failures: failures.map(failureRow), next: next ?? null });
  }),

  serves(contract.getFailure, async ({ params, claims }) => {
    const failure = await existing(claims.connection, params);
    return json(200, { ...failureRow(failure), ...(await bodyOf(failure)) });
  }),

  serves(contract.replayFailures, async ({ body, claims }) => {
    const { connection, subject } = claims;
    const { failures, next } = await chosen(connection, body);
    const { sent, unreadable } = await replay(failures, observer);
    if ('recordId' in body && sent === 0) {
      throw new ConnectorError('VALUE_REFUSED', `Nobody can read what was parked of ${recordName(body)}; dismiss it.`);
    }
    const what =
      'cause' in body ? `of the cause ${body.cause}` : 'recordId' in body ? `of ${recordName(body)}` : 'of all';
    await noteAction(connection, subject, {
      code: 'REPLAYED',
      message: `Parked events ${what} were sent again: ${sent}.`,
      ...('recordId' in body ? body : {}),
    });
    return json(202, { sent, unreadable, next: next ?? null });
  }),

  serves(contract.dismissFailure, async ({ params, claims }) => {
    const failure = await existing(claims.connection, params);
    if (!(await dismissFailure(failure))) {
      throw new ConnectorError('CONFLICT', `A newer event of ${recordName(params)} was parked meanwhile.`);
    }
    await noteAction(claims.connection, claims.subject, {
      code: 'DISMISSED',
      message: `The failure of ${recordName(params)} was dismissed (${failure.code}).`,
      ...params,
      eventId: failure.eventId,
    });
    return { statusCode: 204 };
  }),

  serves(contract.dismissCause, async ({ body, claims }) => {
    const answer = await dismissCause(claims.connection, body.cause);
    if (answer === undefined) throw noCause(body.cause);
    await noteAction(claims.connection, claims.subject, {
      code: 'DISMISSED',
      message: `Failures of the cause ${body.cause} were dismissed: ${answer.dismissed}.`,
    });
    return json(200, answer);
  }),
);

type Choice = RecordKey | (FailureFilter & { cursor?: string | undefined });

async function chosen(connection: string, choice: Choice): Promise<{ failures: Failure[]; next?: string }> {
  if ('recordId' in choice) return { failures: [await existing(connection, choice)] };
  const { cause, cursor } = choice;
  checkCursor('VALUE_REFUSED', cursor, { cause });
  const page = await listFailures(connection, { cause }, REPLAYED_PER_CALL, cursor);
  if (cause !== undefined && cursor === undefined && page.failures.length === 0) throw noCause(cause);
  return page;
}

async function existing(connection: string, key: RecordKey): Promise<Failure> {
  const failure = await readFailure(connection, key);
  if (failure === undefined) throw new ConnectorError('NOT_FOUND', `There is no failure of ${recordName(key)}.`);
  return failure;
}

const noCause = (cause: string) => new ConnectorError('NOT_FOUND', `No failure has the cause ${cause}.`);

function checkCursor(code: 'QUERY_INVALID' | 'VALUE_REFUSED', cursor: string | undefined, filter: FailureFilter): void {
  if (cursor === undefined || isFailureCursor(cursor, filter)) return;
  const fields = [{ path: 'cursor', reason: 'is no cursor of this list' }];
  throw new ConnectorError(code, 'The cursor is of another list.', { fields });
}

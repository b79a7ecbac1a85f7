import { DeleteCommand, GetCommand, QueryCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { firstTrialMs, tableName } from '../environment.ts';
import type { ConnectorError } from '../errors/index.ts';
import { documents, ifConditionHolds } from './documents.ts';
import { type RecordKey, recordName } from './mappings.ts';
import { deletePayload, putPayload } from './payloads.ts';

/** An event that could not be applied, parked with its cause until it can be. One per record: the newest. */
export interface Failure extends RecordKey {
  connection: string;
  code: string;
  message: string;
  /** `<connection>#<cause>`: what all failures of one cause share. */
  causeKey: string;
  eventId: string;
  sequence: number;
  /** Where the message is kept whole. */
  payload: string;
  attempts: number;
  firstAt: string;
  parkedAt: string;
}

export interface Parked extends RecordKey {
  connection: string;
  eventId: string;
  sequence: number;
  error: ConnectorError;
  /** The message as it stood in the queue. */
  body: string;
}

const failureItem = (key: RecordKey) => `record#${recordName(key)}`;
const groupItem = (causeKey: string) => `cause#${causeKey}`;

const LAST_TRIAL_MS = 3_600_000;

/**
 * Parks an event: first its body, then the failure that names it. A failure of a newer event of the
 * same record is left as it is.
 */
export async function park(parked: Parked): Promise<void> {
  const { connection, entity, recordId, eventId, sequence, error, body } = parked;
  const now = new Date().toISOString();
  const causeKey = `${connection}#${error.causeKey}`;
  const payload = `failure/${connection}/${recordName(parked)}/${eventId}`;
  await putPayload(payload, body);
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('failures'),
        Key: { connection, item: failureItem(parked) },
        UpdateExpression:
          'SET entity = :entity, recordId = :recordId, code = :code, #message = :message, causeKey = :causeKey, ' +
          'eventId = :eventId, #sequence = :sequence, payload = :payload, parkedAt = :now, ' +
          'firstAt = if_not_exists(firstAt, :now) ADD attempts :one',
        ConditionExpression: 'attribute_not_exists(#sequence) OR #sequence <= :sequence',
        ExpressionAttributeNames: { '#message': 'message', '#sequence': 'sequence' },
        ExpressionAttributeValues: {
          ':entity': entity,
          ':recordId': recordId,
          ':code': error.code,
          ':message': error.message,
          ':causeKey': causeKey,
          ':eventId': eventId,
          ':sequence': sequence,
          ':payload': payload,
          ':now': now,
          ':one': 1,
        },
        ReturnValues: 'UPDATED_OLD',
      }),
    ),
  );
  const former = answer === undefined ? payload : answer.Attributes?.payload;
  if (typeof former === 'string' && (answer === undefined || former !== payload)) await deletePayload(former);
  if (answer !== undefined && error.kind !== 'invalid') await noteCause(connection, causeKey, error);
}

/** Groups failures by cause and says when one of them shall be tried. */
async function noteCause(connection: string, causeKey: string, error: ConnectorError): Promise<void> {
  await documents.send(
    new UpdateCommand({
      TableName: tableName('failures'),
      Key: { connection, item: groupItem(causeKey) },
      UpdateExpression:
        'SET code = :code, #message = :message, cause = :cause, due = :due, trials = if_not_exists(trials, :zero), ' +
        'nextTrialAt = if_not_exists(nextTrialAt, :next) ADD parked :one',
      ExpressionAttributeNames: { '#message': 'message' },
      ExpressionAttributeValues: {
        ':code': error.code,
        ':message': error.message,
        ':cause': causeKey,
        ':due': 'due',
        ':zero': 0,
        ':one': 1,
        ':next': new Date(Date.now() + firstTrialMs()).toISOString(),
      },
    }),
  );
}

/**
 * Removes the failure of a record whose events up to a sequence are in Odoo.
 * @returns false if the failure is of a newer event, and stays
 */
export async function resolveFailure(connection: string, key: RecordKey, applied: number): Promise<boolean> {
  const answer = await ifConditionHolds(
    documents.send(
      new DeleteCommand({
        TableName: tableName('failures'),
        Key: { connection, item: failureItem(key) },
        ConditionExpression: 'attribute_not_exists(#sequence) OR #sequence <= :applied',
        ExpressionAttributeNames: { '#sequence': 'sequence' },
        ExpressionAttributeValues: { ':applied': applied },
        ReturnValues: 'ALL_OLD',
      }),
    ),
  );
  const payload = answer?.Attributes?.payload;
  if (typeof payload === 'string') await deletePayload(payload);
  return answer !== undefined;
}

export async function readFailure(connection: string, key: RecordKey): Promise<Failure | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('failures'), Key: { connection, item: failureItem(key) } }),
  );
  return Item as Failure | undefined;
}

/** The failures of one cause, oldest first. */
export async function* failuresOf(causeKey: string): AsyncGenerator<Failure> {
  let start: Record<string, unknown> | undefined;
  do {
    const page = await documents.send(
      new QueryCommand({
        TableName: tableName('failures'),
        IndexName: 'byCause',
        KeyConditionExpression: 'causeKey = :cause',
        ExpressionAttributeValues: { ':cause': causeKey },
        ExclusiveStartKey: start,
      }),
    );
    yield* (page.Items ?? []) as Failure[];
    start = page.LastEvaluatedKey;
  } while (start !== undefined);
}

export interface Cause {
  connection: string;
  cause: string;
  trials: number;
  nextTrialAt: string;
  /** How often a failure was parked for it. */
  parked: number;
}

/** Causes whose time for a trial has come. */
export async function dueCauses(limit: number): Promise<Cause[]> {
  const page = await documents.send(
    new QueryCommand({
      TableName: tableName('failures'),
      IndexName: 'due',
      KeyConditionExpression: 'due = :due AND nextTrialAt <= :now',
      ExpressionAttributeValues: { ':due': 'due', ':now': new Date().toISOString() },
      Limit: limit,
    }),
  );
  return (page.Items ?? []) as unknown as Cause[];
}

/** Puts off the next trial of a cause, each time longer. @returns false if somebody else did */
export async function putOffTrial(cause: Cause): Promise<boolean> {
  const wait = Math.min(LAST_TRIAL_MS, firstTrialMs() * 2 ** cause.trials);
  const answer = await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('failures'),
        Key: { connection: cause.connection, item: groupItem(cause.cause) },
        UpdateExpression: 'SET nextTrialAt = :next, trials = :trials',
        ConditionExpression: 'nextTrialAt = :was',
        ExpressionAttributeValues: {
          ':next': new Date(Date.now() + wait).toISOString(),
          ':trials': cause.trials + 1,
          ':was': cause.nextTrialAt,
        },
      }),
    ),
  );
  return answer !== undefined;
}

/** Lets the next trial of a cause come soon: what is left of it may follow, or it is forgotten. */
export async function hastenTrial(connection: string, cause: string): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new UpdateCommand({
        TableName: tableName('failures'),
        Key: { connection, item: groupItem(cause) },
        UpdateExpression: 'SET nextTrialAt = :next, trials = :zero',
        ConditionExpression: 'attribute_exists(cause)',
        ExpressionAttributeValues: { ':next': new Date(Date.now() + firstTrialMs()).toISOString(), ':zero': 0 },
      }),
    ),
  );
}

/** Forgets a cause that no failure has any more, unless one was parked since it was read. */
export async function forgetCause({ connection, cause, parked }: Cause): Promise<void> {
  await ifConditionHolds(
    documents.send(
      new DeleteCommand({
        TableName: tableName('failures'),
        Key: { connection, item: groupItem(cause) },
        ConditionExpression: 'parked = :parked',
        ExpressionAttributeValues: { ':parked': parked },
      }),
    ),
  );
}

import { DeleteCommand, GetCommand, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import type { ConnectorError, ErrorCode } from '../errors/index.ts';
import { fullCause, noteCause } from './causes.ts';
import { documents, eachItem, ifConditionHolds } from './documents.ts';
import { type RecordKey, recordName } from './mappings.ts';
import { deletePayload, putPayload } from './payloads.ts';

/** An event that could not be applied, parked with its cause until it can be. One per record: the newest. */
export interface Failure extends RecordKey {
  connection: string;
  code: ErrorCode;
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

/**
 * Parks an event: first its body, then the failure that names it. A failure of a newer event of the
 * same record is left as it is.
 */
export async function park(parked: Parked): Promise<void> {
  const { connection, entity, recordId, eventId, sequence, error, body } = parked;
  const now = new Date().toISOString();
  const causeKey = fullCause(connection, error.causeKey);
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
  if (answer !== undefined) await noteCause(connection, causeKey, error);
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

/**
 * Removes a failure and its body, unless a newer event of the record was parked since it was read.
 * @returns false if it stays
 */
export async function removeFailure(failure: Failure): Promise<boolean> {
  const answer = await ifConditionHolds(
    documents.send(
      new DeleteCommand({
        TableName: tableName('failures'),
        Key: { connection: failure.connection, item: failureItem(failure) },
        ConditionExpression: 'eventId = :event',
        ExpressionAttributeValues: { ':event': failure.eventId },
      }),
    ),
  );
  if (answer !== undefined) await deletePayload(failure.payload);
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
  const found = eachItem({
    TableName: tableName('failures'),
    IndexName: 'byCause',
    KeyConditionExpression: 'causeKey = :cause',
    ExpressionAttributeValues: { ':cause': causeKey },
  });
  for await (const item of found) yield item as unknown as Failure;
}

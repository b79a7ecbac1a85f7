import { ChangeMessageVisibilityBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { awsClient } from '../aws.ts';
import { chunks } from '../collections.ts';
import { queueUrls } from '../environment.ts';
import { ConnectorError } from '../errors/index.ts';
import { getPayload } from '../store/payloads.ts';
import { type QueueMessage, queueMessage, queueReference } from './message.ts';

/** One delivery of a message. */
export interface Delivery {
  messageId: string;
  receiptHandle: string;
  /** The message itself, also where the queue held only a reference to it. */
  body: string;
  receiveCount: number;
  message: QueueMessage;
}

/** Reads a message's body; follows the reference of one that was too large for the queue. */
export async function readMessage(body: string): Promise<{ body: string; message: QueueMessage }> {
  const whole = await dereference(body);
  const parsed = queueMessage.safeParse(parseJson(whole));
  if (parsed.success) return { body: whole, message: parsed.data };
  const reason = parsed.error.issues[0];
  throw new ConnectorError(
    'MESSAGE_UNREADABLE',
    `The message cannot be read: ${reason?.path.join('.')} ${reason?.message}.`,
  );
}

async function dereference(body: string): Promise<string> {
  const reference = queueReference.safeParse(parseJson(body));
  if (!reference.success) return body;
  const whole = await getPayload(reference.data.payload);
  if (whole !== undefined) return whole;
  throw new ConnectorError('MESSAGE_UNREADABLE', 'The message refers to a body that is not there.');
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new ConnectorError('MESSAGE_UNREADABLE', 'The message is not JSON.');
  }
}

const sqs = new SQSClient(awsClient());

/** Says when each message of an entity's queue shall be delivered again. */
export async function postpone(entity: string, postponed: readonly Postponed[]): Promise<void> {
  await postponeIn(queueUrls()[entity], postponed);
}

export interface Postponed {
  receiptHandle: string;
  seconds: number;
}

/** Says when each message of a queue shall be delivered again. */
export async function postponeIn(queueUrl: string | undefined, postponed: readonly Postponed[]): Promise<void> {
  for (const batch of chunks(postponed, 10)) {
    await sqs.send(
      new ChangeMessageVisibilityBatchCommand({
        QueueUrl: queueUrl,
        Entries: batch.map(({ receiptHandle, seconds }, index) => ({
          Id: String(index),
          ReceiptHandle: receiptHandle,
          VisibilityTimeout: seconds,
        })),
      }),
    );
  }
}

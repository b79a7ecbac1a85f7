import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { ulid } from 'ulid';
import { awsClient } from '../aws.ts';
import { groupBy } from '../collections.ts';
import { queueUrls } from '../environment.ts';
import { putPayload } from '../store/payloads.ts';
import type { QueueMessage } from './message.ts';

/** SQS takes 1 MiB per message and per batch, attributes included. */
const BATCH_BYTES = 1_048_576;
const ATTRIBUTE_BYTES = 1_024;
const MESSAGE_BYTES = BATCH_BYTES - ATTRIBUTE_BYTES;
const BATCH_MESSAGES = 10;
/** A queue keeps a message for 14 days, and its dead-letter queue no longer. */
const LONGEST_WAIT_SECONDS = 15 * 86_400;

const sqs = new SQSClient(awsClient());

interface Entry {
  index: number;
  body: string;
  bytes: number;
  connection: string;
}

/**
 * Puts each message into the queue of its entity; one too large for a message goes to the payload
 * table and a reference to it into the queue.
 *
 * @param delaySeconds the queue hands them out after so long; at most 900
 * @returns per message whether the queue took it
 */
export async function sendMessages(messages: readonly QueueMessage[], delaySeconds?: number): Promise<boolean[]> {
  const taken = messages.map(() => false);
  const byEntity = groupBy(messages.keys(), (index) => (messages[index] as QueueMessage).event.entity);
  await Promise.all(
    [...byEntity].map(async ([entity, indexes]) => {
      const entries = await Promise.all(indexes.map((index) => entryOf(messages[index] as QueueMessage, index)));
      for (const batch of batches(entries)) {
        for (const index of await sendBatch(entity, batch, delaySeconds)) taken[index] = true;
      }
    }),
  );
  return taken;
}

async function entryOf(message: QueueMessage, index: number): Promise<Entry> {
  const { connection } = message;
  let body = queueable(JSON.stringify(message));
  if (Buffer.byteLength(body) > MESSAGE_BYTES) {
    const payload = `queue/${connection}/${ulid()}`;
    await putPayload(payload, body, LONGEST_WAIT_SECONDS);
    body = JSON.stringify({ version: 1, connection, payload });
  }
  return { index, body, bytes: Buffer.byteLength(body) + ATTRIBUTE_BYTES, connection };
}

/** What JSON may hold as it is and SQS refuses, escaped: one such character would stop the event, and its neighbours. */
const queueable = (json: string): string =>
  json.replace(/[\uFFFE\uFFFF]/g, (character) => `\\u${character.charCodeAt(0).toString(16)}`);

/** @returns the indexes that were taken */
async function sendBatch(entity: string, batch: readonly Entry[], DelaySeconds?: number): Promise<number[]> {
  const answer = await sqs.send(
    new SendMessageBatchCommand({
      QueueUrl: queueUrls()[entity],
      Entries: batch.map(({ index, body, connection }) => ({
        Id: String(index),
        MessageBody: body,
        // Fair queues: a connection with a long backlog does not delay the others.
        MessageGroupId: connection,
        ...(DelaySeconds === undefined ? {} : { DelaySeconds }),
      })),
    }),
  );
  return (answer.Successful ?? []).map((entry) => Number(entry.Id));
}

function batches(entries: readonly Entry[]): Entry[][] {
  const result: Entry[][] = [];
  let bytes = 0;
  for (const entry of entries) {
    const current = result.at(-1);
    if (current === undefined || current.length === BATCH_MESSAGES || bytes + entry.bytes > BATCH_BYTES) {
      result.push([entry]);
      bytes = entry.bytes;
    } else {
      current.push(entry);
      bytes += entry.bytes;
    }
  }
  return result;
}

/** SQS's actions on messages, from the request's JSON to the answer's. */
import { randomUUID } from 'node:crypto';
import { type Action, type ActionInput, ServiceError } from '../json-protocol.ts';
import {
  assertBatchFits,
  assertCharacters,
  assertMessageFits,
  attributesOf,
  type BatchEntry,
  batchEntries,
  groupId,
  integer,
  invalid,
  requiredText,
  strings,
  text,
} from './limits.ts';
import { type MessageContent, md5OfAttributes, md5OfBody, type QueuedMessage, sizeOf } from './message.ts';
import type { Queue } from './queue.ts';
import type { Queues } from './queues.ts';
import { findByReceipt, receiptHandle } from './receipt.ts';
import { received } from './received.ts';

const maxVisibilitySeconds = 43_200;

export function actionsOf(queues: Queues): Record<string, Action> {
  return {
    CreateQueue: (input) => queues.create(input),
    DeleteQueue: (input) => queues.delete(input),
    GetQueueUrl: (input) => queues.url(input),
    ListQueues: (input) => queues.list(input),
    GetQueueAttributes: (input) => queues.attributes(input),
    SetQueueAttributes: (input) => queues.setAttributes(input),
    SendMessage: async (input) => {
      const queue = queues.of(input);
      const content = contentOf(queue, input);
      await queue.send([content]);
      return sent(content);
    },
    SendMessageBatch: (input) => sendBatch(queues.of(input), input),
    ReceiveMessage: (input, gone) => receive(queues.of(input), input, gone),
    DeleteMessage: async (input) => {
      const queue = queues.of(input);
      const message = findByReceipt(queue, requiredText(input, 'ReceiptHandle'));
      if (message) await queue.delete([message]);
      return {};
    },
    DeleteMessageBatch: (input) => {
      const queue = queues.of(input);
      return batch(input, (entries) => deleteEntries(queue, entries));
    },
    ChangeMessageVisibility: (input) => {
      changeVisibility(queues.of(input), input);
      return {};
    },
    ChangeMessageVisibilityBatch: (input) => {
      const queue = queues.of(input);
      return batch(input, async (entries) =>
        entries.map((entry) => attempt(entry, () => changeVisibility(queue, entry.input))),
      );
    },
    PurgeQueue: async (input) => {
      await queues.of(input).purge();
      return {};
    },
    StartMessageMoveTask: async (input) => {
      const source = queues.ofArn(requiredText(input, 'SourceArn'));
      if (!source)
        throw new ServiceError('ResourceNotFoundException', 'The resource that you specified does not exist.');
      const destination = text(input, 'DestinationArn');
      await source.moveVisible((content) => {
        const arn = destination ?? content.deadLetterSource;
        return arn ? queues.ofArn(arn) : undefined;
      });
      return { TaskHandle: randomUUID() };
    },
  };
}

interface Verdict {
  id: string;
  error?: ServiceError;
  result?: object;
}

async function batch(input: ActionInput, act: (entries: BatchEntry[]) => Promise<Verdict[]>): Promise<object> {
  const verdicts = await act(batchEntries(input));
  const failed = verdicts.flatMap(({ id, error }) =>
    error ? [{ Id: id, SenderFault: true, Code: error.queryCode, Message: error.message }] : [],
  );
  const successful = verdicts.filter(({ error }) => !error).map(({ id, result }) => ({ Id: id, ...result }));
  return { Successful: successful, ...(failed.length > 0 && { Failed: failed }) };
}

function attempt(entry: BatchEntry, act: () => object | undefined): Verdict {
  try {
    return { id: entry.id, result: act() ?? {} };
  } catch (error) {
    if (error instanceof ServiceError) return { id: entry.id, error };
    throw error;
  }
}

function sendBatch(queue: Queue, input: ActionInput): Promise<object> {
  return batch(input, async (entries) => {
    assertBatchFits(entries);
    const accepted: MessageContent[] = [];
    const verdicts = entries.map((entry) =>
      attempt(entry, () => {
        const content = contentOf(queue, entry.input);
        accepted.push(content);
        return sent(content);
      }),
    );
    await queue.send(accepted);
    return verdicts;
  });
}

async function deleteEntries(queue: Queue, entries: readonly BatchEntry[]): Promise<Verdict[]> {
  const found: QueuedMessage[] = [];
  const verdicts = entries.map((entry) =>
    attempt(entry, () => {
      const message = findByReceipt(queue, requiredText(entry.input, 'ReceiptHandle'));
      if (message) found.push(message);
      return undefined;
    }),
  );
  await queue.delete(found);
  return verdicts;
}

function changeVisibility(queue: Queue, input: ActionInput): undefined {
  const handle = requiredText(input, 'ReceiptHandle');
  const seconds = integer(input, 'VisibilityTimeout', [0, maxVisibilitySeconds]) ?? 0;
  const message = findByReceipt(queue, handle);
  if (message?.state !== 'inFlight') {
    throw invalid(
      `Value ${handle} for parameter ReceiptHandle is invalid. ` +
        'Reason: Message does not exist or is not available for visibility timeout change.',
    );
  }
  queue.changeVisibility(message, seconds * 1000);
}

function contentOf(queue: Queue, input: ActionInput): MessageContent {
  const body = requiredText(input, 'MessageBody');
  const attributes = attributesOf(input);
  assertCharacters(body);
  assertMessageFits(sizeOf(body, attributes), Number(queue.record.attributes.MaximumMessageSize));
  const group = groupId(input);
  const deduplicationId = text(input, 'MessageDeduplicationId');
  const traceHeader = attributesOf(input, 'MessageSystemAttributes').AWSTraceHeader?.StringValue;
  const sentAt = Date.now();
  const delay = integer(input, 'DelaySeconds', [0, 900]) ?? Number(queue.record.attributes.DelaySeconds);
  return {
    id: randomUUID(),
    body,
    md5: md5OfBody(body),
    sentAt,
    notBefore: sentAt + delay * 1000,
    ...(Object.keys(attributes).length > 0 && { attributes }),
    ...(group && { groupId: group }),
    ...(deduplicationId && { deduplicationId }),
    ...(traceHeader && { traceHeader }),
  };
}

function sent(content: MessageContent): object {
  return {
    MessageId: content.id,
    MD5OfMessageBody: content.md5,
    MD5OfMessageAttributes: md5OfAttributes(content.attributes),
    MD5OfMessageSystemAttributes: md5OfAttributes(
      content.traceHeader ? { AWSTraceHeader: { DataType: 'String', StringValue: content.traceHeader } } : undefined,
    ),
  };
}

async function receive(queue: Queue, input: ActionInput, gone: AbortSignal): Promise<object> {
  const defaults = queue.record.attributes;
  const wait = integer(input, 'WaitTimeSeconds', [0, 20]) ?? Number(defaults.ReceiveMessageWaitTimeSeconds);
  const visibility =
    integer(input, 'VisibilityTimeout', [0, maxVisibilitySeconds]) ?? Number(defaults.VisibilityTimeout);
  const messages = await queue.receive({
    max: integer(input, 'MaxNumberOfMessages', [1, 10]) ?? 1,
    visibilityMs: visibility * 1000,
    waitMs: wait * 1000,
    gone,
  });
  if (gone.aborted) {
    queue.release(messages);
    return {};
  }
  if (messages.length === 0) return {};
  const wanted = {
    system: [...strings(input, 'MessageSystemAttributeNames'), ...strings(input, 'AttributeNames')],
    message: strings(input, 'MessageAttributeNames'),
  };
  return { Messages: messages.map((message) => received(message, receiptHandle(queue, message), wanted)) };
}

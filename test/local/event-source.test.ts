import { SendMessageBatchCommand, SendMessageCommand, type SQSClient } from '@aws-sdk/client-sqs';
import type { SQSEvent } from 'aws-lambda';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest';
import type { EmbeddedService } from '../../infra/local/aws/embedded-service.ts';
import { startSqs } from '../../infra/local/aws/sqs/index.ts';
import { EventSource, type EventSourceOptions } from '../../infra/local/runner/event-source.ts';
import { counts, createQueue, sqsClient } from './fixtures/clients.ts';

const patient = { timeout: 60_000 };

let server: EmbeddedService;
let client: SQSClient;
let url: string;
let arn: string;
let source: EventSource | undefined;
let number = 0;

beforeAll(async () => {
  server = await startSqs();
  client = sqsClient(server.endpoint);
});
afterAll(async () => {
  client.destroy();
  await server.stop();
});
beforeEach(async () => {
  number += 1;
  ({ url, arn } = await createQueue(client, `source-${number}`, { VisibilityTimeout: '600' }));
});
afterEach(async () => {
  await source?.stop();
  source = undefined;
});

const send = async (count: number, body = (index: number) => String(index)) => {
  for (let start = 0; start < count; start += 10) {
    const Entries = Array.from({ length: Math.min(10, count - start) }, (_, index) => ({
      Id: String(index),
      MessageBody: body(start + index),
    }));
    await client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries }));
  }
};

/** Starts a mapping over a function that answers with `answer`; tells the batches it got. */
function start(answer: (event: SQSEvent) => unknown, options: Partial<EventSourceOptions> = {}): SQSEvent[] {
  const batches: SQSEvent[] = [];
  source = new EventSource({
    client,
    queueUrl: url,
    queueArn: arn,
    region: 'us-east-1',
    batchSize: 100,
    windowMs: 0,
    maxConcurrency: 2,
    invoke: async (event) => {
      batches.push(event);
      return answer(event);
    },
    onError: (error) => {
      throw error;
    },
    ...options,
  });
  source.start();
  return batches;
}

const sizes = (batches: readonly SQSEvent[]) => batches.map(({ Records }) => Records.length);

it('gathers full batches and deletes what succeeded', async () => {
  await send(250);
  const batches = start(() => undefined, { maxConcurrency: 1 });
  await vi.waitFor(async () => expect(await counts(client, url)).toEqual([0, 0, 0]), patient);
  expect(sizes(batches)).toEqual([100, 100, 50]);
});

it('gives a function what Lambda would', async () => {
  const MessageAttributes = { kind: { DataType: 'Binary', BinaryValue: new Uint8Array([9]) } };
  const message = { QueueUrl: url, MessageBody: 'body', MessageGroupId: 'main', MessageAttributes };
  const sent = await client.send(new SendMessageCommand(message));
  const batches = start(() => ({ batchItemFailures: [] }));
  await vi.waitFor(() => expect(batches).toHaveLength(1), patient);
  expect(batches[0]?.Records).toEqual([
    {
      messageId: sent.MessageId,
      receiptHandle: expect.any(String),
      body: 'body',
      attributes: {
        ApproximateFirstReceiveTimestamp: expect.stringMatching(/^\d+$/),
        ApproximateReceiveCount: '1',
        MessageGroupId: 'main',
        SenderId: expect.any(String),
        SentTimestamp: expect.stringMatching(/^\d+$/),
      },
      messageAttributes: {
        kind: { dataType: 'Binary', binaryValue: 'CQ==', stringListValues: [], binaryListValues: [] },
      },
      md5OfBody: sent.MD5OfMessageBody,
      md5OfMessageAttributes: sent.MD5OfMessageAttributes,
      eventSource: 'aws:sqs',
      eventSourceARN: arn,
      awsRegion: 'us-east-1',
    },
  ]);
});

it('waits within the window for more, until the batch is full', async () => {
  const batches = start(() => undefined, { windowMs: 20_000, batchSize: 3 });
  await send(1);
  await send(2);
  await vi.waitFor(() => expect(sizes(batches)).toEqual([3]), patient);
});

it('leaves the failed messages of a batch in the queue', async () => {
  await send(10);
  const failed = new Set(['3', '7']);
  const batches = start(({ Records }) => ({
    batchItemFailures: Records.filter(({ body }) => failed.has(body)).map(({ messageId }) => ({
      itemIdentifier: messageId,
    })),
  }));
  await vi.waitFor(async () => expect(await counts(client, url)).toEqual([0, 2, 0]), patient);
  expect(sizes(batches)).toEqual([10]);
});

it.each([
  ['throws', () => Promise.reject(new Error('all of them'))],
  ['names a message it was not given', () => ({ batchItemFailures: [{ itemIdentifier: 'foreign' }] })],
  ['names a message by nothing', () => ({ batchItemFailures: [{ itemIdentifier: '' }] })],
  ['answers what is no batch response', () => 'fine'],
])('leaves the whole batch when the function %s', async (_, answer) => {
  await send(5);
  const batches = start(answer);
  await vi.waitFor(() => expect(batches).toHaveLength(1), patient);
  await source?.stop();
  expect(await counts(client, url)).toEqual([0, 5, 0]);
});

it('runs as many invocations at once as allowed, and receives nothing beyond', async () => {
  await send(30);
  const finish: (() => void)[] = [];
  const batches = start(() => new Promise<void>((resolve) => finish.push(resolve)), { batchSize: 10 });
  await vi.waitFor(async () => expect(await counts(client, url)).toEqual([10, 20, 0]), patient);
  await vi.waitFor(() => expect(batches).toHaveLength(2), patient);
  finish.shift()?.();
  await vi.waitFor(() => expect(batches).toHaveLength(3), patient);
  for (const end of finish) end();
  await vi.waitFor(async () => expect(await counts(client, url)).toEqual([0, 0, 0]), patient);
});

it('splits what is too large for one event, and loses none of it', async () => {
  for (let index = 0; index < 10; index++) await send(1, () => `${index}`.repeat(1_000_000));
  const batches = start(() => undefined, { maxConcurrency: 1 });
  await vi.waitFor(async () => expect(await counts(client, url)).toEqual([0, 0, 0]), patient);
  expect(sizes(batches)).toEqual([6, 4]);
  const bodies = batches.flatMap(({ Records }) => Records.map(({ body }) => body[0]));
  expect(bodies.join('')).toBe('0123456789');
});

it('finishes what is running before it stops', async () => {
  await send(1);
  let end = () => {};
  const batches = start(() => new Promise<void>((resolve) => (end = resolve)));
  await vi.waitFor(() => expect(batches).toHaveLength(1), patient);
  const stopped = source?.stop();
  end();
  await stopped;
  expect(await counts(client, url)).toEqual([0, 0, 0]);
});

import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListQueuesCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  QueueNameExists,
  ReceiptHandleIsInvalid,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  type SQSClient,
  StartMessageMoveTaskCommand,
} from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { EmbeddedService } from '../../infra/local/aws/embedded-service.ts';
import { startSqs } from '../../infra/local/aws/sqs/index.ts';
import { counts, createQueue, sqsClient } from './fixtures/clients.ts';

const MiB = 1_048_576;

let server: EmbeddedService;
let client: SQSClient;
let url: string;
let arn: string;
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
  ({ url, arn } = await createQueue(client, `queue-${number}`, { VisibilityTimeout: '60' }));
});

const send = (body: string, more: Partial<ConstructorParameters<typeof SendMessageCommand>[0]> = {}) =>
  client.send(new SendMessageCommand({ QueueUrl: url, MessageBody: body, ...more }));
const receive = async (more: Partial<ConstructorParameters<typeof ReceiveMessageCommand>[0]> = {}) => {
  const answer = await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...more }));
  return answer.Messages ?? [];
};
const changeVisibility = (ReceiptHandle: string | undefined, VisibilityTimeout: number) =>
  client.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout }));

describe('a fair queue', () => {
  it('hands out what a quiet group has before the rest of a group that has most of what is in flight', async () => {
    for (let index = 0; index < 30; index += 1) await send(`loud ${index}`, { MessageGroupId: 'loud' });
    await send('quiet', { MessageGroupId: 'quiet' });
    for (let round = 0; round < 2; round += 1) {
      expect((await receive()).every(({ Body }) => Body?.startsWith('loud'))).toBe(true);
    }
    const bodies = (await receive()).map(({ Body }) => Body);
    expect(bodies[0]).toBe('quiet');
    expect(bodies).toHaveLength(10);
  });

  it('keeps the order where one group is alone', async () => {
    for (let index = 0; index < 25; index += 1) await send(String(index), { MessageGroupId: 'one' });
    const bodies = [...(await receive()), ...(await receive()), ...(await receive())].map(({ Body }) => Body);
    expect(bodies).toEqual(Array.from({ length: 25 }, (_, index) => String(index)));
  });
});

describe('queues', () => {
  it('are created once, whoever asks again with the same attributes', async () => {
    const again = await createQueue(client, `queue-${number}`, { VisibilityTimeout: '60' });
    expect(again).toEqual({ url, arn });
    expect(arn).toBe(`arn:aws:sqs:us-east-1:000000000000:queue-${number}`);
    const other = createQueue(client, `queue-${number}`, { VisibilityTimeout: '61' });
    await expect(other).rejects.toBeInstanceOf(QueueNameExists);
  });

  it('are found by name and by prefix', async () => {
    expect((await client.send(new GetQueueUrlCommand({ QueueName: `queue-${number}` }))).QueueUrl).toBe(url);
    const listed = await client.send(new ListQueuesCommand({ QueueNamePrefix: `queue-${number}` }));
    expect(listed.QueueUrls).toContain(url);
    const missing = client.send(new GetQueueUrlCommand({ QueueName: 'nobody' }));
    await expect(missing).rejects.toBeInstanceOf(QueueDoesNotExist);
  });

  it('tell their attributes, also changed ones', async () => {
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { VisibilityTimeout: '7' } }));
    const names = ['VisibilityTimeout', 'QueueArn'] as const;
    const { Attributes } = await client.send(
      new GetQueueAttributesCommand({ QueueUrl: url, AttributeNames: [...names] }),
    );
    expect(Attributes).toEqual({ VisibilityTimeout: '7', QueueArn: arn });
  });

  it('refuse a dead-letter queue that does not exist', async () => {
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${arn}-dead`, maxReceiveCount: 3 });
    const created = client.send(new CreateQueueCommand({ QueueName: 'lost', Attributes: { RedrivePolicy } }));
    await expect(created).rejects.toThrow('Dead letter target does not exist');
  });

  it('are gone when deleted', async () => {
    await client.send(new DeleteQueueCommand({ QueueUrl: url }));
    await expect(send('late')).rejects.toBeInstanceOf(QueueDoesNotExist);
  });
});

describe('messages', () => {
  // The digests that moto's tests expect: an implementation that owes nothing to this one.
  it.each([
    ['235c5c510d26fb653d073faed50ae77c', { timestamp: { DataType: 'Number', StringValue: '1493147359900' } }],
    [
      '8ae21a7957029ef04146b42aeaa18a22',
      {
        ccc: { DataType: 'String', StringValue: 'testjunk' },
        aaa: { DataType: 'Binary', BinaryValue: new Uint8Array([2, 3, 4]) },
        zzz: { DataType: 'Number', StringValue: '0230.01' },
        öther_encodings: { DataType: 'String', StringValue: 'T\xFCst' },
      },
    ],
  ])('have attributes with the digest %s', async (digest, MessageAttributes) => {
    expect((await send('derp', { MessageAttributes })).MD5OfMessageAttributes).toBe(digest);
  });

  it('carry attributes, with the digests the SDK checks', async () => {
    const MessageAttributes = {
      text: { DataType: 'String', StringValue: 'für Ägypten' },
      'part.bytes': { DataType: 'Binary', BinaryValue: new Uint8Array([1, 2, 3]) },
    };
    const sent = await send('Grüße €', { MessageGroupId: 'main', MessageAttributes });
    const [message] = await receive({ MessageSystemAttributeNames: ['All'], MessageAttributeNames: ['All'] });
    expect(message).toMatchObject({
      MessageId: sent.MessageId,
      Body: 'Grüße €',
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      Attributes: { ApproximateReceiveCount: '1', MessageGroupId: 'main' },
      MessageAttributes,
    });
    const { SentTimestamp, ApproximateFirstReceiveTimestamp } = message?.Attributes ?? {};
    expect(Number(ApproximateFirstReceiveTimestamp)).toBeGreaterThanOrEqual(Number(SentTimestamp));
  });

  it('are told with the attributes that are asked for only', async () => {
    const attribute = (StringValue: string) => ({ DataType: 'String', StringValue });
    await send('x', { MessageAttributes: { 'a.one': attribute('1'), 'a.two': attribute('2'), b: attribute('3') } });
    const [plain] = await receive({ VisibilityTimeout: 0 });
    expect(plain).not.toHaveProperty('Attributes');
    expect(plain).not.toHaveProperty('MessageAttributes');
    const [some] = await receive({ MessageAttributeNames: ['a.*'], MessageSystemAttributeNames: ['SentTimestamp'] });
    expect(Object.keys(some?.MessageAttributes ?? {})).toEqual(['a.one', 'a.two']);
    expect(Object.keys(some?.Attributes ?? {})).toEqual(['SentTimestamp']);
  });

  it('are counted as visible, in flight or delayed', async () => {
    await Promise.all([send('1'), send('2'), send('3', { DelaySeconds: 60 })]);
    expect(await counts(client, url)).toEqual([2, 0, 1]);
    const [message] = await receive({ MaxNumberOfMessages: 1 });
    expect(await counts(client, url)).toEqual([1, 1, 1]);
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: message?.ReceiptHandle }));
    expect(await counts(client, url)).toEqual([1, 0, 1]);
    await client.send(new PurgeQueueCommand({ QueueUrl: url }));
    expect(await counts(client, url)).toEqual([0, 0, 0]);
  });

  it('come back after their visibility timeout, or when it is taken back', async () => {
    await send('again');
    const [first] = await receive({ VisibilityTimeout: 3 });
    expect(await receive()).toEqual([]);
    const [second] = await receive({ WaitTimeSeconds: 20, MessageSystemAttributeNames: ['All'] });
    expect(second?.Attributes?.ApproximateReceiveCount).toBe('2');
    await changeVisibility(second?.ReceiptHandle, 0);
    const [third] = await receive();
    expect(third?.MessageId).toBe(first?.MessageId);
  });

  it('cannot be deleted or kept by a consumer whose time is over', async () => {
    await send('late');
    const [late] = await receive({ VisibilityTimeout: 0 });
    const [current] = await receive();
    await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: late?.ReceiptHandle }));
    expect(await counts(client, url)).toEqual([0, 1, 0]);
    await expect(changeVisibility(late?.ReceiptHandle, 10)).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    await changeVisibility(current?.ReceiptHandle, 10);
    await expect(changeVisibility('nonsense', 10)).rejects.toBeInstanceOf(ReceiptHandleIsInvalid);
  });
});

describe('long polls', () => {
  it('wake as soon as a message is sent', async () => {
    const waiting = receive({ WaitTimeSeconds: 20 });
    await send('wake up');
    expect((await waiting).map(({ Body }) => Body)).toEqual(['wake up']);
  });

  it('leave the message to others when their caller is gone', async () => {
    const caller = new AbortController();
    const abandoned = client.send(new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }), {
      abortSignal: caller.signal,
    });
    // The server has seen the poll once it answers a request that was sent after it.
    await counts(client, url);
    caller.abort();
    await expect(abandoned).rejects.toThrow();
    // Likewise for the end of its connection.
    await counts(client, url);
    await send('for somebody');
    expect(await receive()).toHaveLength(1);
  });
});

describe('limits', () => {
  const batch = (bodies: string[]) =>
    client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: bodies.map((MessageBody, index) => ({ Id: String(index), MessageBody })),
      }),
    );

  it('a message holds 1 MiB with its attributes', async () => {
    await send('x'.repeat(MiB));
    await expect(send('x'.repeat(MiB + 1))).rejects.toMatchObject({ name: 'InvalidParameterValue' });
    const MessageAttributes = { a: { DataType: 'String', StringValue: '1' } };
    await expect(send('x'.repeat(MiB - 7), { MessageAttributes })).rejects.toThrow('shorter than 1048576');
    await send('x'.repeat(MiB - 8), { MessageAttributes });
  });

  it('a batch holds 1 MiB and ten entries with distinct ids', async () => {
    await batch(['x'.repeat(MiB / 2), 'y'.repeat(MiB / 2)]);
    await expect(batch(['x'.repeat(MiB / 2), 'y'.repeat(MiB / 2 + 1)])).rejects.toMatchObject({
      name: 'BatchRequestTooLong',
    });
    await expect(batch(Array(11).fill('x'))).rejects.toMatchObject({ name: 'TooManyEntriesInBatchRequest' });
    await expect(batch([])).rejects.toMatchObject({ name: 'EmptyBatchRequest' });
    const twice = [1, 2].map(() => ({ Id: 'same', MessageBody: 'x' }));
    const repeated = client.send(new SendMessageBatchCommand({ QueueUrl: url, Entries: twice }));
    await expect(repeated).rejects.toMatchObject({ name: 'BatchEntryIdsNotDistinct' });
  });

  it('a bad entry does not block its neighbours', async () => {
    const answer = await batch(['good', 'bell\u0007', 'fine']);
    expect(answer.Successful?.map(({ Id }) => Id)).toEqual(['0', '2']);
    expect(answer.Failed).toMatchObject([{ Id: '1', Code: 'InvalidMessageContents', SenderFault: true }]);
    const Entries = (await receive()).map(({ ReceiptHandle }, index) => ({ Id: String(index), ReceiptHandle }));
    Entries.push({ Id: 'foreign', ReceiptHandle: 'nonsense' });
    const deleted = await client.send(new DeleteMessageBatchCommand({ QueueUrl: url, Entries }));
    expect(deleted.Failed).toMatchObject([{ Id: 'foreign', Code: 'ReceiptHandleIsInvalid' }]);
    expect(await counts(client, url)).toEqual([0, 0, 0]);
  });

  it('at most ten messages are received at a time', async () => {
    await expect(receive({ MaxNumberOfMessages: 11 })).rejects.toMatchObject({ name: 'InvalidParameterValue' });
  });
});

describe('dead letters', () => {
  it('are what was received too often, and can be moved back', async () => {
    const dead = await createQueue(client, `queue-${number}-dead`);
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: dead.arn, maxReceiveCount: 2 });
    await client.send(new SetQueueAttributesCommand({ QueueUrl: url, Attributes: { RedrivePolicy } }));
    const { MessageId } = await send('poison');
    for (const _ of [1, 2]) expect(await receive({ VisibilityTimeout: 0 })).toHaveLength(1);
    expect(await counts(client, dead.url)).toEqual([0, 0, 0]);
    expect(await receive()).toEqual([]);
    expect(await counts(client, url)).toEqual([0, 0, 0]);
    const [letter] = await receive({
      QueueUrl: dead.url,
      VisibilityTimeout: 0,
      MessageSystemAttributeNames: ['DeadLetterQueueSourceArn'],
    });
    expect(letter).toMatchObject({ MessageId, Body: 'poison', Attributes: { DeadLetterQueueSourceArn: arn } });

    await client.send(new StartMessageMoveTaskCommand({ SourceArn: dead.arn }));
    expect((await receive()).map((message) => message.MessageId)).toEqual([MessageId]);
    expect(await counts(client, dead.url)).toEqual([0, 0, 0]);
  });
});

it('answers a browser or an unknown action with an error', async () => {
  const plain = await fetch(server.endpoint, { method: 'POST', body: '{}' });
  expect(plain.status).toBe(400);
  const unknown = await fetch(server.endpoint, {
    method: 'POST',
    headers: { 'content-type': 'application/x-amz-json-1.0', 'x-amz-target': 'AmazonSQS.toString' },
    body: '{}',
  });
  expect(await unknown.json()).toMatchObject({ __type: 'com.amazonaws.sqs#UnknownOperationException' });
});

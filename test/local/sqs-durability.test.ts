import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import {
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { counts, createQueue, sqsClient } from './fixtures/clients.ts';

const program = fileURLToPath(new URL('./fixtures/sqs-process.ts', import.meta.url));

let folder: string;
let child: ChildProcess | undefined;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'sqs-'));
});
afterEach(async () => {
  await kill();
  await rm(folder, { recursive: true });
});

async function start(): Promise<SQSClient> {
  child = spawn(process.execPath, ['--import', 'tsx', program, folder], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!child.stdout) throw new Error('The child has no output');
  const [endpoint] = await once(createInterface({ input: child.stdout }), 'line');
  return sqsClient(String(endpoint));
}

async function kill(): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return;
  const exit = once(child, 'exit');
  child.kill('SIGKILL');
  await exit;
}

it('keeps what it has acknowledged over a SIGKILL, and nothing that was deleted', async () => {
  let client = await start();
  const { url } = await createQueue(client, 'durable', { VisibilityTimeout: '600' });
  const send = (number: number) =>
    client.send(
      new SendMessageBatchCommand({
        QueueUrl: url,
        Entries: Array.from({ length: 10 }, (_, index) => ({
          Id: String(index),
          MessageBody: `${number}.${index}`,
          DelaySeconds: number === 0 ? 600 : 0,
        })),
      }),
    );
  await Promise.all(Array.from({ length: 20 }, (_, number) => send(number)));
  const receive = async (more: object = {}) =>
    (await client.send(new ReceiveMessageCommand({ QueueUrl: url, MaxNumberOfMessages: 10, ...more }))).Messages ?? [];
  const received = await receive();
  const [deleted] = received;
  await client.send(new DeleteMessageCommand({ QueueUrl: url, ReceiptHandle: deleted?.ReceiptHandle }));
  expect(await counts(client, url)).toEqual([180, 9, 10]);
  await kill();

  client = await start();
  // The queue is where it was, with its attributes; what was in flight waits for a consumer again.
  const again = await createQueue(client, 'durable', { VisibilityTimeout: '600' });
  expect(await counts(client, again.url)).toEqual([189, 0, 10]);
  const bodies = new Set<string | undefined>();
  let repeated = 0;
  for (let messages = received; bodies.size < 189 && messages.length > 0; ) {
    messages = await receive({ QueueUrl: again.url, MessageSystemAttributeNames: ['ApproximateReceiveCount'] });
    for (const { Body, Attributes } of messages) {
      bodies.add(Body);
      if (Attributes?.ApproximateReceiveCount === '2') repeated += 1;
    }
  }
  expect(bodies.size).toBe(189);
  expect(bodies).not.toContain(deleted?.Body);
  expect(repeated).toBe(9);
});

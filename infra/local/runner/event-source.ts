/** Plays Lambda's event-source mapping of a standard SQS queue, with partial batch responses. */

import { setTimeout as sleep } from 'node:timers/promises';
import {
  DeleteMessageBatchCommand,
  type Message,
  type MessageAttributeValue,
  ReceiveMessageCommand,
  type SQSClient,
} from '@aws-sdk/client-sqs';
import type { SQSEvent, SQSMessageAttributes, SQSRecord } from 'aws-lambda';
import { failedMessages } from './partial-batch.ts';

export interface EventSourceOptions {
  client: SQSClient;
  queueUrl: string;
  queueArn: string;
  region: string;
  batchSize: number;
  windowMs: number;
  maxConcurrency: number;
  invoke: (event: SQSEvent) => Promise<unknown>;
  /** Told of a queue that cannot be read; the mapping goes on trying. */
  onError: (error: unknown) => void;
}

interface Gathered {
  record: SQSRecord;
  bytes: number;
}

/** Lambda's limit on an event. */
const maxPayloadBytes = 6 * 1024 * 1024;
const longPollSeconds = 20;
/** Between two looks into the queue while a batch is gathered. */
const gatherPauseMs = 50;
const retryPauseMs = 1000;

export class EventSource {
  readonly #options: EventSourceOptions;
  readonly #stopping = new AbortController();
  readonly #running = new Set<Promise<void>>();
  /** Received, but too much for the batch before. */
  #carried: Gathered[] = [];
  #loop: Promise<void> = Promise.resolve();

  constructor(options: EventSourceOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Stops receiving; resolves when the running invocations have ended. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await Promise.all(this.#running);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      try {
        // Nothing is received before it can be worked on: it would only lose visibility time.
        while (this.#running.size >= this.#options.maxConcurrency) await Promise.race(this.#running);
        const records = await this.#gather();
        if (records.length > 0) this.#handle(records);
      } catch (error) {
        if (signal.aborted) return;
        this.#options.onError(error);
        await sleep(retryPauseMs, undefined, { signal }).catch(() => undefined);
      }
    }
  }

  #handle(records: SQSRecord[]): void {
    const running = this.#process(records)
      .catch((error: unknown) => this.#options.onError(error))
      .finally(() => this.#running.delete(running));
    this.#running.add(running);
  }

  async #process(records: SQSRecord[]): Promise<void> {
    let failed: ReadonlySet<string>;
    try {
      const answer = await this.#options.invoke({ Records: records });
      failed = failedMessages(records, answer);
    } catch {
      // The function's error is in its log; all messages come back after their visibility timeout.
      return;
    }
    await this.#delete(records.filter(({ messageId }) => !failed.has(messageId)));
  }

  async #delete(records: readonly SQSRecord[]): Promise<void> {
    const { client, queueUrl } = this.#options;
    const deletions: Promise<unknown>[] = [];
    for (let start = 0; start < records.length; start += 10) {
      const entries = records.slice(start, start + 10);
      const Entries = entries.map(({ receiptHandle }, index) => ({ Id: String(index), ReceiptHandle: receiptHandle }));
      deletions.push(client.send(new DeleteMessageBatchCommand({ QueueUrl: queueUrl, Entries })));
    }
    await Promise.all(deletions);
  }

  /** Waits for a first message, then takes what else arrives within the window, up to a full batch. */
  async #gather(): Promise<SQSRecord[]> {
    const { batchSize, windowMs } = this.#options;
    const gathered = this.#carried;
    this.#carried = [];
    if (gathered.length === 0) gathered.push(...(await this.#receive(batchSize, longPollSeconds)));
    if (gathered.length === 0) return [];
    const end = Date.now() + windowMs;
    while (gathered.length < batchSize && bytesOf(gathered) < maxPayloadBytes && !this.#stopping.signal.aborted) {
      const more = await this.#receive(batchSize - gathered.length, 0).catch((error: unknown) => {
        // What was received so far is worked on all the same.
        this.#options.onError(error);
        return [];
      });
      gathered.push(...more);
      if (more.length > 0) continue;
      if (Date.now() >= end) break;
      await sleep(Math.min(gatherPauseMs, Math.max(1, end - Date.now())));
    }
    return this.#fitting(gathered);
  }

  #fitting(gathered: readonly Gathered[]): SQSRecord[] {
    let bytes = 0;
    const tooMany = gathered.findIndex((one, index) => {
      bytes += one.bytes;
      return index > 0 && bytes > maxPayloadBytes;
    });
    const count = tooMany === -1 ? gathered.length : tooMany;
    this.#carried = gathered.slice(count);
    return gathered.slice(0, count).map(({ record }) => record);
  }

  async #receive(max: number, waitSeconds: number): Promise<Gathered[]> {
    const { client, queueUrl } = this.#options;
    const command = new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      MaxNumberOfMessages: Math.min(10, max),
      WaitTimeSeconds: waitSeconds,
      MessageSystemAttributeNames: ['All'],
      MessageAttributeNames: ['All'],
    });
    // Only the wait for a first message is cut short: what a short poll has received must not get lost.
    const { Messages = [] } = await client.send(command, waitSeconds > 0 ? { abortSignal: this.#stopping.signal } : {});
    return Messages.map((message) => {
      const record = recordOf(message, this.#options);
      return { record, bytes: Buffer.byteLength(JSON.stringify(record)) };
    });
  }
}

function bytesOf(gathered: readonly Gathered[]): number {
  return gathered.reduce((sum, { bytes }) => sum + bytes, 0);
}

function recordOf(message: Message, { queueArn, region }: EventSourceOptions): SQSRecord {
  return {
    messageId: message.MessageId ?? '',
    receiptHandle: message.ReceiptHandle ?? '',
    body: message.Body ?? '',
    attributes: { ...message.Attributes } as unknown as SQSRecord['attributes'],
    messageAttributes: messageAttributes(message.MessageAttributes),
    md5OfBody: message.MD5OfBody ?? '',
    ...(message.MD5OfMessageAttributes && { md5OfMessageAttributes: message.MD5OfMessageAttributes }),
    eventSource: 'aws:sqs',
    eventSourceARN: queueArn,
    awsRegion: region,
  };
}

function messageAttributes(attributes: Record<string, MessageAttributeValue> = {}): SQSMessageAttributes {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { DataType = 'String', StringValue, BinaryValue }]) => [
      name,
      {
        dataType: DataType,
        ...(StringValue !== undefined && { stringValue: StringValue }),
        ...(BinaryValue !== undefined && { binaryValue: Buffer.from(BinaryValue).toString('base64') }),
        stringListValues: [],
        binaryListValues: [],
      },
    ]),
  );
}

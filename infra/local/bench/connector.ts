/** The connector through its real path: messages in SQS, the consumer functions, Odoo; and what that took. */
import { setTimeout as sleep } from 'node:timers/promises';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { SQSBatchResponse } from 'aws-lambda';
import * as z from 'zod';
import { newWebhookSecret, signatureHeaders } from '../../../lib/opencart/signature.ts';
import type { QueueMessage } from '../../../lib/queue/message.ts';
import { sendMessages } from '../../../lib/queue/send.ts';
import type { ConnectionSettings } from '../../../lib/store/connections.ts';
import { type RecordKey, readMappings, recordName } from '../../../lib/store/mappings.ts';
import { pair } from '../../../lib/store/pairing.ts';
import { type FunctionSpec, functions } from '../../topology.ts';
import { startDynamoDb } from '../aws/dynamodb.ts';
import type { EmbeddedService } from '../aws/embedded-service.ts';
import { Child } from '../child.ts';
import { readErrorLine, readLogLine } from '../function-log.ts';
import { type OdooTarget, pairingWith } from '../odoo-target.ts';
import { bundlesIn } from '../runner/bundle.ts';
import { type Stack, startStack } from '../runner/index.ts';
import { type BenchRecord, STATUSES } from './records.ts';
import { type DynamoDbUse, Tap } from './tap.ts';

/** What it took to bring records to Odoo. */
export interface Taken {
  records: number;
  calls: number;
  seconds: number;
}

export interface TakenBySync extends Taken {
  /** Seconds that Odoo took to answer, one call after the other. */
  odooSeconds: number;
  dynamoDb: DynamoDbUse;
}

/** Settings of a connection that decide how fast it is. */
export type SpeedSettings = Partial<Pick<ConnectionSettings, 'callsAtOnce' | 'chatter'>>;

/** A consumer outside the stack. */
export interface Apart {
  /** Syncs records as one batch. @returns milliseconds of CPU that it took the consumer's process */
  sync(records: readonly BenchRecord<object>[]): Promise<number>;
  stop(): Promise<void>;
}

const TELEMETRY = { POWERTOOLS_METRICS_NAMESPACE: 'Bench', POWERTOOLS_TRACE_ENABLED: 'false' };
/** A bulk run is measured in a process of its own. */
const { bulk: _, ...inThisProcess } = functions;
const POLL_MS = 10;
const DYNAMODB = 'AWS_ENDPOINT_URL_DYNAMODB';

export class Connector {
  readonly connection: string;
  readonly #secret = newWebhookSecret();
  readonly #stack: Stack;
  readonly #sqs: SQSClient;
  readonly #database: EmbeddedService;
  readonly #tap: Tap;
  readonly #lines: Lines;
  readonly #bundles: string;
  #sequence = 0;

  private constructor(
    connection: string,
    bundles: string,
    stack: Stack,
    database: EmbeddedService,
    tap: Tap,
    lines: Lines,
  ) {
    this.#bundles = bundles;
    this.connection = connection;
    this.#stack = stack;
    this.#database = database;
    this.#tap = tap;
    this.#lines = lines;
    this.#sqs = new SQSClient({});
  }

  /** @param connection part of all external ids: two runs on one Odoo must not meet */
  static async start(
    connection: string,
    odoo: OdooTarget,
    bundles: string,
    speed: SpeedSettings = {},
  ): Promise<Connector> {
    const tap = new Tap();
    const database = await startDynamoDb({ onRequest: tap.onRequest });
    process.env[DYNAMODB] = database.endpoint;
    const lines = new Lines();
    const stack = await startStack({
      onDemand: true,
      functions: inThisProcess,
      onLog: (source, line) => lines.read(source, line),
      bundles,
    });
    Object.assign(process.env, stack.env);
    const connector = new Connector(connection, bundles, stack, database, tap, lines);
    const pairing = pairingWith(odoo);
    const settings = { ...pairing.settings, statusMapping: STATUSES, ...speed };
    await pair(connection, { ...pairing, settings, webhookSecret: connector.#secret });
    return connector;
  }

  /** Puts an event of each record into the queue, and waits until the queue is idle. */
  async sync(entity: string, records: readonly BenchRecord<object>[]): Promise<TakenBySync> {
    return this.#measure(entity, records.length, async () => {
      const taken = await sendMessages(this.#messages(entity, records));
      if (taken.includes(false)) throw new Error('The queue did not take all messages.');
    });
  }

  /** Posts a signed event, as the store does, and waits until the queue is idle. */
  async post(entity: string, record: BenchRecord<object>): Promise<TakenBySync> {
    return this.#measure(entity, 1, async () => {
      const body = JSON.stringify({ events: this.#events(entity, [record]) });
      const id = `msg_${this.connection}_${this.#sequence}`;
      const answer = await fetch(`${this.#stack.url}/v1/events`, {
        method: 'POST',
        body,
        headers: { 'x-connection': this.connection, ...signatureHeaders(this.#secret, id, new Date(), body) },
      });
      if (answer.status !== 202) throw new Error(`The event was refused: ${await answer.text()}`);
    });
  }

  /** Has every environment of a consumer loaded and logged in, each with one record. */
  async warm(entity: string, records: readonly [BenchRecord<object>, BenchRecord<object>]): Promise<void> {
    const name = `consumer-${entity}`;
    const invoked = this.#messages(entity, records).map(async (message) => {
      const attributes = { ApproximateReceiveCount: '1', MessageGroupId: this.connection };
      const record = { messageId: message.event.id, receiptHandle: '', body: JSON.stringify(message), attributes };
      const event = { Records: [{ ...record, eventSourceARN: `arn:aws:sqs:local:0:events-${entity}` }] };
      const answer = (await this.#stack.invoke(name, event)) as SQSBatchResponse;
      if (answer.batchItemFailures.length > 0) throw new Error(`${name} did not take its first record.`);
    });
    await Promise.all(invoked);
    this.#lines.expectNoTrouble();
  }

  /** Pairs another connection. */
  async pairAlso(connection: string, odoo: OdooTarget, exportUrl: string): Promise<void> {
    const pairing = pairingWith(odoo);
    // Nothing is asked of the store but the run.
    const settings = { ...pairing.settings, exportUrl, flushMinutes: 0 };
    await pair(connection, { ...pairing, settings, webhookSecret: this.#secret });
  }

  /** Odoo ids of records that were synced. */
  async idsOf(keys: readonly RecordKey[]): Promise<number[]> {
    const mappings = await readMappings(this.connection, keys);
    return keys.map((key) => {
      const id = mappings.get(recordName(key))?.odooId;
      if (id === undefined) throw new Error(`${recordName(key)} is not in Odoo.`);
      return id;
    });
  }

  /** A consumer in a process of its own, on the same services. */
  async apart(entity: string): Promise<Apart> {
    const { entry, env } = functions[`consumer-${entity}`] as FunctionSpec;
    const code = bundlesIn(this.#bundles, [entry]).get(entry) as URL;
    const child = new Child(new URL('./cpu-child.ts', import.meta.url), {
      code: code.href,
      env: { ...this.#stack.env, ...TELEMETRY, ...env },
    });
    await child.ready;
    return this.through(entity, child);
  }

  /** Whatever syncs messages in a process of its own. */
  through(entity: string, child: Child): Apart {
    return {
      sync: async (records) => {
        const bodies = this.#messages(entity, records).map((message) => JSON.stringify(message));
        return z.number().parse(await child.ask('sync', bodies));
      },
      stop: () => child.kill(),
    };
  }

  async stop(): Promise<void> {
    this.#sqs.destroy();
    await this.#stack.stop();
    await this.#database.stop();
    delete process.env[DYNAMODB];
  }

  #events(entity: string, records: readonly BenchRecord<object>[]) {
    const occurredAt = new Date().toISOString();
    return records.map(({ recordId, data }) => {
      this.#sequence += 1;
      const sequence = this.#sequence;
      const id = `${this.connection}-${sequence}`;
      return {
        id,
        entity,
        action: 'upsert' as const,
        recordId,
        sequence,
        occurredAt,
        data: data as Record<string, unknown>,
      };
    });
  }

  #messages(entity: string, records: readonly BenchRecord<object>[]): QueueMessage[] {
    const acceptedAt = new Date().toISOString();
    return this.#events(entity, records).map((event) => ({
      version: 1,
      connection: this.connection,
      acceptedAt,
      event,
    }));
  }

  async #measure(entity: string, records: number, send: () => Promise<void>): Promise<TakenBySync> {
    this.#lines.clear();
    this.#tap.take();
    const started = performance.now();
    await send();
    while (this.#lines.synced < records || (await this.#waiting(entity)) > 0) {
      this.#lines.expectNoTrouble();
      await sleep(POLL_MS);
    }
    const seconds = (performance.now() - started) / 1_000;
    this.#lines.expectNoTrouble();
    const { calls, odooMs } = this.#lines;
    return { records, calls, seconds, odooSeconds: odooMs / 1_000, dynamoDb: this.#tap.take() };
  }

  async #waiting(entity: string): Promise<number> {
    const QueueUrl = this.#stack.queueUrls[`events-${entity}`];
    const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ['All'] });
    const { Attributes = {} } = await this.#sqs.send(asked);
    return (
      Number(Attributes.ApproximateNumberOfMessages) +
      Number(Attributes.ApproximateNumberOfMessagesNotVisible) +
      Number(Attributes.ApproximateNumberOfMessagesDelayed)
    );
  }
}

/** What the functions print. */
class Lines {
  calls = 0;
  odooMs = 0;
  synced = 0;
  #trouble: string[] = [];

  clear(): void {
    this.calls = 0;
    this.odooMs = 0;
    this.synced = 0;
    this.#trouble = [];
  }

  read(source: string, text: string): void {
    const error = readErrorLine(text);
    if (error !== undefined) this.#trouble.push(`${source}: ${error}`);
    const line = readLogLine(text);
    if (line?.message === 'odoo call') {
      this.calls += 1;
      this.odooMs += line.milliseconds;
    } else if (line?.message === 'synced') this.synced += 1;
    else if (line?.message === 'parked' || line?.message === 'retrying') this.#note(line);
  }

  /** What fails or goes twice is not what is to be measured. */
  expectNoTrouble(): void {
    if (this.#trouble.length > 0) throw new Error(`Not everything went well: ${this.#trouble.slice(0, 3).join('; ')}`);
  }

  #note({ message, entity, recordId, code }: { message: string; entity: string; recordId: string; code: string }) {
    // Waiting for the lane is no trouble.
    if (!code.startsWith('LANE_')) this.#trouble.push(`${entity} ${recordId} ${message}: ${code}`);
  }
}

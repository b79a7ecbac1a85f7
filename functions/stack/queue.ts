import type { MiddlewareObj } from '@middy/core';
import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import { asConnectorError } from '../../lib/errors/index.ts';
import { parkUnreadable, type RawMessage } from '../../lib/queue/dead.ts';
import type { Retry } from '../../lib/queue/deliver.ts';
import { type Delivery, postpone, readMessage } from '../../lib/queue/receive.ts';
import { base } from './base.ts';
import { observer } from './telemetry.ts';

/** The stack of a handler behind a queue. Its answer names the messages that must come again. */
export function queueStack<Event extends SQSEvent>() {
  return base<Event, SQSBatchResponse>();
}

export type Delivered = SQSEvent & { deliveries: Delivery[]; retries: Retry[] };

/**
 * Reads the batch's messages into `event.deliveries`; what nobody can read is parked with its body.
 * Afterwards the deliveries in `event.retries` are put back, each for as long as it says.
 */
export function deliveries(entity: string): MiddlewareObj<Delivered, SQSBatchResponse> {
  return {
    async before({ event }) {
      const read = await Promise.all(event.Records.map((record) => readDelivery(record, entity)));
      event.deliveries = read.filter((one) => one !== undefined);
      event.retries = [];
    },
    async after(request) {
      const { retries } = request.event;
      await postpone(
        entity,
        retries.map(({ delivery, seconds }) => ({ receiptHandle: delivery.receiptHandle, seconds })),
      );
      request.response = { batchItemFailures: retries.map(({ delivery }) => ({ itemIdentifier: delivery.messageId })) };
    },
  };
}

async function readDelivery(record: SQSRecord, entity: string): Promise<Delivery | undefined> {
  try {
    const { messageId, receiptHandle, attributes, body } = record;
    const receiveCount = Number(attributes.ApproximateReceiveCount);
    return { messageId, receiptHandle, receiveCount, ...(await readMessage(body)) };
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.code !== 'MESSAGE_UNREADABLE') throw thrown;
    await parkUnreadable({ ...rawMessage(record), entity }, error, observer);
    return undefined;
  }
}

/** A record before anything was read of its body. */
export function rawMessage(record: SQSRecord): RawMessage {
  return {
    messageId: record.messageId,
    body: record.body,
    entity: /events-(.+?)(-dead)?$/.exec(record.eventSourceARN)?.[1] ?? 'unknown',
    group: record.attributes.MessageGroupId,
  };
}

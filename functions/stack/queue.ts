import type { SQSBatchResponse, SQSEvent, SQSRecord } from 'aws-lambda';
import type { RawMessage } from '../../lib/queue/dead.ts';
import { base } from './base.ts';

/** The stack of a handler behind a queue. Its answer names the messages that must come again. */
export function queueStack() {
  return base<SQSEvent, SQSBatchResponse>();
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

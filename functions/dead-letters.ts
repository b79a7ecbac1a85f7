import type { SQSEvent } from 'aws-lambda';
import { parkDeadLetter } from '../lib/queue/dead.ts';
import { queueStack, rawMessage } from './stack/queue.ts';
import { logger, observer } from './stack/telemetry.ts';

/** Parks and logs what no consumer could handle. */
export const handler = queueStack<SQSEvent>().handler(async ({ Records }) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of Records) {
    try {
      await parkDeadLetter(rawMessage(record), observer);
    } catch (error) {
      logger.error('unforeseen', { error: error as Error });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
});

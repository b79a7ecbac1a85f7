import type { SQSEvent } from 'aws-lambda';
import { parkDeadLetter } from '../lib/queue/dead.ts';
import { noteDeadPage } from '../lib/runs/watch.ts';
import { queueStack, rawMessage } from './stack/queue.ts';
import { logger, observer } from './stack/telemetry.ts';

/** The dead letters of runs; an entity of that name would have `events-` before it. */
const bulk = /(?<!events-)bulk-dead$/;

/** Parks and logs what no consumer could handle. */
export const handler = queueStack<SQSEvent>().handler(async ({ Records }) => {
  const batchItemFailures: { itemIdentifier: string }[] = [];
  for (const record of Records) {
    try {
      if (bulk.test(record.eventSourceARN)) await noteDeadPage(record.body, observer);
      else await parkDeadLetter(rawMessage(record), observer);
    } catch (error) {
      logger.error('unforeseen', { error: error as Error });
      batchItemFailures.push({ itemIdentifier: record.messageId });
    }
  }
  return { batchItemFailures };
});

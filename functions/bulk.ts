import type { SQSEvent, SQSRecord } from 'aws-lambda';
import { runLeaseSeconds, workQueueUrl } from '../lib/environment.ts';
import { asConnectorError } from '../lib/errors/index.ts';
import { parkUnreadable } from '../lib/queue/dead.ts';
import { postponeIn } from '../lib/queue/receive.ts';
import { workOnPage } from '../lib/runs/page.ts';
import { type PageMessage, readPageMessage } from '../lib/runs/send.ts';
import { queueStack, rawMessage } from './stack/queue.ts';
import { logger, observer } from './stack/telemetry.ts';

/** Works on bulk runs, a page at a time. */
export const handler = queueStack<SQSEvent>().handler(async ({ Records }) => {
  for (const record of Records) {
    const message = await readable(record);
    if (message === undefined) continue;
    const stop = await lease(record);
    try {
      await workOnPage(message, Number(record.attributes.ApproximateReceiveCount), observer);
    } finally {
      stop();
    }
  }
  return { batchItemFailures: [] };
});

async function readable(record: SQSRecord): Promise<PageMessage | undefined> {
  try {
    return readPageMessage(record.body);
  } catch (thrown) {
    await parkUnreadable({ ...rawMessage(record), entity: 'bulk' }, asConnectorError(thrown), observer);
    return undefined;
  }
}

/**
 * The queue hides a message for as long as a function may run. Here it is hidden for half a minute at a
 * time, again and again: so the page of a function that was killed is somebody else's soon.
 */
async function lease({ receiptHandle }: SQSRecord): Promise<() => void> {
  const seconds = runLeaseSeconds();
  const renew = () => postponeIn(workQueueUrl('bulk'), [{ receiptHandle, seconds }]);
  await renew();
  const timer = setInterval(() => {
    // Without a renewal somebody else works on the page, too, which does no harm.
    renew().catch((error: Error) => logger.warn('lease not renewed', { error }));
  }, seconds * 333);
  timer.unref();
  return () => clearInterval(timer);
}

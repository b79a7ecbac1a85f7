import type { ScheduledEvent } from 'aws-lambda';
import { flushStores } from '../lib/flush/flush.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

/** Asks the stores to send what waits in their outboxes. */
export const handler = base<ScheduledEvent, void>().handler(async ({ time }) => {
  await flushStores(new Date(time), observer);
});

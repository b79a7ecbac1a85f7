import type { ScheduledEvent } from 'aws-lambda';
import { startTrials } from '../lib/queue/trials.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

/** Tries parked failures again, one per cause. */
export const handler = base<ScheduledEvent, void>().handler(async () => {
  const sent = await startTrials(observer);
  if (sent > 0) observer.info('trials', { sent });
});

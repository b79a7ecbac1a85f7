import type { ScheduledEvent } from 'aws-lambda';
import { startTrials } from '../lib/queue/trials.ts';
import { resumeQuietRuns } from '../lib/runs/watch.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

/** Tries parked failures again, one per cause, and sets runs going again that stand still. */
export const handler = base<ScheduledEvent, void>().handler(async () => {
  const sent = await startTrials(observer);
  if (sent > 0) observer.info('trials', { sent });
  await resumeQuietRuns(observer);
});

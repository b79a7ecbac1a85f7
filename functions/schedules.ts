import type { ScheduledEvent } from 'aws-lambda';
import { startRun } from '../lib/runs/start.ts';
import { startDue } from '../lib/schedules/due.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

/** Starts the runs that are due by the schedules in the settings. */
export const handler = base<ScheduledEvent, void>().handler(async ({ time }) => {
  const started = await startDue(new Date(time), startRun, observer);
  if (started > 0) observer.info('schedules', { started });
});

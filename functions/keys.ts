import type { ScheduledEvent } from 'aws-lambda';
import { careForKeys } from '../lib/api-keys/care.ts';
import { base } from './stack/base.ts';
import { observer } from './stack/telemetry.ts';

/** Looks after the API keys of all connections: when they end, and whether they can be renewed. */
export const handler = base<ScheduledEvent, void>().handler(async () => {
  await careForKeys(observer);
});

import type { MiddlewareObj } from '@middy/core';
import { metrics } from './telemetry.ts';

/** Publishes what was counted. Powertools' own middleware warns where nothing was, which is most often. */
export function publishMetrics<Event, Result>(): MiddlewareObj<Event, Result> {
  const publish = () => {
    if (metrics.hasStoredMetrics()) metrics.publishStoredMetrics();
  };
  return { after: publish, onError: publish };
}

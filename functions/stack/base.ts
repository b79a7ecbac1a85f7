import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import middy from '@middy/core';
import { publishMetrics } from './metrics.ts';
import { logger } from './telemetry.ts';

/**
 * What every handler has: metrics, and log lines that carry the request's id. Out of time it ends: middy
 * would answer a moment before, and the work that nobody waits for any more would go on in the next invocation.
 */
export function base<Event, Result>() {
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 }).use(injectLambdaContext(logger)).use(publishMetrics());
}

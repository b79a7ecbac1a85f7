import { injectLambdaContext } from '@aws-lambda-powertools/logger/middleware';
import { captureLambdaHandler } from '@aws-lambda-powertools/tracer/middleware';
import middy from '@middy/core';
import { publishMetrics } from './metrics.ts';
import { logger, tracer } from './telemetry.ts';

/**
 * What every handler has: a trace, metrics, and log lines that carry the request's id. Out of time it ends: middy
 * would answer a moment before, and the work that nobody waits for any more would go on in the next invocation.
 */
export function base<Event, Result>() {
  return middy<Event, Result>({ timeoutEarlyInMillis: 0 })
    .use(captureLambdaHandler(tracer, { captureResponse: false }))
    .use(injectLambdaContext(logger))
    .use(publishMetrics());
}

import { Logger } from '@aws-lambda-powertools/logger';
import { Metrics, MetricUnit } from '@aws-lambda-powertools/metrics';
import { maskEmails } from '../../lib/personal.ts';
import type { Observer } from '../../lib/queue/observe.ts';

/** Named and levelled by the POWERTOOLS_* variables of the function. Whatever it is given, it prints no e-mail address. */
export const logger = new Logger({
  jsonReplacerFn: (_, value: unknown) => (typeof value === 'string' ? maskEmails(value) : value),
});
export const metrics = new Metrics();

/** Counts under the name of the API, whichever of its functions it is: one metric is what an alarm can look at. */
export function countForApi(metric: string): void {
  new Metrics({ serviceName: 'api', singleMetric: true }).addMetric(metric, MetricUnit.Count, 1);
}

/** What happens on an event's path, as structured log lines and metrics. */
export const observer: Observer = {
  info: (message, fields) => logger.info(message, fields as Record<string, string>),
  warn: (message, fields) => logger.warn(message, fields as Record<string, string>),
  error: (message, fields) => logger.error(message, fields as Record<string, string>),
  count: (metric, value) => metrics.addMetric(metric, MetricUnit.Count, value),
};

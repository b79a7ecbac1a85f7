/** The connector's own metrics, which its functions print with their log lines. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { metricOf } from '../../lib/incidents/metrics.ts';
import { incidentKinds } from '../../lib/store/incidents.ts';

export const NAMESPACE = 'OpenCartOdoo';

/** @param service the function that counts */
export const connectorMetric = (metricName: string, service: string, statistic: string, label?: string): IMetric =>
  new Metric({
    ...{ namespace: NAMESPACE, metricName, dimensionsMap: { service }, statistic, period: Duration.minutes(5) },
    ...(label === undefined ? {} : { label }),
  });

/** How many incidents of each kind there are, over all connections. */
export const incidentMetrics = (): IMetric[] =>
  incidentKinds.map((kind) => connectorMetric(metricOf(kind), 'watch', Stats.MAXIMUM, kind));

/** The connector's own metrics, which its functions print with their log lines. */
import { Duration } from 'aws-cdk-lib';
import { type IMetric, Metric, Stats } from 'aws-cdk-lib/aws-cloudwatch';
import { metricOf } from '../../lib/incidents/metrics.ts';
import { incidentKinds } from '../../lib/store/incidents.ts';

/** Those of one deployment: functions of the same name in another one would else be counted with its own. */
export class ConnectorMetrics {
  /** @param namespace that of this deployment; its functions are told it, too */
  constructor(readonly namespace: string) {}

  /** @param service the function that counts */
  of(metricName: string, service: string, statistic: string, label?: string): IMetric {
    const { namespace } = this;
    return new Metric({
      ...{ namespace, metricName, dimensionsMap: { service }, statistic, period: Duration.minutes(5) },
      ...(label === undefined ? {} : { label }),
    });
  }

  /** How many incidents of each kind there are, over all connections. */
  incidents(): IMetric[] {
    return incidentKinds.map((kind) => this.of(metricOf(kind), 'watch', Stats.MAXIMUM, kind));
  }
}

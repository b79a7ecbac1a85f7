/** One page of CloudWatch that answers, from top to bottom: does it arrive, what fails, why, what does it cost. */
import { Duration } from 'aws-cdk-lib';
import type { HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import {
  AlarmStatusWidget,
  Dashboard,
  GraphWidget,
  type IAlarm,
  type IMetric,
  LogQueryWidget,
  Stats,
} from 'aws-cdk-lib/aws-cloudwatch';
import { Construct } from 'constructs';
import type { ConnectorFunction } from './connector-function.ts';
import type { ConnectorMetrics } from './metrics.ts';
import type { QueuePair } from './queues.ts';

const period = Duration.minutes(5);
const FULL = 24;
const HALF = 12;

export interface Shown {
  metrics: ConnectorMetrics;
  queues: readonly QueuePair[];
  functions: readonly ConnectorFunction[];
  api: HttpApi;
  alarms: readonly IAlarm[];
}

export class ConnectorDashboard extends Construct {
  constructor(scope: Construct, dashboardName: string, { metrics, queues, functions, api, alarms }: Shown) {
    super(scope, 'Dashboard');
    const syncing = functions.filter(({ spec }) => spec.consumes !== undefined);
    const perQueue = (metric: (pair: QueuePair) => IMetric) => queues.map(metric);
    const perFunction = (metric: (one: ConnectorFunction) => IMetric, of = functions) => of.map(metric);
    const labelled = { period };
    const dashboard = new Dashboard(this, 'Page', { dashboardName, defaultInterval: Duration.hours(12) });
    const graph = (title: string, left: IMetric[], width = HALF) => new GraphWidget({ title, left, width, height: 6 });

    dashboard.addWidgets(new AlarmStatusWidget({ title: 'Alarms', alarms: [...alarms], width: FULL, height: 4 }));
    dashboard.addWidgets(
      graph(
        'Age of the oldest message (s)',
        perQueue(({ queue }) => queue.metricApproximateAgeOfOldestMessage({ ...labelled, statistic: Stats.MAXIMUM })),
      ),
      graph(
        'Waiting messages',
        perQueue(({ queue }) =>
          queue.metricApproximateNumberOfMessagesVisible({ ...labelled, statistic: Stats.MAXIMUM }),
        ),
      ),
    );
    dashboard.addWidgets(
      graph(
        'Synced records',
        syncing.map(({ name }) => metrics.of('Synced', name, Stats.SUM, name)),
      ),
      graph(
        'Calls to Odoo',
        syncing.map(({ name }) => metrics.of('OdooCalls', name, Stats.SUM, name)),
      ),
    );
    dashboard.addWidgets(
      graph('Parked records', [metrics.of('ParkedRecords', 'watch', Stats.MAXIMUM, 'parked')]),
      graph('Incidents', metrics.incidents()),
    );
    // From the log: as metrics they would be one for each code and function, each to be paid for.
    dashboard.addWidgets(
      new LogQueryWidget({
        title: 'What was parked, by code (each time that it was tried)',
        logGroupNames: syncing.map((one) => one.function.logGroup.logGroupName),
        queryLines: ['filter message = "parked"', 'stats count(*) as times by code', 'sort times desc'],
        width: FULL,
        height: 6,
      }),
    );
    dashboard.addWidgets(
      graph(
        'Errors',
        perFunction((one) => one.function.metricErrors({ period, statistic: Stats.SUM, label: one.name })),
      ),
      graph(
        'Duration, 95 of 100 (ms)',
        perFunction((one) => one.function.metricDuration({ period, statistic: Stats.percentile(95), label: one.name })),
      ),
    );
    dashboard.addWidgets(
      graph('Requests to the API', [
        api.metricCount({ period, statistic: Stats.SUM }),
        api.metricClientError({ period, statistic: Stats.SUM }),
        api.metricServerError({ period, statistic: Stats.SUM }),
      ]),
      graph(
        'Functions at work',
        perFunction((one) =>
          one.function.metric('ConcurrentExecutions', { period, statistic: Stats.MAXIMUM, label: one.name }),
        ),
      ),
    );
  }
}

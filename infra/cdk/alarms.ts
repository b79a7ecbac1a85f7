/** What somebody should be told of; every description says what it means and what to do. */
import { Duration } from 'aws-cdk-lib';
import {
  Alarm,
  AlarmRule,
  AlarmState,
  ComparisonOperator,
  CompositeAlarm,
  type IAlarm,
  type IMetric,
  MathExpression,
  Stats,
  TreatMissingData,
} from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import type { ITopic } from 'aws-cdk-lib/aws-sns';
import type { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { metricOf } from '../../lib/incidents/metrics.ts';
import { deathsOfOne } from '../../lib/queue/suspects.ts';
import { incidentKinds } from '../../lib/store/incidents.ts';
import type { ConnectorFunction } from './connector-function.ts';
import type { ConnectorMetrics } from './metrics.ts';
import type { QueuePair } from './queues.ts';

/** Where nothing is counted there is nothing that is above a limit, but something that is below one. */
type Limit = { above: number } | { below: number };

type AlarmSpec = Limit & {
  metric: IMetric;
  /** How many periods are looked at, and in how many of them it must be; one unless told. */
  periods?: number;
  datapoints?: number;
  meaning: string;
};

const period = Duration.minutes(5);
/** What happens once is delivered or asked again and passes; what is worth a person's time comes back. */
const TWICE = { periods: 3, datapoints: 2 };
/** A page of a run, the largest batch that there is. */
const RECORDS_AT_ONCE = 500;
/**
 * Of a function that works on a queue, its errors within an hour. One record of which it dies is singled out and
 * parked after six, at whatever pace, and of that an incident tells; who dies more often is broken.
 *
 * A function that only ever runs out of time makes an error per place each time that its message comes again:
 *
 *     consumer   2 places, every 330 s: eight at the end of the fourth time, after 22 minutes
 *                1 place, as where one connection has all events: seven after 38 minutes
 *     bulk       5 places, every 930 s: ten at the end of the second time, after 31 minutes
 *                1 place, as of a single run: three at most, and the run is told of as standing still
 *
 * Shorter periods would not do. An error counts in the minute in which its invocation began: of a page that ran out
 * of time, in the one a quarter of an hour ago.
 */
const DYING = { above: deathsOfOne(RECORDS_AT_ONCE), period: Duration.hours(1) };
/**
 * Of dead letters, in how many minutes there are some. What function `dead-letters` parks is gone within seconds. What
 * it fails to park, which is no error of the function, is hidden for the visibility timeout and tried again: 330 s, of
 * `bulk` 930 s. Having failed once it is there for 17 minutes at most; who fails again and again is told of after 20.
 * The rest is for counts that SQS, which only approximates them, may get wrong.
 */
const STAYING = { periods: 25, datapoints: 20 };

/**
 * The alarms of queues, functions and the API go to one topic; those of incidents are told of by `watch`. What one
 * cause turns on everywhere at once has one alarm above it that tells people, lest there be as many messages.
 */
export class Alarms extends Construct {
  readonly all: IAlarm[] = [];
  private readonly heldUp: IAlarm[] = [];
  private readonly throttled: IAlarm[] = [];

  constructor(
    scope: Construct,
    private readonly topic: ITopic,
    private readonly namePrefix: string,
    private readonly metrics: ConnectorMetrics,
  ) {
    super(scope, 'Alarms');
  }

  queue(entity: string, { queue, deadLetters }: QueuePair): void {
    const late = this.make(`${entity}-late`, {
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      above: Duration.minutes(15).toSeconds(),
      meaning: `Changes of ${entity} records wait for more than 15 minutes: see the log of consumer-${entity}, and whether Odoo is slow or a bulk sync is running.`,
    });
    // SQS leaves a message out of the age above once it was received three times, and one that is being
    // retried is: what backs off from an Odoo that is down shows only as in flight without end.
    const retrying = this.make(`${entity}-retrying`, {
      metric: queue.metricApproximateNumberOfMessagesNotVisible({ period, statistic: Stats.MINIMUM }),
      above: 0,
      periods: 12,
      meaning: `Changes of ${entity} records have been in work or in retry for an hour without a break: unless a bulk sync is running, see in the log why Odoo cannot be reached; nothing is lost meanwhile.`,
    });
    this.heldUp.push(late, retrying);
    this.add(`${entity}-dead-letters`, {
      metric: held(deadLetters),
      above: 0,
      ...STAYING,
      meaning: `Changes of ${entity} records failed in an unforeseen way and stay in the dead-letter queue: function dead-letters cannot park them, or is not started; see its log, and that of consumer-${entity} for the cause.`,
    });
  }

  /** In flight without end is no alarm here: a long run has one message after the other. */
  work(name: string, { queue, deadLetters }: QueuePair): void {
    this.add(`${name}-late`, {
      metric: queue.metricApproximateAgeOfOldestMessage({ period, statistic: Stats.MAXIMUM }),
      above: Duration.minutes(15).toSeconds(),
      meaning: `Work in the queue ${name} waits for more than 15 minutes: see the log of function ${name}, and whether many connections have runs at once.`,
    });
    this.add(`${name}-dead-letters`, {
      metric: held(deadLetters),
      above: 0,
      ...STAYING,
      meaning: `Work in the queue ${name} failed in an unforeseen way and stays in the dead-letter queue: function dead-letters cannot note it, or is not started; see the logs of both. The run itself is set going again.`,
    });
  }

  function({ name, spec, function: target }: ConnectorFunction): void {
    const { everyMinutes = 0, consumes, grants } = spec;
    // What runs once a day fails once a day.
    const often = { above: 0, period: everyMinutes > period.toMinutes() ? Duration.minutes(everyMinutes) : period };
    const { above, ...sum } = consumes === undefined ? often : DYING;
    this.add(`${name}-errors`, {
      metric: target.metricErrors({ ...sum, statistic: Stats.SUM }),
      above,
      ...(consumes === undefined ? TWICE : {}),
      meaning: `Function ${name} crashes or runs out of time or memory, again and again: see its log; what it was working on is delivered again unless it answers the API.`,
    });
    this.throttled.push(
      this.make(`${name}-throttles`, {
        metric: target.metricThrottles({ period, statistic: Stats.SUM }),
        above: 0,
        ...TWICE,
        meaning: `Function ${name} could not start because the account runs as many functions as it may: raise the quota "Concurrent executions" in Service Quotas.`,
      }),
    );
    // Of all that others do not do it tells, and nobody of what it does not do.
    if (grants.tellPeople) {
      this.add(`${name}-silent`, {
        metric: target.metricInvocations({ period: Duration.minutes(everyMinutes), statistic: Stats.SUM }),
        below: 1,
        periods: 3,
        meaning: `Function ${name}, which tells people of incidents, is not started any more: until it is, nobody is told that Odoo is down, that records are parked or that a run stands still. See whether its schedule is there and enabled.`,
      });
    }
  }

  /**
   * What its functions count, not the gateway's own metric of 5xx: there each answer counts that an Odoo is down, of
   * which `watch` tells. Of functions that come to no answer at all their own alarms tell.
   */
  api(): void {
    this.add('api-5xx', {
      metric: this.metrics.of('ServerErrors', 'api', Stats.SUM),
      above: 0,
      ...TWICE,
      meaning:
        'The API answers with server errors of its own, again and again: find the requests in its access log and the function behind the route in its own; the store sends unaccepted events again.',
    });
  }

  /** To be called last: those that stand for many of the others. */
  together(): void {
    this.anyOf(
      'held-up',
      this.heldUp,
      'Changes of records do not reach Odoo: they wait for more than 15 minutes, or have been in retry for an hour. The alarms <entity>-late and <entity>-retrying say which; nothing is lost meanwhile.',
    );
    this.anyOf(
      'throttled',
      this.throttled,
      'Functions could not start because the account runs as many as it may: raise the quota "Concurrent executions" in Service Quotas. The alarms <function>-throttles say which.',
    );
  }

  /**
   * One per kind, for the dashboard. They have no action: an alarm that is on already says nothing of a second
   * incident, so function `watch` tells people of each by itself, with the connection and what to do.
   */
  incidents(): void {
    for (const kind of incidentKinds) {
      this.make(`incident-${kind}`, {
        metric: this.metrics.of(metricOf(kind), 'watch', Stats.MAXIMUM),
        above: 0,
        meaning: `Incidents of kind ${kind} are open: the notice that was sent of each says of which connection, and docs/runbook.md what to do.`,
      });
    }
  }

  private add(name: string, spec: AlarmSpec): void {
    this.tell(this.make(name, spec));
  }

  private anyOf(name: string, alarms: readonly IAlarm[], meaning: string): void {
    const composite = new CompositeAlarm(this, name, {
      compositeAlarmName: `${this.namePrefix}-${name}`,
      alarmDescription: meaning,
      alarmRule: AlarmRule.anyOf(...alarms.map((alarm) => AlarmRule.fromAlarm(alarm, AlarmState.ALARM))),
    });
    this.tell(composite);
    this.all.push(composite);
  }

  /** When it goes on, and when it goes off. */
  private tell(alarm: Alarm | CompositeAlarm): void {
    const action = new SnsAction(this.topic);
    alarm.addAlarmAction(action);
    alarm.addOkAction(action);
  }

  private make(name: string, { metric, periods = 1, datapoints = periods, meaning, ...limit }: AlarmSpec): Alarm {
    const alarm = new Alarm(this, name, {
      alarmName: `${this.namePrefix}-${name}`,
      alarmDescription: meaning,
      metric,
      ...comparison(limit),
      evaluationPeriods: periods,
      ...(datapoints === periods ? {} : { datapointsToAlarm: datapoints }),
    });
    this.all.push(alarm);
    return alarm;
  }
}

const comparison = (limit: Limit) =>
  'above' in limit
    ? {
        threshold: limit.above,
        comparisonOperator: ComparisonOperator.GREATER_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.NOT_BREACHING,
      }
    : {
        threshold: limit.below,
        comparisonOperator: ComparisonOperator.LESS_THAN_THRESHOLD,
        treatMissingData: TreatMissingData.BREACHING,
      };

/**
 * Messages in a queue, visible or in flight, minute by minute, as SQS counts them. Over a longer period the least of
 * each may be none although there was a message all the time: now the one, now the other. SQS may leave out what is in
 * flight while nothing is.
 */
function held(queue: IQueue): IMetric {
  const statistic = Stats.MAXIMUM;
  return new MathExpression({
    expression: 'visible + FILL(inFlight, 0)',
    usingMetrics: {
      visible: queue.metricApproximateNumberOfMessagesVisible({ statistic }),
      inFlight: queue.metricApproximateNumberOfMessagesNotVisible({ statistic }),
    },
    label: 'Messages, visible or in flight',
    period: Duration.minutes(1),
  });
}

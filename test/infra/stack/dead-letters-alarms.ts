import { describe, expect, it } from 'vitest';
import { functions, queue, queuedNames, workQueues } from '../../../infra/topology.ts';
import { deployed } from './deployed.ts';

const MINUTE = 60;
const HOUR = 60 * MINUTE;
const alarms = Object.values(deployed.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const alarmOf = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `OpenCartOdoo-${name}-dead-letters`);

/** Each queue and how long its dead letters stay hidden, in seconds, after function `dead-letters` was given them. */
const queues = [
  ...queuedNames.map((name): [string, number] => [name, queue.visibilitySeconds]),
  ...Object.entries(workQueues).map(([name, spec]): [string, number] => [name, spec.visibilitySeconds]),
];

/** How many dead letters there are at a second, by the metric that counts them. */
type Held = (second: number) => { visible: number; inFlight: number };
const NOTHING = { visible: 0, inFlight: 0 };
const VISIBLE = { visible: 1, inFlight: 0 };
const IN_FLIGHT = { visible: 0, inFlight: 1 };

/**
 * A message that `dead-letters` fails to park so often: hidden for a while, seen for a second, and given to it again.
 * It arrives with a look of SQS at the queue, so that some of these seconds are seen, or between two: then none is.
 */
const failing =
  (hiddenSeconds: number, arrives: number, times = Number.POSITIVE_INFINITY): Held =>
  (second) => {
    const since = second - arrives;
    // The last time it is parked, at the latest when the function would be out of time.
    if (since < 0 || since > times * hiddenSeconds + (functions['dead-letters']?.timeoutSeconds ?? 0)) return NOTHING;
    return since % hiddenSeconds === 0 ? VISIBLE : IN_FLIGHT;
  };
const ARRIVALS = [0, 17];

interface Stat {
  Metric: { MetricName: string };
  Stat: 'Maximum' | 'Minimum';
  Period: number;
}

/** The metrics whose sum the alarm looks at. */
function summed(alarm: ReturnType<typeof alarmOf>): Stat[] {
  if (alarm.Metrics === undefined) {
    return [{ Metric: { MetricName: alarm.MetricName }, Stat: alarm.Statistic, Period: alarm.Period }];
  }
  return alarm.Metrics.flatMap(({ MetricStat }: { MetricStat?: Stat }) => MetricStat ?? []);
}

/** What SQS has told of a metric in the period that ends at `end`: what it sees each minute. */
function reported({ Metric, Stat, Period }: Stat, held: Held, end: number): number {
  const seen = Array.from({ length: Period / MINUTE }, (_, index) => end - index * MINUTE)
    .filter((second) => second >= 0)
    .map((second) => held(second)[/NotVisible/.test(Metric.MetricName) ? 'inFlight' : 'visible']);
  return seen.length === 0 ? 0 : Stat === 'Maximum' ? Math.max(...seen) : Math.min(...seen);
}

/** When the alarm goes on, in seconds: CloudWatch looks each minute at the last periods. */
function goesOn(alarm: ReturnType<typeof alarmOf>, held: Held, until: number): number | undefined {
  const metrics = summed(alarm);
  const { Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
  const period = metrics[0]?.Period ?? MINUTE;
  for (let now = 0; now <= until; now += MINUTE) {
    const values = Array.from({ length: EvaluationPeriods }, (_, index) =>
      metrics.reduce((sum, metric) => sum + reported(metric, held, now - index * period), 0),
    );
    if (values.filter((value) => value > Threshold).length >= DatapointsToAlarm) return now;
  }
  return undefined;
}

describe.each(queues)('the alarm on dead letters of %s', (name, hiddenSeconds) => {
  const alarm = alarmOf(name);

  it.each(ARRIVALS)('goes on within half an hour when one cannot be parked and stays in flight (%i)', (arrives) => {
    expect(goesOn(alarm, failing(hiddenSeconds, arrives), HOUR / 2)).toBeDefined();
  });

  it('goes on within half an hour when dead-letters is not started at all', () => {
    expect(goesOn(alarm, () => VISIBLE, HOUR / 2)).toBeDefined();
  });

  it('goes on when SQS, whose counts are approximate, does not see them once or twice', () => {
    const overlooked = new Set([7 * MINUTE, 15 * MINUTE]);
    const held: Held = (second) => (overlooked.has(second) ? NOTHING : failing(hiddenSeconds, 17)(second));
    expect(goesOn(alarm, held, HOUR / 2)).toBeDefined();
  });

  it.each(ARRIVALS)('stays off when one is parked at the second attempt (%i)', (arrives) => {
    expect(goesOn(alarm, failing(hiddenSeconds, arrives, 1), HOUR)).toBeUndefined();
  });

  it('stays off when one after the other is parked within seconds, and SQS happens to see some of them', () => {
    expect(goesOn(alarm, (second) => (second % 300 === 0 ? VISIBLE : NOTHING), HOUR)).toBeUndefined();
    expect(goesOn(alarm, (second) => (second % 180 === 0 ? IN_FLIGHT : NOTHING), HOUR)).toBeUndefined();
  });
});

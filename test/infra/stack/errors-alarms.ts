import { describe, expect, it } from 'vitest';
import {
  deadLetterName,
  type FunctionSpec,
  functions,
  queue,
  queuedNames,
  queueName,
  workDeadLetterName,
  workQueues,
} from '../../../infra/topology.ts';
import { deathsOfOne } from '../../../lib/queue/suspects.ts';
import { deployed } from './deployed.ts';

const MINUTE = 60;
const alarms = Object.values(deployed.ofType('AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const alarmOf = (name: string) => alarms.find(({ AlarmName }) => AlarmName === `OpenCartOdoo-${name}-errors`) ?? {};

/** A queue in the topology, or its dead letters → how long what a function died of stays hidden. */
const hiddenSeconds = new Map<string, number>([
  ...queuedNames.flatMap((name): [string, number][] =>
    [queueName(name), deadLetterName(name)].map((one) => [one, queue.visibilitySeconds]),
  ),
  ...Object.entries(workQueues).flatMap(([name, { visibilitySeconds }]): [string, number][] =>
    [name, workDeadLetterName(name)].map((one) => [one, visibilitySeconds]),
  ),
]);

interface Invocation {
  start: number;
  end: number;
}
const every = (seconds: number, lasts: number, until: number): Invocation[] =>
  Array.from({ length: Math.ceil(until / seconds) }, (_, index) => ({
    start: index * seconds,
    end: index * seconds + lasts,
  }));

/** The invocations of a function that comes to no end, each time. `places`: on a queue, how many are used of each. */
function endless({ timeoutSeconds, consumes, everyMinutes = 1 }: FunctionSpec, until: number, places?: number) {
  if (consumes === undefined) return every(everyMinutes * MINUTE, timeoutSeconds, until);
  return consumes.queues.flatMap((name) => {
    const again = Math.max(timeoutSeconds, hiddenSeconds.get(name) ?? Number.NaN);
    return Array.from({ length: places ?? consumes.maxConcurrency }, () => every(again, timeoutSeconds, until)).flat();
  });
}

/**
 * When an alarm goes on, in seconds: CloudWatch looks each minute at the last periods. An error is known when its
 * invocation has ended, and counts in the period in which it began.
 */
function goesOn(alarm: ReturnType<typeof alarmOf>, errors: readonly Invocation[], until: number): number | undefined {
  const { Period, Threshold, EvaluationPeriods, DatapointsToAlarm = EvaluationPeriods } = alarm;
  for (let now = 0; now <= until; now += MINUTE) {
    const sums = Array.from({ length: EvaluationPeriods }, (_, index) => {
      const last = now - index * Period;
      return errors.filter(({ start, end }) => end <= now && start > last - Period && start <= last).length;
    });
    if (sums.filter((sum) => sum > Threshold).length >= DatapointsToAlarm) return now;
  }
  return undefined;
}

const specs = Object.entries(functions);
const working = specs.filter(([, { consumes }]) => consumes !== undefined);

describe('the alarm on errors', () => {
  it.each(specs)('goes on within about half an hour when %s only ever runs out of time', (name, spec) => {
    // What runs once a day fails twice in two days.
    const soon = Math.max(32 * MINUTE, 2 * (spec.everyMinutes ?? 0) * MINUTE);
    const at = goesOn(alarmOf(name), endless(spec, soon), soon);
    expect(at, `${name}: ${JSON.stringify(alarmOf(name))}`).toBeDefined();
  });

  it.each(working.filter(([name]) => name.startsWith('consumer-')))(
    'goes on within the hour when a single batch after the other runs %s out of time, as of one connection',
    (name, spec) => {
      const hour = 60 * MINUTE;
      expect(goesOn(alarmOf(name), endless(spec, hour, 1), hour)).toBeDefined();
    },
  );

  it.each(working)('stays off while a record that kills %s is singled out, quickly or slowly', (name, spec) => {
    const day = 1_440 * MINUTE;
    for (const among of [1, 12, 200, 500]) {
      for (const [again, lasts] of [
        [30, 5],
        [330, 300],
        [spec.timeoutSeconds + 30, spec.timeoutSeconds],
      ] as const) {
        const deaths = every(again, lasts, day).slice(0, deathsOfOne(among));
        expect(goesOn(alarmOf(name), deaths, 180 * MINUTE), `${among} every ${again} s`).toBeUndefined();
      }
    }
  });

  it.each(specs)('stays off when %s fails once', (name) => {
    expect(goesOn(alarmOf(name), [{ start: 1, end: 2 }], 60 * MINUTE)).toBeUndefined();
  });
});

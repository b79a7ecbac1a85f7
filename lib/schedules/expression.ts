/** When a schedule is due: `rate(15 minutes)`, or `cron(15 3 * * *)` with the five fields of cron, in UTC. */
import { Cron } from 'croner';

const RATE = /^rate\(([1-9]\d{0,4}) (minute|hour|day)s?\)$/;
const CRON = /^cron\(([^()]+)\)$/;
const unitMs = { minute: 60_000, hour: 3_600_000, day: 86_400_000 } as const;

/** @returns what is wrong with an expression; undefined: nothing */
export function expressionProblem(when: string): string | undefined {
  if (RATE.test(when)) return undefined;
  const fields = CRON.exec(when)?.[1];
  if (fields === undefined) return 'must be rate(n minutes | hours | days) or cron(minute hour day month weekday)';
  try {
    if (cron(fields).nextRun() === null) return 'never comes';
    return undefined;
  } catch (error) {
    return `is no cron expression: ${error instanceof Error ? error.message : String(error)}`;
  }
}

/** When a schedule that was started at `last` is due again; undefined: never. */
export function nextDue(when: string, last: Date): Date | undefined {
  const rate = RATE.exec(when);
  if (rate !== null) {
    const [, count, unit] = rate;
    return new Date(last.getTime() + Number(count) * unitMs[unit as keyof typeof unitMs]);
  }
  return cron(CRON.exec(when)?.[1] ?? '').nextRun(last) ?? undefined;
}

const cron = (fields: string): Cron => new Cron(fields, { mode: '5-part', timezone: 'UTC' });

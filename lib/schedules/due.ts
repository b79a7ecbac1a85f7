/**
 * Starts what the schedules in the settings say. EventBridge Scheduler calls this every minute, for all
 * connections: a schedule in AWS per connection and entity would be a second truth beside the settings, and
 * whoever changes settings would need the right to make and delete schedules and to pass a role.
 */
import { asConnectorError } from '../errors/index.ts';
import type { Observer } from '../queue/observe.ts';
import type { RunRequest } from '../runs/request.ts';
import type { Started } from '../runs/start.ts';
import { noteAction } from '../store/actions.ts';
import type { ScheduleSetting } from '../store/connections.ts';
import { claimSchedule, lastStarts, settleSchedule } from '../store/schedules.ts';
import { connectionNames, readSettingsVersion, type SettingsVersion } from '../store/settings.ts';
import { nextDue } from './expression.ts';

export type Start = (connection: string, request: RunRequest, by: string) => Promise<Started>;

export interface ScheduleState {
  name: string;
  /** ISO 8601; null: never. */
  lastStartedAt: string | null;
  /** ISO 8601; null: it is switched off. In the past: at the next minute. */
  nextAt: string | null;
}

/** The schedules of a connection with when they were started and when they are next. */
export async function scheduleStates(connection: string, version: SettingsVersion): Promise<ScheduleState[]> {
  const last = await lastStarts(connection);
  return Object.entries(version.settings.schedules).map(([name, schedule]) => ({
    name,
    lastStartedAt: last.get(name)?.toISOString() ?? null,
    nextAt: dueAt(schedule, last.get(name), version)?.toISOString() ?? null,
  }));
}

/** What was never started counts from when it was set. */
function dueAt({ when, enabled }: ScheduleSetting, last: Date | undefined, { at }: SettingsVersion): Date | undefined {
  return enabled ? nextDue(when, last ?? new Date(at)) : undefined;
}

const requestOf = (name: string, { mode = 'incremental' }: ScheduleSetting): RunRequest =>
  name === 'sweep' ? { entity: 'all', mode: 'sweep' } : { entity: name, mode };

/** Starts what is due in all connections. @returns how many runs, or chains of runs, were started */
export async function startDue(now: Date, start: Start, observer: Observer): Promise<number> {
  let started = 0;
  for (const connection of await connectionNames()) {
    try {
      started += await startDueOf(connection, now, start, observer);
    } catch (error) {
      // One connection must not keep the others from their runs.
      observer.error('schedules failed', { connection, error: String(error) });
    }
  }
  return started;
}

async function startDueOf(connection: string, now: Date, start: Start, observer: Observer): Promise<number> {
  const version = await readSettingsVersion(connection);
  // Without an export endpoint nothing can run; that the daily sweep is set all the same is no error.
  if (version?.settings.exportUrl === undefined) return 0;
  const last = await lastStarts(connection);
  let started = 0;
  for (const [name, schedule] of Object.entries(version.settings.schedules)) {
    const due = dueAt(schedule, last.get(name), version);
    if (due === undefined || due > now || !(await claimSchedule(connection, name, last.get(name)))) continue;
    if (await begin(connection, { name, schedule, start, observer })) started += 1;
    await settleSchedule(connection, name, now);
  }
  return started;
}

interface Beginning {
  name: string;
  schedule: ScheduleSetting;
  start: Start;
  observer: Observer;
}

/** @returns whether it began; throws what may be gone in a moment, so that the claim runs out and it is tried again */
async function begin(connection: string, { name, schedule, start, observer }: Beginning): Promise<boolean> {
  const by = `schedule ${name}`;
  try {
    const outcome = await start(connection, requestOf(name, schedule), by);
    if ('runs' in outcome) return true;
    const { entity } = outcome.current;
    const message = `The schedule "${name}" waits for its next time: a run of ${entity} is still going.`;
    await noteAction(connection, by, { code: 'SCHEDULE_SKIPPED', message });
  } catch (thrown) {
    const error = asConnectorError(thrown);
    if (error.kind === 'transient') throw thrown;
    const { code, message } = error;
    observer.warn('not started', { connection, name, code });
    await noteAction(connection, by, { code, message: `The schedule "${name}" could not start: ${message}` });
  }
  return false;
}

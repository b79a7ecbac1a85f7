import { catalog } from '../errors/index.ts';
import type { Incident } from '../store/incidents.ts';
import { daysLeft, isEndingSoon, type KeyExpiry } from '../store/login.ts';
import { callsAt, isUnanswered, type Pulse } from '../store/pulse.ts';
import type { Run } from '../store/runs.ts';

/** What is looked at, of one connection. */
export interface Signs {
  pulse: Pulse;
  causes: readonly { cause: string; code: string; title: string; remedy: string; records: number; isMore: boolean }[];
  runs: readonly Run[];
  key: KeyExpiry | undefined;
  /** Undefined: as fast as it goes. */
  allowedPerMinute: number | undefined;
}

/** A run that shows no sign of life for so long, or is held up for so long, does not go on by itself. */
const STALLED_MS = 3_600_000;
/** Of the calls that are allowed: more cannot be had. */
const EXHAUSTED = 0.95;

export function findIncidents({ pulse, causes, runs, key, allowedPerMinute }: Signs, now = Date.now()): Incident[] {
  return [
    ...(isUnanswered(pulse) ? [odooDown(pulse)] : []),
    ...causes.map(({ cause, code, title, remedy, records, isMore }): Incident => {
      const count = `${isMore ? 'more than ' : ''}${records} ${records === 1 ? 'record' : 'records'}`;
      return { kind: 'failures', subject: cause, text: `${title} (${code}): ${count} parked. ${remedy}` };
    }),
    ...runs.filter((run) => isStalled(run, now)).map(stalled),
    ...(key !== undefined && isEndingSoon(key) ? [keyExpiring(key)] : []),
    ...(allowedPerMinute !== undefined && isExhausted(pulse, allowedPerMinute, now)
      ? [paceExhausted(allowedPerMinute)]
      : []),
  ];
}

const odooDown = ({ failedCode = 'ODOO_UNREACHABLE', failedAt = '' }: Pulse): Incident => ({
  kind: 'odoo-down',
  subject: 'odoo',
  text:
    `Odoo has not answered since ${failedAt} (${failedCode}). Nothing is lost: events wait. ` +
    (failedCode in catalog ? catalog[failedCode as keyof typeof catalog].remedy : ''),
});

const isStalled = ({ state, updatedAt, problem }: Run, now: number): boolean => {
  if (state === 'running') return now - Date.parse(updatedAt) > STALLED_MS;
  return state === 'waiting' && problem !== undefined && now - Date.parse(problem.since) > STALLED_MS;
};

const stalled = ({ id, entity, problem }: Run): Incident => ({
  kind: 'run-stalled',
  subject: id,
  text:
    problem === undefined
      ? `The run ${id} of ${entity} has shown no sign of life for an hour. See the log of function bulk.`
      : `The run ${id} of ${entity} has been held up since ${problem.since} (${problem.code}): ${problem.remedy}`,
});

const keyExpiring = (key: KeyExpiry): Incident => ({
  kind: 'key-expiring',
  subject: key.at,
  text:
    `The API key of Odoo ends on ${key.at.slice(0, 10)}${key.is === 'told' ? '' : ', if it was made when it was set'}` +
    `, ${daysLeft(key)} days from now. Make a new one in Odoo and set it in the console.`,
});

/** Of the last whole minute: this one has not ended. */
const isExhausted = (pulse: Pulse, allowedPerMinute: number, now: number): boolean =>
  callsAt(pulse, now).callsBefore >= allowedPerMinute * EXHAUSTED;

const paceExhausted = (allowedPerMinute: number): Incident => ({
  kind: 'pace-exhausted',
  subject: 'pace',
  text:
    `All ${allowedPerMinute} calls a minute that Odoo allows are used: events wait for their turn. ` +
    'Run bulk syncs at night, or allow more calls in the settings if this Odoo is not Odoo Online.',
});

import { runStandstillMs } from '../environment.ts';
import { catalog } from '../errors/index.ts';
import type { Incident } from '../store/incidents.ts';
import { daysLeft, isEndingSoon, type KeyExpiry } from '../store/login.ts';
import type { ParkedForCode } from '../store/parked.ts';
import { callsAt, isUnanswered, type Pulse } from '../store/pulse.ts';
import type { Run } from '../store/runs.ts';

/** What is looked at, of one connection. */
export interface Signs {
  pulse: Pulse;
  parked: readonly ParkedForCode[];
  runs: readonly Run[];
  key: KeyExpiry | undefined;
  /** Undefined: as fast as it goes. */
  allowedPerMinute: number | undefined;
}

const MINUTE_MS = 60_000;
/** Of a minute: what is left passes between two batches, so no more can be had. */
const ALL = 0.9;

export function findIncidents({ pulse, parked, runs, key, allowedPerMinute }: Signs, now = Date.now()): Incident[] {
  return [
    ...(isDown(pulse) ? [odooDown(pulse)] : []),
    ...parked.map(parkedFor),
    ...runs.filter((run) => isStalled(run, now)).map(stalled),
    ...(key !== undefined && isEndingSoon(key, now) ? [keyExpiring(key, now)] : []),
    ...(allowedPerMinute === undefined ? [] : paceExhausted(pulse, allowedPerMinute, now)),
  ];
}

/** One per code: 50 customers whom a person shall decide on have 50 causes, and are one thing to be told of. */
function parkedFor({ code, records, causes, isMore }: ParkedForCode): Incident {
  const { title, remedy } = catalog[code];
  const counted = records === 0 ? '' : `${isMore ? 'more than ' : ''}${records} `;
  const of = causes > 1 ? `, of ${isMore ? 'more than ' : ''}${causes} causes` : '';
  const text = `${title} (${code}): ${counted}${records === 1 ? 'record' : 'records'} parked${of}. ${remedy}`;
  return { kind: 'failures', subject: code, text, records };
}

/** Calls failed for so long: a single one that took too long, and after which nobody had a question, is no outage. */
const DOWN_MS = 5 * MINUTE_MS;

const isDown = (pulse: Pulse): boolean =>
  isUnanswered(pulse) && Date.parse(pulse.failedAt ?? '') - Date.parse(pulse.failingSince ?? '') >= DOWN_MS;

const odooDown = ({ failedCode = 'ODOO_UNREACHABLE', failedAt = '', answeredAt }: Pulse): Incident => ({
  kind: 'odoo-down',
  subject: 'odoo',
  text:
    `Odoo does not answer: ${failedCode} at ${failedAt}; it ` +
    `${answeredAt === undefined ? 'has never answered yet' : `last answered at ${answeredAt}`}. ` +
    'Nothing is lost: events wait. ' +
    (failedCode in catalog ? catalog[failedCode as keyof typeof catalog].remedy : ''),
});

/** By its pages, not by its signs of life: one that dies of a page lives again each time that it is set going. */
const isStalled = ({ state, pageSince }: Run, now: number): boolean =>
  (state === 'running' || state === 'waiting') && now - Date.parse(pageSince) > runStandstillMs();

const stalled = ({ id, entity, pageSince, problem }: Run): Incident => ({
  kind: 'run-stalled',
  subject: id,
  text:
    `The run ${id} of ${entity} has finished no page since ${pageSince}. ` +
    (problem === undefined
      ? 'Nothing is known to stand in its way: the log of function bulk says whether it dies of the page or waits for its turn.'
      : `It is held up since ${problem.since} (${problem.code}): ${problem.remedy}`),
});

function keyExpiring(key: KeyExpiry, now: number): Incident {
  const days = daysLeft(key, now);
  const assumed = key.is === 'told' ? '' : ', if it was made when it was set';
  const when = days <= 0 ? '' : `, ${days === 1 ? 'a day' : `${days} days`} from now`;
  return {
    kind: 'key-expiring',
    subject: key.at,
    text:
      `The API key of Odoo ${days <= 0 ? 'ended' : 'ends'} on ${key.at.slice(0, 10)}${assumed}${when}. ` +
      'Make a new one in Odoo and set it in the console.',
  };
}

/**
 * Of the last whole minute: this one has not ended. The calls alone would not tell: those that take longer than
 * the pace asks for leave no room for others, either.
 */
function paceExhausted(pulse: Pulse, allowedPerMinute: number, now: number): Incident[] {
  const { callsBefore: calls, busyMsBefore } = callsAt(pulse, now);
  if (busyMsBefore < MINUTE_MS * ALL) return [];
  const text =
    calls >= allowedPerMinute * ALL
      ? `All ${allowedPerMinute} calls a minute that Odoo allows are used: events wait for their turn. ` +
        'Run bulk syncs at night, or allow more calls in the settings if this Odoo is not Odoo Online.'
      : `Odoo takes so long for each call that only ${calls} of ${allowedPerMinute} calls a minute find room: events ` +
        'wait for their turn. Run bulk syncs at night, and ask whoever runs Odoo why it is slow.';
  return [{ kind: 'pace-exhausted', subject: 'pace', text }];
}

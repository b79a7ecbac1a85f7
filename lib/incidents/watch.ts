/**
 * Tells people of incidents: once when one begins, once when it is over, whatever number of events it stops; and
 * when it stops ten times as many records as when they were told last.
 *
 *     seen ──── for as long as its kind is to last ────▶ told ──── not seen for a quarter of an hour ────▶ told: over
 *                                                       │  ▲
 *                                                       └──┘ tenfold
 */
import { chunks, groupBy } from '../collections.ts';
import type { Observer } from '../queue/observe.ts';
import { intervalOf, readSettings } from '../store/connections.ts';
import {
  dropIncident,
  type Incident,
  type IncidentKind,
  incidentKinds,
  type KeptIncident,
  keepIncident,
  keptIncidents,
} from '../store/incidents.ts';
import { keyExpiry, readLoginNote } from '../store/login.ts';
import { parkedByCode } from '../store/parked.ts';
import { readPulse } from '../store/pulse.ts';
import { type Run, runsGoingOn } from '../store/runs.ts';
import { connectionNames } from '../store/settings.ts';
import { findIncidents } from './find.ts';
import { metricOf } from './metrics.ts';

const MINUTE_MS = 60_000;
const TOGETHER = 20;

/** What passes by itself is not told of at once. */
const LASTS_MS: Readonly<Record<IncidentKind, number>> = {
  'odoo-down': 0,
  failures: 5 * MINUTE_MS,
  'run-stalled': 0,
  'key-expiring': 0,
  'pace-exhausted': 15 * MINUTE_MS,
};

/** What comes back within this time is the same incident. */
const QUIET_MS = 15 * MINUTE_MS;

/** Who was told of two records would not look for two thousand: a flood of them is told of in a handful of messages. */
const GROWN_TIMES = 10;

/** One message for people. */
export interface Notice {
  subject: string;
  message: string;
}
export type Tell = (notice: Notice) => Promise<void>;

/**
 * Looks at every connection.
 * @throws the first of what kept it from looking at one, or from telling of it: after all were looked at and counted,
 * so that alarms tell what nobody else does
 */
export async function watchConnections(tell: Tell, observer: Observer, now = Date.now()): Promise<void> {
  const open = new Map<IncidentKind, number>(incidentKinds.map((kind) => [kind, 0]));
  let parked = 0;
  const errors: unknown[] = [];
  const runs = groupBy(await runsOfAll(), ({ connection }) => connection);
  for (const connections of chunks(await connectionNames(), TOGETHER)) {
    const found = await Promise.all(
      connections.map((connection) => watch(connection, runs.get(connection) ?? [], tell, observer, now)),
    );
    for (const one of found) {
      parked += one.parked;
      errors.push(...one.errors);
      for (const { kind } of one.incidents) open.set(kind, (open.get(kind) ?? 0) + 1);
    }
  }
  observer.count('ParkedRecords', parked);
  for (const [kind, count] of open) observer.count(metricOf(kind), count);
  if (errors.length > 0) throw errors[0];
}

interface Watched {
  incidents: readonly Incident[];
  /** Records that are parked. */
  parked: number;
  /** What kept it from being watched, or people from being told. */
  errors: readonly unknown[];
}

/** By their state: among the newest of a connection with many schedules one that stands still is soon not found. */
async function runsOfAll(): Promise<Run[]> {
  const runs: Run[] = [];
  for await (const run of runsGoingOn()) runs.push(run);
  return runs;
}

async function watch(
  connection: string,
  runs: readonly Run[],
  tell: Tell,
  observer: Observer,
  now: number,
): Promise<Watched> {
  let seen: Seen = { incidents: [], parked: 0 };
  try {
    seen = await look(connection, runs, now);
    await note(connection, seen.incidents, tell, now);
    return { ...seen, errors: [] };
  } catch (error) {
    // One connection must not keep the others from being watched; the next round looks again.
    observer.error('connection not watched', { connection, error: String(error) });
    return { ...seen, errors: [error] };
  }
}

type Seen = Omit<Watched, 'errors'>;

async function look(connection: string, runs: readonly Run[], now: number): Promise<Seen> {
  const [settings, pulse, parked, login] = await Promise.all([
    readSettings(connection),
    readPulse(connection),
    parkedByCode(connection),
    readLoginNote(connection),
  ]);
  const interval = settings === undefined ? 0 : intervalOf(settings);
  const allowedPerMinute = interval === 0 ? undefined : Math.floor(MINUTE_MS / interval);
  return {
    incidents: findIncidents({ pulse, parked, runs, key: keyExpiry(login), allowedPerMinute }, now),
    parked: parked.reduce((sum, { records }) => sum + records, 0),
  };
}

/** Notes what is seen, and tells what is new or over in one message. */
async function note(connection: string, found: readonly Incident[], tell: Tell, now: number): Promise<void> {
  const time = new Date(now).toISOString();
  const kept = new Map((await keptIncidents(connection)).map((one) => [keyOf(one), one]));
  const seen = found.map(
    (incident): KeptIncident => ({ firstSeen: time, ...kept.get(keyOf(incident)), ...incident, lastSeen: time }),
  );
  const isSeen = new Set(seen.map(keyOf));
  const gone = [...kept.values()].filter(
    (one) => !isSeen.has(keyOf(one)) && now - Date.parse(one.lastSeen) >= QUIET_MS,
  );
  const begun = seen.filter((one) => !one.told && now - Date.parse(one.firstSeen) >= LASTS_MS[one.kind]);
  const grown = seen.filter(hasGrown);
  const over = gone.filter(({ told }) => told === true);
  if (begun.length + grown.length + over.length > 0) await tell(noticeOf(connection, { begun, grown, over }));
  // Noted only now: a message too many is better than none.
  for (const one of seen) await keepIncident(connection, [...begun, ...grown].includes(one) ? asTold(one) : one);
  for (const one of gone) await dropIncident(connection, one);
}

const hasGrown = ({ told, records = 0, toldRecords = 0 }: KeptIncident): boolean =>
  told === true && records >= GROWN_TIMES * Math.max(1, toldRecords);

const asTold = (incident: KeptIncident): KeptIncident => ({
  ...incident,
  told: true,
  ...(incident.records === undefined ? {} : { toldRecords: incident.records }),
});

const keyOf = ({ kind, subject }: Pick<Incident, 'kind' | 'subject'>): string => `${kind}#${subject}`;

/** What a message tells of. */
type Told = Readonly<Record<'begun' | 'grown' | 'over', readonly KeptIncident[]>>;

function noticeOf(connection: string, { begun, grown, over }: Told): Notice {
  const parts = [
    ...(begun.length > 0 ? [`${begun.length} new`] : []),
    ...(grown.length > 0 ? [`${grown.length} grown`] : []),
    ...(over.length > 0 ? [`${over.length} over`] : []),
  ];
  const list = (title: string, incidents: readonly KeptIncident[]) =>
    incidents.length === 0 ? [] : [`${title}:`, ...incidents.map(({ kind, text }) => `- [${kind}] ${text}`), ''];
  return {
    subject: `OpenCart-Odoo, ${connection}: ${parts.join(', ')}`,
    message: [
      ...list('New', begun),
      ...list('Ten times as much as you were told of', grown),
      ...list('Over', over),
      'docs/runbook.md says what to do, section by section.',
    ].join('\n'),
  };
}

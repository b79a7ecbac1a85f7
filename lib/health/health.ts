import { queuedEntities } from '../entities/index.ts';
import { queueDepths } from '../queue/depths.ts';
import { causeRows } from '../queue/failures.ts';
import { type ConnectionSettings, intervalOf, readSettings } from '../store/connections.ts';
import { lastChange } from '../store/log.ts';
import { keyExpiry, readLoginNote } from '../store/login.ts';
import { callsAt, type Pulse, readPulse } from '../store/pulse.ts';
import { listRuns, type Run } from '../store/runs.ts';
import { type Verdict, verdictOf } from './verdict.ts';

const CAUSES = 50;
/** Among so many of the newest runs the last one of each entity is looked for. */
const RUNS = 200;
const MINUTE_MS = 60_000;

/** How it goes with a connection: what waits, what failed, and how Odoo answers. Costs no call to Odoo. */
export async function healthOf(connection: string) {
  const now = Date.now();
  const [settings, pulse, queues, failing, runs, login] = await Promise.all([
    readSettings(connection),
    readPulse(connection),
    queueDepths(),
    causeRows(connection, CAUSES),
    listRuns(connection, {}, RUNS),
    readLoginNote(connection),
  ]);
  const key = keyExpiry(login);
  const causes = failing.causes
    .map(({ cause, code, kind, title, message, remedy, records }) => {
      return { cause, code, kind, title, message, remedy, records };
    })
    .sort((one, other) => other.records - one.records);
  const failures = {
    records: causes.reduce((sum, { records }) => sum + records, 0),
    isMore: failing.next !== null || failing.causes.some(({ isMore }) => isMore),
    causes,
  };
  const verdict: Verdict = verdictOf({ isPaired: settings !== undefined, pulse, queues, failures, key });
  return {
    ...verdict,
    checkedAt: new Date(now).toISOString(),
    queues,
    failures,
    entities: await Promise.all(queuedEntities.map(({ name }) => entityHealth(connection, name, runs.runs))),
    pace: settings === undefined ? null : paceOf(settings, pulse, now),
    odoo: {
      version: pulse.version ?? null,
      transport: pulse.transport ?? null,
      answeredAt: pulse.answeredAt ?? null,
      failedAt: pulse.failedAt ?? null,
      failedCode: pulse.failedCode ?? null,
    },
    hasSettings: settings !== undefined,
    keyExpiresAt: key?.at ?? null,
    keyExpiryIs: key?.is ?? null,
  };
}

async function entityHealth(connection: string, entity: string, runs: readonly Run[]) {
  const run = runs.find((one) => one.entity === entity && one.preview !== true);
  const row = await lastChange(connection, entity);
  const waited = row?.acceptedAt === undefined ? undefined : Date.parse(row.time) - Date.parse(row.acceptedAt);
  return {
    entity,
    lastChangeAt: row?.time ?? null,
    waitedSeconds: waited === undefined ? null : Math.max(0, Math.round(waited / 1_000)),
    lastRun: run === undefined ? null : { id: run.id, mode: run.mode, state: run.state, at: run.updatedAt },
  };
}

function paceOf(settings: ConnectionSettings, pulse: Pulse, now: number) {
  const minIntervalMs = intervalOf(settings);
  const { minute, calls, callsBefore } = callsAt(pulse, now);
  const from = (one: number) => new Date(one * MINUTE_MS).toISOString();
  return {
    minIntervalMs,
    allowedPerMinute: minIntervalMs === 0 ? null : Math.floor(MINUTE_MS / minIntervalMs),
    thisMinute: { from: from(minute), calls },
    lastMinute: { from: from(minute - 1), calls: callsBefore },
  };
}

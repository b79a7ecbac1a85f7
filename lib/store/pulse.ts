import { GetCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents } from './documents.ts';

/** How it goes with the calls to one Odoo. Kept in the lane's item, so that it costs no write of its own. */
export interface Pulse {
  /** The minute of `calls`, counted from the epoch. */
  minute?: number;
  calls?: number;
  /** Calls of the minute before that one. */
  callsBefore?: number;
  /** How long nobody else could have called, in that minute and in the one before: the pace forbade it, or a call was under way. */
  busyMs?: number;
  busyMsBefore?: number;
  /** Up to when that is counted, as milliseconds since the epoch: calls that are under way at once count once. */
  busyUntil?: number;
  /** When Odoo last answered, be it with a refusal. */
  answeredAt?: string;
  /** Since when none was answered, where the last one was not. */
  failingSince?: string;
  /** When it last did not, and how. */
  failedAt?: string;
  failedCode?: string;
  /** As Odoo says, e.g. `19.0`. */
  version?: string;
  transport?: string;
}

const MINUTE_MS = 60_000;

/** The pulse with one more call, after which the pace allows none for `intervalMs`. */
export function withCall(pulse: Pulse, intervalMs: number, now = Date.now()): Pulse {
  const { calls, ...minute } = callsAt(pulse, now);
  return withBusy({ ...pulse, ...minute, calls: calls + 1 }, now, now + intervalMs, now);
}

/** What is counted of this minute and of the last one, as of now. */
export function callsAt(pulse: Pulse, now = Date.now()) {
  const minute = Math.floor(now / MINUTE_MS);
  const { calls = 0, callsBefore = 0, busyMs = 0, busyMsBefore = 0 } = pulse;
  if (pulse.minute === minute) return { minute, calls, callsBefore, busyMs, busyMsBefore };
  const isNext = pulse.minute === minute - 1;
  return { minute, calls: 0, callsBefore: isNext ? calls : 0, busyMs: 0, busyMsBefore: isNext ? busyMs : 0 };
}

function withBusy(pulse: Pulse, from: number, until: number, now: number): Pulse {
  const { busyUntil = 0 } = pulse;
  const { busyMs, ...minute } = callsAt(pulse, now);
  const more = Math.max(0, until - Math.max(from, busyUntil));
  return { ...pulse, ...minute, busyMs: busyMs + more, busyUntil: Math.max(until, busyUntil) };
}

/** What prevents an answer, rather than being one. */
const UNANSWERED = new Set(['ODOO_UNREACHABLE', 'ODOO_TIMEOUT', 'ODOO_UNAVAILABLE', 'ODOO_RATE_LIMITED']);

/** Whether the last call was not answered. */
export const isUnanswered = ({ answeredAt = '', failedAt = '' }: Pulse): boolean => failedAt > answeredAt;

/** The pulse after a call. `failed`: the error's code, if it failed. */
export function withAnswer(
  pulse: Pulse,
  { milliseconds, failed }: { milliseconds: number; failed?: string },
  now = Date.now(),
): Pulse {
  const time = new Date(now).toISOString();
  const busy = withBusy(pulse, now - Math.round(milliseconds), now, now);
  if (failed === undefined || !UNANSWERED.has(failed)) return { ...busy, answeredAt: time };
  const failingSince = isUnanswered(pulse) ? (pulse.failingSince ?? time) : time;
  return { ...busy, failingSince, failedAt: time, failedCode: failed };
}

/** The pulse of a connection as its lane was last renewed or given back: at most some seconds ago. */
export async function readPulse(connection: string): Promise<Pulse> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('connections'), Key: { connection, item: 'lane' } }),
  );
  return (Item?.pulse ?? {}) as Pulse;
}

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
  /** When Odoo last answered, be it with a refusal. */
  answeredAt?: string;
  /** When it last did not, and how. */
  failedAt?: string;
  failedCode?: string;
  /** As Odoo says, e.g. `19.0`. */
  version?: string;
  transport?: string;
}

const MINUTE_MS = 60_000;

/** The pulse with one more call. */
export function withCall(pulse: Pulse, now = Date.now()): Pulse {
  return { ...pulse, ...callsAt(pulse, now, 1) };
}

/** Calls of this minute and of the last one, as of now. */
export function callsAt(pulse: Pulse, now = Date.now(), more = 0) {
  const minute = Math.floor(now / MINUTE_MS);
  const { calls = 0, callsBefore = 0 } = pulse;
  if (pulse.minute === minute) return { minute, calls: calls + more, callsBefore };
  return { minute, calls: more, callsBefore: pulse.minute === minute - 1 ? calls : 0 };
}

/** What prevents an answer, rather than being one. */
const UNANSWERED = new Set(['ODOO_UNREACHABLE', 'ODOO_TIMEOUT', 'ODOO_UNAVAILABLE', 'ODOO_RATE_LIMITED']);

/** Whether the last call was not answered. */
export const isUnanswered = ({ answeredAt = '', failedAt = '' }: Pulse): boolean => failedAt > answeredAt;

/** The pulse after a call. @param failed the error's code, if it failed */
export function withAnswer(pulse: Pulse, failed: string | undefined): Pulse {
  const now = new Date().toISOString();
  if (failed === undefined || !UNANSWERED.has(failed)) return { ...pulse, answeredAt: now };
  return { ...pulse, failedAt: now, failedCode: failed };
}

/** The pulse of a connection as its lane was last renewed or given back: at most some seconds ago. */
export async function readPulse(connection: string): Promise<Pulse> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('connections'), Key: { connection, item: 'lane' } }),
  );
  return (Item?.pulse ?? {}) as Pulse;
}

import { ConnectorError } from '../../errors/index.ts';
import { AnswerTooLarge, AnswerTooLate } from '../../outbound/request.ts';
import type { Fault } from '../faults.ts';
import type { Call } from '../vocabulary/index.ts';

/** Odoo retries a serialization failure for about 20 s before it answers; less than a minute is too short. */
export const CALL_TIMEOUT_MS = 60_000;

/** `auto`: JSON-2 where Odoo speaks it and the login is an API key, else XML-RPC. */
export const transportChoices = ['auto', 'xmlrpc', 'json2'] as const;
export type TransportChoice = (typeof transportChoices)[number];

export interface OdooCredentials {
  url: string;
  database: string;
  user: string;
  /** Password or API key. */
  password: string;
}

/**
 * One way to reach Odoo's methods.
 *
 * @throws FaultAnswer for what Odoo refuses, ConnectorError for everything that prevented an answer.
 */
export interface Transport {
  /** For people. */
  readonly name: string;
  /** Whether calls name the user by an id, which is asked for by logging in first. */
  readonly logsIn: boolean;
  /** Odoo's version, e.g. `19.0`; needs no login. */
  version(): Promise<string>;
  /** The id of the user; undefined: Odoo refuses the user or the key. Without both it still tells whether there is such a database. */
  authenticate(user: string, password: string): Promise<number | undefined>;
  /** @param uid who calls, where the transport logs in */
  execute(call: Call, uid?: number): Promise<unknown>;
  close(): void;
}

/** Odoo's refusal, before it is known what it means. */
export class FaultAnswer extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super('fault');
    this.fault = fault;
  }
}

/** An answer by whoever stands before Odoo, or instead of it. */
function statusError(status: number, base: URL): ConnectorError {
  if (status === 429) return new ConnectorError('ODOO_RATE_LIMITED', 'Odoo asks to slow down.');
  if (status >= 300 && status < 400) {
    const message = `${base.host} redirects to another address: set that one for the connection.`;
    return new ConnectorError('ODOO_UNREACHABLE', message);
  }
  // A 200 that nobody can read is a maintenance page or an answer cut in two; both pass.
  const what = status === 200 ? 'something unreadable' : `HTTP status ${status}`;
  return new ConnectorError('ODOO_UNAVAILABLE', `${base.host} answers with ${what}.`);
}

/** A catalogue's answers are some megabytes; so much can still be read within the memory of a consumer. */
export const MAX_ANSWER_BYTES = 33_554_432;

/** An answer that cannot be read, with the HTTP status that it came with. */
export class UnreadableAnswer extends Error {
  readonly status: number;
  constructor(status: number, cause?: unknown) {
    super('The answer cannot be read.', { cause });
    this.status = status;
  }
}

/** What prevented an answer, whichever the transport. */
export function unanswered(error: unknown, base: URL, timeoutMs: number): Error {
  if (error instanceof ConnectorError || error instanceof FaultAnswer) return error;
  if (error instanceof AnswerTooLate) {
    return new ConnectorError('ODOO_TIMEOUT', `Odoo did not answer within ${timeoutMs / 1000} s.`);
  }
  if (error instanceof AnswerTooLarge) {
    const message = `${base.host} answers with more than ${MAX_ANSWER_BYTES / 1_048_576} MiB.`;
    return new ConnectorError('ODOO_UNAVAILABLE', message);
  }
  if (error instanceof UnreadableAnswer) return statusError(error.status, base);
  const code = (error as { code?: string } | null)?.code ?? 'connection failed';
  return new ConnectorError('ODOO_UNREACHABLE', `${base.host} cannot be reached (${code}).`, { cause: error });
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what neither XML nor PostgreSQL can carry
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Without the characters that XML or PostgreSQL cannot carry: one of them in a name would stop its whole batch. */
export function withoutIllegal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(ILLEGAL, '').replaceAll(LONE_SURROGATE, '\uFFFD');
  if (Array.isArray(value)) return value.map(withoutIllegal);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutIllegal(one)]));
  }
  return value;
}

import { ConnectorError } from '../errors/index.ts';
import { guardedAgent } from '../outbound/guard.ts';
import { AnswerTooLarge, AnswerTooLate } from '../outbound/request.ts';
import type { Fault } from './faults.ts';
import { callXmlRpc, isFault, MAX_ANSWER_BYTES, UnreadableAnswer } from './xml-rpc.ts';

/** Odoo retries a serialization failure for about 20 s before it answers; less than a minute is too short. */
export const CALL_TIMEOUT_MS = 60_000;

export class FaultAnswer extends Error {
  readonly fault: Fault;
  constructor(fault: Fault) {
    super('XML-RPC fault');
    this.fault = fault;
  }
}

/** One way to reach Odoo's methods; a second one (JSON-2) has the same shape. */
export interface Transport {
  /** For people. */
  readonly name: string;
  /** @throws FaultAnswer for a fault, ConnectorError for everything that prevented an answer. */
  call(service: 'common' | 'object', method: string, params: readonly unknown[]): Promise<unknown>;
  close(): void;
}

/** XML-RPC over the `xmlrpc` package. */
export function xmlRpcTransport(url: string, timeoutMs = CALL_TIMEOUT_MS): Transport {
  const base = new URL(url);
  const agent = guardedAgent(base, { keepAlive: true });
  const prefix = base.pathname.replace(/\/+$/, '');

  return {
    name: 'XML-RPC',
    async call(service, method, params) {
      try {
        const target = new URL(`${prefix}/xmlrpc/2/${service}`, base.origin);
        return await callXmlRpc(target, method, params.map(withoutIllegal), { agent, timeoutMs });
      } catch (error) {
        throw answerError(error, base, timeoutMs);
      }
    },
    close: () => agent.destroy(),
  };
}

const LONE_SURROGATE = /[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: these are what XML cannot carry
const ILLEGAL = /[\u0000-\u0008\u000B\u000C\u000E-\u001F\uFFFE\uFFFF]/g;

/** Without the characters that XML cannot carry: one of them in a name would stop its whole batch. */
function withoutIllegal(value: unknown): unknown {
  if (typeof value === 'string') return value.replaceAll(ILLEGAL, '').replaceAll(LONE_SURROGATE, '\uFFFD');
  if (Array.isArray(value)) return value.map(withoutIllegal);
  if (value !== null && typeof value === 'object') {
    return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, withoutIllegal(one)]));
  }
  return value;
}

function answerError(error: unknown, base: URL, timeoutMs: number): Error {
  if (error instanceof ConnectorError) return error;
  if (isFault(error)) return new FaultAnswer({ code: error.faultCode, text: error.faultString });
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

/** An answer by whoever stands before Odoo, or instead of it. */
function statusError(status: number, base: URL): ConnectorError {
  if (status === 429) return new ConnectorError('ODOO_RATE_LIMITED', 'Odoo asks to slow down.');
  if (status >= 300 && status < 400) {
    const message = `${base.host} redirects to another address: set that one for the connection.`;
    return new ConnectorError('ODOO_UNREACHABLE', message);
  }
  // A 200 that is no XML-RPC is a maintenance page or an answer cut in two; both pass.
  const what = status === 200 ? 'something unreadable' : `HTTP status ${status}`;
  return new ConnectorError('ODOO_UNAVAILABLE', `${base.host} answers with ${what}.`);
}

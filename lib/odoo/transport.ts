import type http from 'node:http';
import xmlrpc from 'xmlrpc';
import { ConnectorError } from '../errors/index.ts';
import { guardedAgent } from '../outbound/guard.ts';
import type { Fault } from './faults.ts';

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

interface XmlRpcError extends Error {
  code?: string;
  faultCode?: number | string;
  faultString?: string;
  res?: http.IncomingMessage;
}

/** XML-RPC over the `xmlrpc` package, which has no timeout of its own. */
export function xmlRpcTransport(url: string, timeoutMs = CALL_TIMEOUT_MS): Transport {
  const base = new URL(url);
  const secure = base.protocol === 'https:';
  const agent = guardedAgent(base, { keepAlive: true });
  const create = secure ? xmlrpc.createSecureClient : xmlrpc.createClient;
  const clientOf = (service: string) =>
    create({
      host: base.hostname,
      port: Number(base.port || (secure ? 443 : 80)),
      path: `${base.pathname.replace(/\/+$/, '')}/xmlrpc/2/${service}`,
      // `agent` is handed on to node:http; the package's types do not know it.
      ...({ agent } as object),
    });
  const clients = { common: clientOf('common'), object: clientOf('object') };

  return {
    name: 'XML-RPC',
    call(service, method, params) {
      return new Promise((resolve, reject) => {
        let timedOut = false;
        const timer = setTimeout(() => {
          timedOut = true;
          agent.destroy();
          reject(new ConnectorError('ODOO_TIMEOUT', `Odoo did not answer within ${timeoutMs / 1000} s.`));
        }, timeoutMs);
        clients[service].methodCall(method, params.map(withoutIllegal), (error: unknown, value: unknown) => {
          clearTimeout(timer);
          if (timedOut) return;
          if (error) reject(answerError(error as XmlRpcError, base));
          else resolve(value);
        });
      });
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

function answerError(error: XmlRpcError, base: URL): Error {
  if (error instanceof ConnectorError) return error;
  if (error.faultCode !== undefined) {
    return new FaultAnswer({ code: error.faultCode, text: error.faultString ?? '' });
  }
  const status = error.res?.statusCode;
  if (status === 429) return new ConnectorError('ODOO_RATE_LIMITED', 'Odoo asks to slow down.');
  if (status !== undefined && status >= 300 && status < 400) {
    const message = `${base.host} redirects to another address: set that one for the connection.`;
    return new ConnectorError('ODOO_UNREACHABLE', message);
  }
  if (status !== undefined && status !== 200) {
    return new ConnectorError('ODOO_UNAVAILABLE', `${base.host} answers with HTTP status ${status}.`);
  }
  // A 200 that is no XML-RPC is a maintenance page or an answer cut in two; both pass.
  if (status === 200) return new ConnectorError('ODOO_UNAVAILABLE', `${base.host} answers with something unreadable.`);
  return new ConnectorError(
    'ODOO_UNREACHABLE',
    `${base.host} cannot be reached (${error.code ?? 'connection failed'}).`,
    {
      cause: error,
    },
  );
}

import http from 'node:http';
import https from 'node:https';
import xmlrpc from 'xmlrpc';
import {
  CALL_TIMEOUT_MS,
  FaultAnswer,
  type OdooCredentials,
  statusError,
  type Transport,
  timedOut,
  unreachable,
  withoutIllegal,
} from './transport.ts';

interface XmlRpcError extends Error {
  code?: string;
  faultCode?: number | string;
  faultString?: string;
  res?: http.IncomingMessage;
}

/** XML-RPC over the `xmlrpc` package, which has no timeout of its own: every Odoo up to 21 speaks it. */
export function xmlRpcTransport(
  { url, database, password: key }: OdooCredentials,
  timeoutMs = CALL_TIMEOUT_MS,
): Transport {
  const base = new URL(url);
  const secure = base.protocol === 'https:';
  const agent = new (secure ? https : http).Agent({ keepAlive: true });
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

  function call(service: 'common' | 'object', method: string, params: readonly unknown[]): Promise<unknown> {
    return new Promise((resolve, reject) => {
      let late = false;
      const timer = setTimeout(() => {
        late = true;
        agent.destroy();
        reject(timedOut(timeoutMs));
      }, timeoutMs);
      clients[service].methodCall(method, params.map(withoutIllegal), (error: unknown, value: unknown) => {
        clearTimeout(timer);
        if (late) return;
        if (error) reject(answerError(error as XmlRpcError, base));
        else resolve(value);
      });
    });
  }

  return {
    name: 'XML-RPC',
    logsIn: true,
    async version() {
      const answer = await call('common', 'version', []);
      return String((answer as { server_version?: unknown } | null)?.server_version ?? '');
    },
    async authenticate(user, password) {
      const uid = await call('common', 'authenticate', [database, user, password, {}]);
      return typeof uid === 'number' ? uid : undefined;
    },
    execute: ({ model, method, args, kwargs }, uid) =>
      call('object', 'execute_kw', [database, uid, key, model, method, args, kwargs]),
    close: () => agent.destroy(),
  };
}

function answerError(error: XmlRpcError, base: URL): Error {
  if (error.faultCode !== undefined) {
    return new FaultAnswer({ code: error.faultCode, text: error.faultString ?? '' });
  }
  const status = error.res?.statusCode;
  return status === undefined ? unreachable(error, base) : statusError(status, base);
}

import { guardedAgent } from '../../outbound/guard.ts';
import type { Fault } from '../faults.ts';
import {
  CALL_TIMEOUT_MS,
  FaultAnswer,
  type OdooCredentials,
  type Transport,
  unanswered,
  withoutIllegal,
} from './transport.ts';
import { callXmlRpc, isFault, type XmlRpcFault } from './xmlrpc-wire.ts';

/** XML-RPC over the `xmlrpc` package: every Odoo up to 21 speaks it. */
export function xmlRpcTransport(
  { url, database, password: key }: OdooCredentials,
  timeoutMs = CALL_TIMEOUT_MS,
): Transport {
  const base = new URL(url);
  const agent = guardedAgent(base, { keepAlive: true });
  const prefix = base.pathname.replace(/\/+$/, '');

  async function call(service: 'common' | 'object', method: string, params: readonly unknown[]): Promise<unknown> {
    try {
      const target = new URL(`${prefix}/xmlrpc/2/${service}`, base.origin);
      return await callXmlRpc(target, method, params.map(withoutIllegal), { agent, timeoutMs });
    } catch (error) {
      if (isFault(error)) throw new FaultAnswer(faultOf(error));
      throw unanswered(error, base, timeoutMs);
    }
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

/** A fault without a text says nothing; one without a code is none that Odoo knows. */
const faultOf = ({ faultCode, faultString }: XmlRpcFault): Fault => ({
  code: typeof faultCode === 'number' || typeof faultCode === 'string' ? faultCode : 0,
  text: typeof faultString === 'string' ? faultString : '',
});

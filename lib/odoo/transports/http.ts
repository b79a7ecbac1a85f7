import http from 'node:http';
import https from 'node:https';
import { CALL_TIMEOUT_MS, statusError, timedOut, unreachable } from './transport.ts';

export interface HttpAnswer {
  status: number;
  /** Of the content, without its parameters. */
  type: string;
  body: string;
}

export interface HttpClient {
  /** @throws ConnectorError ODOO_TIMEOUT, ODOO_UNREACHABLE */
  request(method: 'GET' | 'POST', path: string, headers?: http.OutgoingHttpHeaders, body?: string): Promise<HttpAnswer>;
  close(): void;
}

/** Requests to one host. Of node:http because `fetch` can neither be given an agent nor be closed; it follows no redirect. */
export function httpClient(base: URL, timeoutMs = CALL_TIMEOUT_MS): HttpClient {
  const { Agent, request } = base.protocol === 'https:' ? https : http;
  const agent = new Agent({ keepAlive: true });
  const prefix = base.pathname.replace(/\/+$/, '');
  return {
    request(method, path, headers = {}, body = '') {
      return new Promise((resolve, reject) => {
        const target = new URL(`${prefix}${path}`, base.origin);
        const outgoing = request(target, { method, agent, headers }, (incoming) => {
          const chunks: Buffer[] = [];
          incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
          // What broke off in the answer is told by `close`.
          incoming.once('error', () => {});
          incoming.once('close', () => {
            clearTimeout(timer);
            if (!incoming.complete) return reject(statusError(incoming.statusCode ?? 0, base));
            const type = (incoming.headers['content-type'] ?? '').split(';')[0]?.trim() ?? '';
            resolve({ status: incoming.statusCode ?? 0, type, body: Buffer.concat(chunks).toString('utf8') });
          });
        });
        const fail = (error: { code?: string }) => {
          clearTimeout(timer);
          reject(unreachable(error, base));
        };
        const timer = setTimeout(() => {
          reject(timedOut(timeoutMs));
          outgoing.destroy();
        }, timeoutMs);
        outgoing.once('error', fail);
        outgoing.end(body);
      });
    },
    close: () => agent.destroy(),
  };
}

/** The API as a person or a tool uses it: over HTTP, with a token. */

import type { Role } from '../../lib/access/token.ts';
import { mintToken } from '../../lib/access/token.ts';
import type { Method } from '../../lib/api/route.ts';
import type { Rig } from './rig.ts';

export interface ApiOptions {
  role?: Role;
  /** Sent as JSON. */
  body?: unknown;
  query?: Record<string, string>;
  /** Who asks; for the log. */
  subject?: string;
}

export interface ApiAnswer<Body = Record<string, unknown>> {
  status: number;
  headers: Headers;
  text: string;
  /** What the text is as JSON; empty if it is none. */
  body: Body;
}

/** Asks a route of the rig's connection, as a manager unless told. */
export async function api<Body = Record<string, unknown>>(
  rig: Pick<Rig, 'stack' | 'connection' | 'secret'>,
  method: Method,
  path: `/v1/${string}`,
  { role = 'manager', body, query, subject = 'test' }: ApiOptions = {},
): Promise<ApiAnswer<Body>> {
  const { stack, connection, secret } = rig;
  const token = await mintToken({ connection, secret, role, subject, lifetimeSeconds: 60 });
  const url = `${stack.url}${path}${query === undefined ? '' : `?${new URLSearchParams(query)}`}`;
  const answer = await fetch(url, {
    method,
    headers: {
      authorization: `Bearer ${token}`,
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const text = await answer.text();
  const isJson = /^application\/(problem\+)?json/.test(answer.headers.get('content-type') ?? '') && text !== '';
  return { status: answer.status, headers: answer.headers, text, body: (isJson ? JSON.parse(text) : {}) as Body };
}

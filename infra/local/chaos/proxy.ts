/**
 * Stands before a service and does to requests what it is told to.
 *
 * Our own, because what matters here is the moment between a service's commit and its answer: toxiproxy, a binary
 * besides, knows connections but no requests, and HTTP proxies from the registry would still need all that is
 * written here, and bring some fifty packages.
 */
import { once } from 'node:events';
import { Agent, createServer, request as httpRequest, type IncomingHttpHeaders, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import { close, listen } from '../aws/listen.ts';
import { readBody } from '../aws/read-body.ts';
import type { Answer, Fault } from './fault.ts';

export interface StandIn {
  url: string;
  stop(): Promise<void>;
}

export interface ProxyOptions {
  port?: number;
  /** Base of what it stands before; asked for each request, as it may move. */
  target: () => string;
  /** Told of each request, and may hold it up; says what happens to it. */
  before: (body: Buffer) => Promise<Fault | undefined> | Fault | undefined;
  /** Told when the service has done what it was asked; true: the caller is dead, and gets no answer. */
  after?: () => Promise<boolean>;
}

const MOST_BYTES = 64 * 1024 * 1024;

interface Asked {
  method: string;
  path: string;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

interface Received {
  status: number;
  headers: IncomingHttpHeaders;
  body: Buffer;
}

export async function startProxy(options: ProxyOptions): Promise<StandIn> {
  const agent = new Agent({ keepAlive: true });
  const server = createServer(async (request, response) => {
    try {
      const body = (await readBody(request, MOST_BYTES)) ?? Buffer.alloc(0);
      const { method = 'GET', url: path = '/', headers } = request;
      await handle({ method, path, headers, body }, response, options, agent);
    } catch {
      // The service is gone, or the caller is: as if there were no proxy, the connection ends.
      response.destroy();
    }
  });
  server.keepAliveTimeout = 65_000;
  const url = await listen(server, options.port);
  return {
    url,
    stop: async () => {
      await close(server);
      agent.destroy();
    },
  };
}

async function handle(asked: Asked, response: ServerResponse, options: ProxyOptions, agent: Agent): Promise<void> {
  const fault = await options.before(asked.body);
  if (fault?.wait !== undefined) await sleep(fault.wait);
  let received: Received | undefined;
  if (fault?.behindMs !== undefined) {
    // Nobody waits for what comes of it; a service that is gone meanwhile does nothing.
    sleep(fault.behindMs)
      .then(() => pass(asked, options.target(), agent))
      .catch(() => undefined);
  } else {
    for (let times = fault?.passed ?? 1; times > 0; times -= 1) received = await pass(asked, options.target(), agent);
  }
  const isDead = received !== undefined && (await options.after?.()) === true;
  const gets = isDead ? 'hang up' : (fault?.gets ?? 'answer');
  await answer(response, received, typeof gets === 'function' ? gets(asked.body) : gets);
}

async function pass({ method, path, headers, body }: Asked, target: string, agent: Agent): Promise<Received> {
  const url = new URL(path, target);
  const { 'transfer-encoding': _, ...rest } = headers;
  const passed = { ...rest, host: url.host, 'content-length': String(body.length) };
  const request = httpRequest(url, { method, agent, headers: passed });
  request.end(body);
  const [incoming] = await once(request, 'response');
  const received = (await readBody(incoming, MOST_BYTES)) ?? Buffer.alloc(0);
  return { status: incoming.statusCode, headers: incoming.headers, body: received };
}

type Given = Exclude<Fault['gets'], (asked: Buffer) => Answer>;

async function answer(response: ServerResponse, received: Received | undefined, gets: Given): Promise<void> {
  if (gets === 'hang up') {
    response.destroy();
  } else if (typeof gets === 'object' && 'status' in gets) {
    give(response, gets);
  } else if (received === undefined) {
    response.destroy();
  } else if (gets === 'cut') {
    response.writeHead(received.status, { ...plain(received.headers), 'content-length': String(received.body.length) });
    response.write(received.body.subarray(0, Math.floor(received.body.length / 2)), () => response.destroy());
  } else {
    if (typeof gets === 'object') await sleep(gets.late);
    response.writeHead(received.status, { ...plain(received.headers), 'content-length': String(received.body.length) });
    response.end(received.body);
  }
}

function give(response: ServerResponse, { status, type, body, headers }: Answer): void {
  response.writeHead(status, { 'content-type': type, 'content-length': Buffer.byteLength(body), ...headers });
  response.end(body);
}

/** What belongs to a connection stays with it. */
function plain({ 'transfer-encoding': _, connection: __, 'keep-alive': ___, ...headers }: IncomingHttpHeaders) {
  return headers;
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInjection, InjectedFault } from './fault-injection.ts';
import { OdooFault, PythonError } from './faults.ts';
import { type JsonAnswer, type NamedCall, noKey, readNamedCall, renderedJson, writeJson } from './json2.ts';
import type { Service } from './service.ts';
import type { Wire } from './types.ts';
import { readCall } from './wire-reader.ts';
import { writeAnswer, writeFault } from './wire-writer.ts';

const LOST_RACE = 'could not serialize access due to concurrent update\n';
const SLOW_MS = 1000;

/** What the server tells about its calls. */
export interface Counter {
  count(model: string, method: string): void;
}

export function createHttpServer(service: Service, faults: FaultInjection, counter: Counter): Server {
  return createServer((request, response) => {
    answer(service, faults, counter, request, response).catch((error: Error) => {
      response.writeHead(500, { 'content-type': 'text/html' }).end(`<html><body>${error.message}</body></html>`);
    });
  });
}

async function answer(
  service: Service,
  faults: FaultInjection,
  counter: Counter,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '').split('?')[0] ?? '';
  if (path === '/web/version') {
    const { version } = service;
    return version === undefined ? notFound(response) : sendJson(response, writeJson(version));
  }
  if (path === '/web/health') return sendJson(response, writeJson({ status: 'pass' }));
  if (request.method !== 'POST') return notFound(response);
  const text = await body(request);
  const exchange = { faults, counter, response };
  const named = readNamedCall(path, request.headers, text);
  if (named !== undefined) return answerNamed(service, named, exchange);
  if (path === '/xmlrpc/2/common') return sendXml(response, await rendered(() => service.common(readCall(text))));
  if (path !== '/xmlrpc/2/object') return notFound(response);
  const call = readCall(text);
  await play({ model: String(call.params[3]), method: String(call.params[4]) }, exchange, async (instead) => {
    const xml = await rendered(() => instead?.() ?? service.object(call));
    return () => sendXml(response, xml);
  });
}

async function answerNamed(service: Service, named: NamedCall, exchange: Exchange): Promise<void> {
  const { response } = exchange;
  const user = service.userOf(named);
  if (user === undefined) return notFound(response);
  if (user === 'nobody') return sendJson(response, noKey(named.key));
  await play(named, exchange, async (instead) => {
    const json = await renderedJson(async () => instead?.() ?? service.named(user, named));
    return () => sendJson(response, json);
  });
}

interface Exchange {
  faults: FaultInjection;
  counter: Counter;
  response: ServerResponse;
}

/** Answers a call, with the fault that is to be played on it. `perform` works out the answer, or `instead` of it another. */
async function play(
  { model, method }: { model: string; method: string },
  { faults, counter, response }: Exchange,
  perform: (instead: (() => Wire) | undefined) => Promise<() => void>,
): Promise<void> {
  const fault = faults.take(model, method);
  if (fault?.kind === 'cut-before') return cut(response);
  if (fault?.kind === 'http-502-html') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1>nginx</html>\n');
    return;
  }
  if (fault?.kind === 'slow') await sleep(fault.ms ?? SLOW_MS);
  const respond = await perform(insteadOf(fault?.kind));
  if (fault?.kind === 'cut-after') return cut(response);
  counter.count(model, method);
  respond();
}

function insteadOf(kind: InjectedFault['kind'] | undefined): (() => Wire) | undefined {
  if (kind === 'serialization-message') return lostRace;
  if (kind !== 'serialization') return undefined;
  return () => {
    throw new PythonError('psycopg2.errors.SerializationFailure', LOST_RACE);
  };
}

function notFound(response: ServerResponse): void {
  response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>\n<title>404 Not Found</title>\n');
}

const cut = (response: ServerResponse): void => {
  response.destroy();
};

/** What `load()` answers to the loser of two concurrent batches. */
const lostRace = (): Wire => ({
  ids: false,
  messages: [{ rows: { from: 0, to: 0 }, record: 0, type: 'error', message: LOST_RACE }],
  nextrow: 0,
});

async function rendered(work: () => Wire | Promise<Wire>): Promise<string> {
  try {
    return writeAnswer(await work());
  } catch (error) {
    if (error instanceof OdooFault) return writeFault(error.code, error.message);
    throw error;
  }
}

async function body(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}

/** Odoo itself offers no keep-alive, so the sandbox does not either. */
function sendXml(response: ServerResponse, xml: string): void {
  response.writeHead(200, { 'content-type': 'text/xml; charset=utf-8', connection: 'close' }).end(xml);
}

function sendJson(response: ServerResponse, { status, body }: JsonAnswer): void {
  response.writeHead(status, { 'content-type': 'application/json; charset=utf-8', connection: 'close' }).end(body);
}

import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { FaultInjection } from './fault-injection.ts';
import { OdooFault, PythonError } from './faults.ts';
import type { Service } from './service.ts';
import type { Wire } from './types.ts';
import { type Call, readCall } from './wire-reader.ts';
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
  const path = (request.url ?? '').split('?')[0];
  if (path === '/web/version') return sendJson(response, { version_info: [19, 0, 0, 'final', 0, ''], version: '19.0' });
  if (path === '/web/health') return sendJson(response, { status: 'pass' });
  if (request.method !== 'POST' || (path !== '/xmlrpc/2/common' && path !== '/xmlrpc/2/object')) {
    response.writeHead(404, { 'content-type': 'text/html' }).end('<!doctype html>\n<title>404 Not Found</title>\n');
    return;
  }
  const call = readCall(await body(request));
  if (path === '/xmlrpc/2/common') return sendXml(response, await rendered(() => service.common(call)));
  await answerObject(service, faults, counter, call, response);
}

async function answerObject(
  service: Service,
  faults: FaultInjection,
  counter: Counter,
  call: Call,
  response: ServerResponse,
): Promise<void> {
  const [model, method] = [String(call.params[3]), String(call.params[4])];
  const fault = faults.take(model, method);
  if (fault?.kind === 'cut-before') return cut(response);
  if (fault?.kind === 'http-502-html') {
    response.writeHead(502, { 'content-type': 'text/html' }).end('<html><h1>502 Bad Gateway</h1>nginx</html>\n');
    return;
  }
  if (fault?.kind === 'slow') await sleep(fault.ms ?? SLOW_MS);
  const xml = await rendered(() => {
    if (fault?.kind === 'serialization') throw new PythonError('psycopg2.errors.SerializationFailure', LOST_RACE);
    return fault?.kind === 'serialization-message' ? lostRace() : service.object(call);
  });
  if (fault?.kind === 'cut-after') return cut(response);
  counter.count(model, method);
  sendXml(response, xml);
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

function sendJson(response: ServerResponse, value: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(value));
}

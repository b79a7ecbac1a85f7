/**
 * One request to a foreign host, with limits: where it goes (see guard.ts), how long it takes and how much is read.
 * Of node:http, because `fetch` cannot be given an agent. A redirect is an answer like any other.
 */
import http from 'node:http';
import https from 'node:https';
import type { Readable } from 'node:stream';
import { createGunzip } from 'node:zlib';
import { guardedAgent, type Resolve } from './guard.ts';

export interface Asking {
  method: 'GET' | 'POST';
  headers?: Readonly<Record<string, string>>;
  body?: string;
  /** From the first byte sent to the last one read. */
  timeoutMs: number;
  /** Of the body, after it was decompressed. */
  maxBytes: number;
  /** A guarded agent that keeps connections; else there is one for this request. */
  agent?: http.Agent;
  /** Instead of `dns.lookup`. */
  resolve?: Resolve;
}

export interface Answered {
  status: number;
  headers: http.IncomingHttpHeaders;
  body: Buffer;
}

export class AnswerTooLate extends Error {}
export class AnswerTooLarge extends Error {}

/** @throws AnswerTooLate, AnswerTooLarge, ConnectorError ADDRESS_PRIVATE, and what Node says of the connection */
export async function request(url: string | URL, asking: Asking): Promise<Answered> {
  const target = new URL(url);
  const { method, headers = {}, body, timeoutMs, maxBytes, resolve } = asking;
  // None is kept unasked: what a frozen function finds when it thaws is a connection that was closed long ago.
  const agent = asking.agent ?? guardedAgent(target, { keepAlive: false }, resolve);
  const sending = (target.protocol === 'https:' ? https : http).request(target, {
    method,
    agent,
    headers: {
      'accept-encoding': 'gzip',
      ...headers,
      ...(body === undefined ? {} : { 'content-length': String(Buffer.byteLength(body)) }),
    },
  });
  let late: AnswerTooLate | undefined;
  const timer = setTimeout(() => {
    late = new AnswerTooLate(`No whole answer within ${timeoutMs} ms.`);
    sending.destroy(late);
  }, timeoutMs);
  try {
    const incoming = await answerTo(sending, body);
    const read = await limited(decompressed(incoming), maxBytes);
    // An answer that says no length ends where the connection does, also where that was cut here.
    if (late !== undefined) throw late;
    return { status: incoming.statusCode ?? 0, headers: incoming.headers, body: read };
  } catch (error) {
    // A stream that was broken off does not say why.
    sending.destroy();
    throw late ?? error;
  } finally {
    clearTimeout(timer);
    if (agent !== asking.agent) agent.destroy();
  }
}

function answerTo(sending: http.ClientRequest, body: string | undefined): Promise<http.IncomingMessage> {
  return new Promise((resolve, reject) => {
    sending.once('response', resolve);
    // Stays: a socket that is cut once more, after it has failed, must not end the process.
    sending.on('error', reject);
    // Who switches to another protocol gives no answer, and of what is closed then Node says nothing else.
    sending.once('upgrade', (_, socket) => {
      socket.destroy();
      reject(Object.assign(new Error('It switches to another protocol.'), { code: 'ECONNRESET' }));
    });
    sending.end(body);
  });
}

function decompressed(incoming: http.IncomingMessage): Readable {
  if (incoming.headers['content-encoding'] !== 'gzip') return incoming;
  const gunzip = createGunzip();
  incoming.once('error', (error) => gunzip.destroy(error));
  return incoming.pipe(gunzip);
}

async function limited(stream: Readable, maxBytes: number): Promise<Buffer> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of stream as AsyncIterable<Buffer>) {
    bytes += part.byteLength;
    if (bytes > maxBytes) throw new AnswerTooLarge(`The answer is larger than ${maxBytes} bytes.`);
    parts.push(part);
  }
  return Buffer.concat(parts);
}

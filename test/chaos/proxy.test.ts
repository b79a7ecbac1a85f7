import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import type { Fault } from '../../infra/local/chaos/fault.ts';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';

const BODY = 'an answer of some length';
/** Bodies that the service got. */
let received: string[] = [];
let fault: Fault | undefined;
let isDead = false;
let target = '';
let proxy: StandIn;

const service = createServer(async (request, response) => {
  let body = '';
  for await (const chunk of request) body += String(chunk);
  received.push(`${request.method} ${request.url} ${body}`);
  response.writeHead(201, { 'content-type': 'text/plain' }).end(BODY);
});
beforeAll(async () => {
  target = await listen(service);
  proxy = await startProxy({ target: () => target, before: () => fault, after: async () => isDead });
});
afterAll(async () => {
  await proxy.stop();
  await close(service);
});
beforeEach(() => {
  received = [];
  fault = undefined;
  isDead = false;
});

const ask = async () => {
  const answer = await fetch(`${proxy.url}/a?b=c`, { method: 'POST', body: 'hello' });
  return { status: answer.status, text: await answer.text() };
};

test('passes on what was asked and what was answered', async () => {
  expect(await ask()).toEqual({ status: 201, text: BODY });
  expect(received).toEqual(['POST /a?b=c hello']);
});

test.each<[string, Fault, string[]]>([
  ['before the service knows', { name: 'refused', passed: 0, gets: 'hang up' }, []],
  ['when the service has done it', { name: 'lost', passed: 1, gets: 'hang up' }, ['POST /a?b=c hello']],
  ['in the middle of the answer', { name: 'cut', passed: 1, gets: 'cut' }, ['POST /a?b=c hello']],
])('closes the connection %s', async (_, played, expected) => {
  fault = played;
  await expect(ask()).rejects.toThrow();
  expect(received).toEqual(expected);
});

test('gives another answer, be the service asked or not', async () => {
  const gets = { status: 503, type: 'text/html', body: '<h1>Down</h1>' };
  fault = { name: 'page', passed: 0, gets };
  expect(await ask()).toEqual({ status: 503, text: '<h1>Down</h1>' });
  expect(received).toEqual([]);
  fault = { name: 'page after commit', passed: 1, gets };
  expect(await ask()).toEqual({ status: 503, text: '<h1>Down</h1>' });
  expect(received).toHaveLength(1);
});

test('asks the service twice, and answers once', async () => {
  fault = { name: 'twice', passed: 2, gets: 'answer' };
  expect(await ask()).toEqual({ status: 201, text: BODY });
  expect(received).toHaveLength(2);
});

test('answers nobody who was killed when the service had done it', async () => {
  isDead = true;
  await expect(ask()).rejects.toThrow();
  expect(received).toHaveLength(1);
});

test('is as gone as a service that is not there', async () => {
  const before = target;
  target = 'http://127.0.0.1:9';
  await expect(ask()).rejects.toThrow();
  target = before;
});

import type { Server } from 'node:http';
import { request } from 'node:http';
import { afterEach, expect, it } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { createApi } from '../../infra/local/runner/http.ts';
import type { AuthorizerEvent, ProxyEvent } from '../../infra/local/runner/http-event.ts';
import type { FunctionSpec } from '../../infra/topology.ts';
import { fixture } from './fixtures/specs.ts';

const functions: Record<string, FunctionSpec> = {
  events: fixture('whoami', { routes: [{ method: 'POST', path: '/v1/events', access: 'signed' }] }),
  one: fixture('whoami', { routes: [{ method: 'GET', path: '/v1/things/{id}', access: 'token' }] }),
  latest: fixture('whoami', { routes: [{ method: 'GET', path: '/v1/things/latest', access: 'token' }] }),
  files: fixture('whoami', { routes: [{ method: 'GET', path: '/files/{path+}', access: 'token' }] }),
  authorizer: fixture('authorize', { authorizer: true }),
};

let server: Server;
afterEach(() => close(server));

/** Starts the API over functions that answer with `answers` and tells what they were called with. */
async function start(answers: Record<string, (event: ProxyEvent) => unknown> = {}) {
  const calls: { name: string; event: ProxyEvent }[] = [];
  server = createApi(functions, async (name, event) => {
    calls.push({ name, event: event as ProxyEvent });
    if (name === 'authorizer' && !answers.authorizer) return { isAuthorized: true, context: { role: 'viewer' } };
    return answers[name]?.(event as ProxyEvent) ?? { called: name };
  });
  return { url: await listen(server), calls };
}

const token = { authorization: 'Bearer abc' };

it('hands a request over in payload format 2.0', async () => {
  const { url, calls } = await start();
  const response = await fetch(`${url}/v1/events?a=1&a=2&b=%C3%A9`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'X-Mixed-Case': 'Kept', cookie: 'c=1; d=2' },
    body: '{"é": 1}',
  });
  expect(response.status).toBe(200);
  expect(await response.json()).toEqual({ called: 'events' });
  expect(calls).toHaveLength(1);
  expect(calls[0]?.event).toMatchObject({
    version: '2.0',
    routeKey: 'POST /v1/events',
    rawPath: '/v1/events',
    rawQueryString: 'a=1&a=2&b=%C3%A9',
    queryStringParameters: { a: '1,2', b: 'é' },
    cookies: ['c=1', 'd=2'],
    headers: { 'x-mixed-case': 'Kept', 'content-length': '9' },
    body: '{"é": 1}',
    isBase64Encoded: false,
    requestContext: { http: { method: 'POST', path: '/v1/events', sourceIp: '127.0.0.1' }, stage: '$default' },
  });
  expect(calls[0]?.event.requestContext.requestId).toBeTruthy();
});

it.each([
  ['another content type', { 'content-type': 'application/octet-stream' }, Buffer.from('plain')],
  ['no content type', {}, Buffer.from('plain')],
  ['a compressed body', { 'content-type': 'application/json', 'content-encoding': 'gzip' }, Buffer.from([31, 139])],
  ['bytes that are not UTF-8', { 'content-type': 'text/plain' }, Buffer.from([0xc3, 0x28])],
])('encodes %s', async (_, headers, body) => {
  const { url, calls } = await start();
  await fetch(`${url}/v1/events`, { method: 'POST', headers, body });
  expect(calls[0]?.event).toMatchObject({ body: body.toString('base64'), isBase64Encoded: true });
});

it('finds the route, the more literal one first', async () => {
  const { url, calls } = await start();
  for (const path of ['/v1/things/a%20b', '/v1/things/latest', '/files/deep/down.txt']) {
    expect((await fetch(url + path, { headers: token })).status).toBe(200);
  }
  const called = calls.filter(({ name }) => name !== 'authorizer');
  expect(called.map(({ name, event }) => [name, event.pathParameters])).toEqual([
    ['one', { id: 'a b' }],
    ['latest', undefined],
    ['files', { path: 'deep/down.txt' }],
  ]);
  for (const [method, path] of [
    ['GET', '/v1/events'],
    ['GET', '/v1/things/a/b'],
    ['GET', '/v1/things/'],
    ['POST', '/nowhere'],
  ] as const) {
    const missing = await fetch(url + path, { method, headers: token });
    expect([missing.status, await missing.json()]).toEqual([404, { message: 'Not Found' }]);
  }
});

it('asks the authorizer about every route that is not signed', async () => {
  const { url, calls } = await start();
  const response = await fetch(`${url}/v1/things/7?x=1`, { headers: token });
  expect(response.status).toBe(200);
  const asked = calls[0]?.event as unknown as AuthorizerEvent;
  expect(calls[0]?.name).toBe('authorizer');
  expect(asked).toMatchObject({
    version: '2.0',
    type: 'REQUEST',
    identitySource: ['Bearer abc'],
    routeKey: 'GET /v1/things/{id}',
    pathParameters: { id: '7' },
    queryStringParameters: { x: '1' },
  });
  expect(asked).not.toHaveProperty('body');
  expect(calls[1]?.event.requestContext).toMatchObject({ authorizer: { lambda: { role: 'viewer' } } });
});

it('keeps out whoever brings no token or the wrong one', async () => {
  const { url, calls } = await start({ authorizer: () => ({ isAuthorized: false }) });
  const without = await fetch(`${url}/v1/things/7`);
  expect([without.status, await without.json()]).toEqual([401, { message: 'Unauthorized' }]);
  const wrong = await fetch(`${url}/v1/things/7`, { headers: token });
  expect([wrong.status, await wrong.json()]).toEqual([403, { message: 'Forbidden' }]);
  expect(calls.map(({ name }) => name)).toEqual(['authorizer']);
});

it('makes a response of what the function returns', async () => {
  const { url } = await start({
    events: () => ({
      statusCode: 202,
      headers: { 'Content-Type': 'application/pdf', 'x-number': 7 },
      body: Buffer.from([1, 2, 255]).toString('base64'),
      isBase64Encoded: true,
      cookies: ['a=1', 'b=2'],
    }),
  });
  const response = await fetch(`${url}/v1/events`, { method: 'POST' });
  expect(response.status).toBe(202);
  expect(response.headers.get('content-type')).toBe('application/pdf');
  expect(response.headers.get('x-number')).toBe('7');
  expect(response.headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  expect([...new Uint8Array(await response.arrayBuffer())]).toEqual([1, 2, 255]);
});

it.each([
  ['throws', () => Promise.reject(new Error('secret detail'))],
  ['returns a body that is not text', () => ({ statusCode: 200, body: { a: 1 } })],
  ['returns no status', () => ({ statusCode: 'fine', body: '' })],
])('says no more than an internal error when a function %s', async (_, answer) => {
  const { url } = await start({ events: answer });
  const response = await fetch(`${url}/v1/events`, { method: 'POST' });
  expect([response.status, await response.json()]).toEqual([500, { message: 'Internal Server Error' }]);
});

it('refuses a body of more than 10 MB', async () => {
  const { url, calls } = await start();
  const post = (bytes: number) => fetch(`${url}/v1/events`, { method: 'POST', body: Buffer.alloc(bytes) });
  expect((await post(10 * 1024 * 1024)).status).toBe(200);
  const tooLong = await post(10 * 1024 * 1024 + 1);
  expect([tooLong.status, await tooLong.json()]).toEqual([413, { message: 'Request Too Long' }]);
  expect(calls).toHaveLength(1);
});

it('answers a request for no URL at all', async () => {
  const { url } = await start();
  const status = await new Promise((resolve, reject) => {
    const sent = request(url, { path: '//' }, (response) => resolve(response.resume().statusCode));
    sent.on('error', reject).end();
  });
  expect(status).toBe(404);
});

/** Requests that must not leave, and that the address which was checked is the one that is connected to. */
import type { LookupAddress } from 'node:dns';
import { type Agent, createServer, type RequestListener } from 'node:http';
import type { AddressInfo, Socket } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterEach, describe, expect, onTestFinished, test, vi } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { guardedAgent, type Resolve } from '../../lib/outbound/guard.ts';
import { type Asking, request } from '../../lib/outbound/request.ts';
import { urlProblem } from '../../lib/outbound/url.ts';

afterEach(() => vi.unstubAllEnvs());

/** As deployed: nothing in the environment allows private addresses. */
const deployed = () => vi.stubEnv('PRIVATE_ADDRESSES', undefined);

const ask = (url: string, over: Partial<Asking> = {}) =>
  request(url, { method: 'GET', timeoutMs: 5_000, maxBytes: 100_000, ...over });
const codeOf = (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error: Error & { code?: string }) => error.code ?? error.constructor.name,
  );

/** A server that counts who reached it. */
async function serve(answer: RequestListener = (_, response) => response.end('inside')) {
  const reached: string[] = [];
  const server = createServer((asked, response) => {
    reached.push(String(asked.url));
    return answer(asked, response);
  });
  const url = await listen(server);
  onTestFinished(() => close(server));
  return { url, reached, port: (server.address() as AddressInfo).port };
}

/** A resolver that answers with these, one after the other, and says what it was asked. */
function resolver(...answers: readonly (readonly string[])[]) {
  const asked: string[] = [];
  const resolve: Resolve = (host, _, done) => {
    const addresses = answers[Math.min(asked.length, answers.length - 1)] ?? [];
    asked.push(host);
    const found = addresses.map((address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }));
    // As `dns.lookup`, never before it has returned.
    setImmediate(done, null, found);
  };
  return { resolve, asked };
}

class LookedUp extends Error {}

/** Ends each socket of an agent a moment before it connects, and says where it would have. */
function tapped(agent: Agent) {
  const targets: string[] = [];
  const connect = agent.createConnection.bind(agent);
  agent.createConnection = (options, done) => {
    const socket = connect(options, done) as Socket | undefined;
    socket?.once('lookup', (error, address) => {
      if (error) return;
      targets.push(address);
      socket.destroy(new LookedUp());
    });
    return socket;
  };
  return { agent, targets };
}

describe('deployed, a URL', () => {
  test.each([
    ...['http://127.0.0.1', 'http://localhost', 'http://LOCALHOST.', 'http://shop.localhost', 'http://[::1]'],
    ...['http://169.254.169.254/latest/meta-data/', 'http://[fd00:ec2::254]', 'http://169.254.170.2/v2/credentials'],
    ...['http://2130706433', 'http://0x7f000001', 'http://0177.0.0.1', 'http://0x7f.1', 'http://127.1', 'http://0'],
    ...['http://2852039166', 'http://0xA9FEA9FE', 'http://0251.0376.0251.0376', 'http://[::ffff:127.0.0.1]'],
    ...['http://[::ffff:a9fe:a9fe]', 'http://10.1.2.3', 'http://172.20.0.1', 'http://192.168.1.1', 'http://100.64.0.1'],
    ...['http://0.0.0.0', 'http://[::]', 'http://[fe80::1]', 'http://[64:ff9b::7f00:1]', 'http://１２７.0.0.1'],
  ])('%s is refused when it is set and when it is asked', async (url) => {
    deployed();
    expect(urlProblem(url)).toContain('internet');
    expect(await codeOf(ask(url))).toBe('ADDRESS_PRIVATE');
    expect(await codeOf(ask(url.replace('http:', 'https:')))).toBe('ADDRESS_PRIVATE');
  });

  test('of the internet is not', () => {
    deployed();
    for (const url of ['https://example.odoo.com', 'http://1.1.1.1:8069', 'https://[2606:4700::1111]/x']) {
      expect(urlProblem(url)).toBeUndefined();
    }
  });

  test.each([
    ['a private address', ['10.0.0.1']],
    ['this machine', ['127.0.0.1']],
    ['this machine, as IPv6', ['::1']],
    ['this machine, as IPv4 within IPv6', ['::ffff:127.0.0.1']],
    ['an address of the internet and one that is not', ['93.184.216.34', '127.0.0.1']],
    ['nothing', []],
  ])('whose name resolves to %s is refused, and nobody is reached', async (_, addresses) => {
    deployed();
    const { port, reached } = await serve();
    const { resolve } = resolver(addresses);
    expect(await codeOf(ask(`http://odoo.example:${port}/`, { resolve }))).toBe('ADDRESS_PRIVATE');
    expect(reached).toEqual([]);
  });

  test('whose name resolves otherwise a moment later is connected to by the address that was looked at', async () => {
    deployed();
    const { port, reached } = await serve();
    const { resolve, asked } = resolver(['93.184.216.34'], ['127.0.0.1']);
    const { agent, targets } = tapped(guardedAgent({ protocol: 'http:' }, {}, resolve));
    const url = `http://odoo.example:${port}/`;
    expect(await codeOf(ask(url, { agent }))).toBe('LookedUp');
    expect([asked, targets]).toEqual([['odoo.example'], ['93.184.216.34']]);
    // And the next connection is another question.
    expect(await codeOf(ask(url, { agent }))).toBe('ADDRESS_PRIVATE');
    expect([asked.length, targets, reached]).toEqual([2, ['93.184.216.34'], []]);
  });

  test('the name of this machine is refused by what it resolves to', async () => {
    const { url, reached } = await serve();
    deployed();
    expect(await codeOf(ask(url.replace('127.0.0.1', 'localhost.')))).toBe('ADDRESS_PRIVATE');
    expect(reached).toEqual([]);
  });
});

describe('where private addresses are allowed', () => {
  test('the address that was resolved is the one connected to: the name is resolved once per connection', async () => {
    const { port, reached } = await serve();
    const { resolve, asked } = resolver(['127.0.0.1'], ['192.0.2.1']);
    const { status, body } = await ask(`http://odoo.example:${port}/here`, { resolve });
    expect([status, body.toString()]).toEqual([200, 'inside']);
    expect(asked).toEqual(['odoo.example']);
    expect(reached).toEqual(['/here']);
  });

  test('only the very word allows them', async () => {
    const { url } = await serve();
    for (const value of ['', 'true', '1', 'ALLOWED']) {
      vi.stubEnv('PRIVATE_ADDRESSES', value);
      expect(await codeOf(ask(url))).toBe('ADDRESS_PRIVATE');
    }
  });
});

describe('an answer', () => {
  test('that redirects is an answer: nobody is asked elsewhere', async () => {
    const { url, reached } = await serve((_, response) => response.writeHead(302, { location: '/else' }).end());
    expect((await ask(url)).status).toBe(302);
    expect(reached).toHaveLength(1);
  });

  test('is read as it is, compressed or not', async () => {
    const { url } = await serve((_, response) =>
      response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync('Zoë')),
    );
    expect((await ask(url)).body.toString()).toBe('Zoë');
  });

  test.each<[string, RequestListener, string]>([
    ['too large', (_, response) => response.end(Buffer.alloc(200_000)), 'AnswerTooLarge'],
    ['endless', (_, response) => void endless(response), 'AnswerTooLarge'],
    [
      'a gzip bomb',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(50_000_000))),
      'AnswerTooLarge',
    ],
    [
      'no gzip, though it says so',
      (_, response) => response.writeHead(200, { 'content-encoding': 'gzip' }).end('plain'),
      'Z_DATA_ERROR',
    ],
    [
      'cut in two',
      (_, response) => response.writeHead(200, { 'content-length': '9' }).end('1', () => response.destroy()),
      'ECONNRESET',
    ],
    ['another protocol', switchProtocols, 'ECONNRESET'],
    ['no HTTP', (asked) => void asked.socket.end('SSH-2.0-x\r\n\r\n'), 'HPE_INVALID_CONSTANT'],
    [
      'of endless headers',
      (asked) => void asked.socket.write(`HTTP/1.1 200 OK\r\nx: ${'y'.repeat(99_999)}`),
      'HPE_HEADER_OVERFLOW',
    ],
  ])('that is %s ends the request', async (_, answer, code) => {
    const { url } = await serve(answer);
    expect(await codeOf(ask(url))).toBe(code);
  });

  test.each<[string, RequestListener]>([
    ['does not begin', () => {}],
    ['does not end', (_, response) => void response.writeHead(200).write('x')],
    ['drips', (_, response) => void drip(response)],
    ['says no length and does not end', (asked) => void asked.socket.write('HTTP/1.1 200 OK\r\n\r\nabc')],
    ['goes on and on being about to come', (asked) => void asked.socket.write('HTTP/1.1 100 Continue\r\n\r\n')],
  ])('that %s is waited for so long and no longer', async (_, answer) => {
    const { url } = await serve(answer);
    expect(await codeOf(ask(url, { timeoutMs: 100 }))).toBe('AnswerTooLate');
  });
});

function endless(response: import('node:http').ServerResponse): void {
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(65_536)));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

const switchProtocols: RequestListener = (asked) =>
  void asked.socket.write('HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\nConnection: Upgrade\r\n\r\n');

function drip(response: import('node:http').ServerResponse): void {
  response.writeHead(200);
  const dripping = setInterval(() => response.write('x'), 10);
  response.once('close', () => clearInterval(dripping));
}

import { createServer, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Odoo } from '../../lib/odoo/client.ts';
import { xmlRpcTransport } from '../../lib/odoo/transport.ts';

let server: Server;
let answer: (response: ServerResponse) => void;
let url: string;

beforeAll(async () => {
  server = createServer((request, response) => {
    request.resume();
    request.on('end', () => answer(response));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});

const html = '<html><head><title>Maintenance</title></head><body><p>Soon</body></html>';
const value = (inner: string) =>
  `<?xml version='1.0'?><methodResponse><params><param><value>${inner}</value></param></params></methodResponse>`;
const fault = (code: number, text: string) =>
  `<?xml version='1.0'?><methodResponse><fault><value><struct><member><name>faultCode</name><value><int>${code}</int></value></member>` +
  `<member><name>faultString</name><value><string>${text}</string></value></member></struct></value></fault></methodResponse>`;
const send =
  (status: number, body: string, headers: Record<string, string> = { 'content-type': 'text/xml' }) =>
  (response: ServerResponse) =>
    response.writeHead(status, headers).end(body);

/** Sends for as long as anybody reads. */
function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(1_048_576, ' ')));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

async function codeOf(target: string, timeoutMs?: number): Promise<string> {
  const transport = xmlRpcTransport(target, timeoutMs);
  const credentials = { url: target, database: 'db', user: 'u', password: 'p' };
  const odoo = new Odoo({ credentials, pace: async () => {}, transport });
  try {
    await odoo.version();
    return 'answered';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    transport.close();
  }
}

describe('what prevents an answer', () => {
  test.each([
    ['an error page', send(502, html, { 'content-type': 'text/html' }), 'ODOO_UNAVAILABLE'],
    ['a page that is no answer', send(200, html, { 'content-type': 'text/html' }), 'ODOO_UNAVAILABLE'],
    ['an answer cut in two', send(200, value('<int>1</int>').slice(0, 60)), 'ODOO_UNAVAILABLE'],
    ['nothing in the answer', send(200, ''), 'ODOO_UNAVAILABLE'],
    ['a request to slow down', send(429, 'slow'), 'ODOO_RATE_LIMITED'],
    ['a redirect', send(301, '', { location: 'https://example.com' }), 'ODOO_UNREACHABLE'],
    ['a page that is not there', send(404, html), 'ODOO_UNAVAILABLE'],
    ['a connection that is cut', (response: ServerResponse) => void response.destroy(), 'ODOO_UNREACHABLE'],
  ])('%s', async (_, play, code) => {
    answer = play;
    expect(await codeOf(url)).toBe(code);
  });

  test('no answer in time', async () => {
    answer = () => {};
    expect(await codeOf(url, 50)).toBe('ODOO_TIMEOUT');
  });

  test('an answer that never ends', async () => {
    answer = (response) => void response.writeHead(200).write('<?xml');
    expect(await codeOf(url, 50)).toBe('ODOO_TIMEOUT');
  });

  const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">${entities.join('')}]>`;
  const nested = (levels: number) =>
    value(`${'<array><data><value>'.repeat(levels)}<int>1</int>${'</value></data></array>'.repeat(levels)}`);

  test.each([
    ['entities that grow without end', send(200, `${bomb}${value('<string>&e9;</string>').slice(21)}`), 'answered'],
    [
      'an entity of a file',
      send(200, `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${value('&f;')}`),
      'answered',
    ],
    ['lists in lists in lists', send(200, nested(100_000)), 'ODOO_UNAVAILABLE'],
    ['lists as deep as Odoo’s', send(200, nested(20)), 'answered'],
    ['more than can be read', (response: ServerResponse) => void flood(response), 'ODOO_UNAVAILABLE'],
    [
      'more than can be read, once it is decompressed',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64_000_000, '<i4>'))),
      'ODOO_UNAVAILABLE',
    ],
    ['a number that is none', send(200, value('<int>one</int>')), 'ODOO_UNAVAILABLE'],
    ['tags that nobody knows', send(200, value('<script>1</script>')), 'ODOO_UNAVAILABLE'],
    ['a struct without names', send(200, value('<struct><member></member></struct>')), 'answered'],
  ])('%s', async (_, play, code) => {
    answer = play;
    expect(await codeOf(url)).toBe(code);
  });

  test('entities are not told: neither grown nor read from files', async () => {
    const transport = xmlRpcTransport(url);
    answer = send(200, `${bomb}${value('<string>&e9;</string>').slice(21)}`);
    expect(await transport.call('common', 'version', [])).toBe('&e9;');
    answer = send(200, `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${value('<string>&f;</string>')}`);
    expect(await transport.call('common', 'version', [])).toBe('&f;');
    transport.close();
  });

  test('a name that is a prototype is a name: no object becomes another', async () => {
    const member = (name: string, of: string) => `<member><name>${name}</name><value>${of}</value></member>`;
    const polluting = `<struct>${member('isAdmin', '<boolean>1</boolean>')}</struct>`;
    const names = ['__proto__', '&#95;_proto__', 'constructor', 'prototype'];
    const transport = xmlRpcTransport(url);
    for (const name of names) {
      answer = send(200, value(`<struct>${member('id', '<int>1</int>')}${member(name, polluting)}</struct>`));
      const told = (await transport.call('common', 'version', [])) as Record<string, unknown>;
      expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
      expect(told.isAdmin).toBeUndefined();
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    }
    transport.close();
  });

  test('nobody at that address', async () => {
    expect(await codeOf('http://127.0.0.1:1')).toBe('ODOO_UNREACHABLE');
    expect(await codeOf('http://nowhere.invalid')).toBe('ODOO_UNREACHABLE');
  });
});

describe('a fault', () => {
  const traceback = (last: string) =>
    `Traceback (most recent call last):\n  File "x.py", line 1\n    secret()\n${last}`;
  test.each([
    [3, 'Access Denied', 'ODOO_AUTH'],
    [4, 'You are not allowed to modify &quot;Tax&quot;', 'ODOO_ACCESS'],
    [2, 'Record does not exist or has been deleted.', 'ODOO_RECORD_GONE'],
    [2, "Object sofa doesn't exist", 'ODOO_MODEL_UNKNOWN'],
    [2, 'A barcode is taken', 'ODOO_REFUSED'],
    [1, traceback("ValueError: Invalid field name 'x'"), 'ODOO_FIELD_UNKNOWN'],
    [1, traceback("KeyError: 'x'"), 'ODOO_FIELD_UNKNOWN'],
    [1, traceback('psycopg2.errors.SerializationFailure: could not serialize'), 'ODOO_BUSY'],
    [1, traceback('psycopg2.OperationalError: FATAL: database "db" does not exist'), 'ODOO_DATABASE'],
    [1, traceback('ZeroDivisionError: division by zero'), 'ODOO_FAULT'],
  ])('%s "%s" is %s, and no traceback reaches a person', async (code, text, expected) => {
    answer = send(200, fault(code, text));
    const credentials = { url, database: 'db', user: 'u', password: 'p' };
    const odoo = new Odoo({ credentials, pace: async () => {} });
    const error = await odoo.call('res.partner', 'read', [[1]]).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: expected });
    expect((error as Error).message).not.toMatch(/Traceback|secret\(\)/);
    odoo.close();
  });

  test('that only says that None cannot be written is an answer of nothing', async () => {
    let calls = 0;
    answer = (response) => {
      calls += 1;
      send(
        200,
        calls === 1 ? value('<int>2</int>') : fault(1, 'TypeError: cannot marshal None unless allow_none is enabled'),
      )(response);
    };
    const odoo = new Odoo({ credentials: { url, database: 'db', user: 'u', password: 'p' }, pace: async () => {} });
    expect(await odoo.call('sale.order', 'action_lock', [[1]])).toBeNull();
    odoo.close();
  });
});

test('one logs in once for all calls', async () => {
  const methods: string[] = [];
  const transport = {
    name: 'a test',
    call: async (_: string, method: string) => {
      methods.push(method);
      return method === 'authenticate' ? 7 : [];
    },
    close: () => {},
  };
  const odoo = new Odoo({
    credentials: { url, database: 'db', user: 'u', password: 'p' },
    pace: async () => {},
    transport,
  });
  await odoo.read('res.partner', [1], ['name']);
  await odoo.read('res.partner', [1], ['name']);
  expect(methods).toEqual(['authenticate', 'execute_kw', 'execute_kw']);
});

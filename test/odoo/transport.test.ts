import type { ServerResponse } from 'node:http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Odoo } from '../../lib/odoo/client.ts';
import { json2Transport } from '../../lib/odoo/transports/json2.ts';
import { xmlRpcTransport } from '../../lib/odoo/transports/xmlrpc.ts';
import { type Answering, send, startAnswering, xmlFault, xmlValue } from '../support/answering.ts';

let server: Answering;
let url: string;

beforeAll(async () => {
  server = await startAnswering();
  url = server.url;
});
afterAll(() => server.stop());

const html = '<html><head><title>Maintenance</title></head><body><p>Soon</body></html>';

const transports = [
  { name: 'XML-RPC', open: xmlRpcTransport },
  { name: 'JSON-2', open: json2Transport },
];

describe.each(transports)('what prevents an answer over $name', ({ open }) => {
  async function codeOf(target: string, timeoutMs?: number): Promise<string> {
    const credentials = { url: target, database: 'db', user: 'u', password: 'p' };
    const transport = open(credentials, timeoutMs);
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

  test.each([
    ['an error page', send(502, html, { 'content-type': 'text/html' }), 'ODOO_UNAVAILABLE'],
    ['a page that is no answer', send(200, html, { 'content-type': 'text/html' }), 'ODOO_UNAVAILABLE'],
    ['an answer cut in two', send(200, xmlValue('<int>1</int>').slice(0, 60)), 'ODOO_UNAVAILABLE'],
    ['JSON cut in two', send(200, '{"version": "19', { 'content-type': 'application/json' }), 'ODOO_UNAVAILABLE'],
    ['nothing in the answer', send(200, ''), 'ODOO_UNAVAILABLE'],
    ['a request to slow down', send(429, 'slow'), 'ODOO_RATE_LIMITED'],
    ['a redirect', send(301, '', { location: 'https://example.com' }), 'ODOO_UNREACHABLE'],
    ['a page that is not there', send(404, html), 'ODOO_UNAVAILABLE'],
    ['a connection that is cut', (response: ServerResponse) => void response.destroy(), 'ODOO_UNREACHABLE'],
    [
      'a connection that is cut in the answer',
      (response: ServerResponse) => {
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': 99 }).write('{"ver');
        setImmediate(() => response.destroy());
      },
      'ODOO_UNREACHABLE',
    ],
  ])('%s', async (_, play, code) => {
    server.answer = play;
    expect(await codeOf(url)).toBe(code);
  });

  test('no answer in time', async () => {
    server.answer = () => {};
    expect(await codeOf(url, 50)).toBe('ODOO_TIMEOUT');
  });

  test('an answer that never ends', async () => {
    server.answer = (response) => void response.writeHead(200).write('<?xml');
    expect(await codeOf(url, 50)).toBe('ODOO_TIMEOUT');
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
    server.answer = send(200, xmlFault(text, code));
    const credentials = { url, database: 'db', user: 'u', password: 'p' };
    const odoo = new Odoo({ credentials, pace: async () => {} });
    const error = await odoo.call('res.partner', 'read', [[1]]).catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: expected });
    expect((error as Error).message).not.toMatch(/Traceback|secret\(\)/);
    odoo.close();
  });

  test('that only says that None cannot be written is an answer of nothing', async () => {
    let calls = 0;
    server.answer = (response) => {
      calls += 1;
      send(
        200,
        calls === 1
          ? xmlValue('<int>2</int>')
          : xmlFault('TypeError: cannot marshal None unless allow_none is enabled'),
      )(response);
    };
    const odoo = new Odoo({ credentials: { url, database: 'db', user: 'u', password: 'p' }, pace: async () => {} });
    expect(await odoo.call('sale.order', 'action_lock', [[1]])).toBeNull();
    odoo.close();
  });
});

test('one logs in once for all calls', async () => {
  const methods: string[] = [];
  const noted = (method: string, value: unknown) => async (): Promise<never> => {
    methods.push(method);
    return value as never;
  };
  const transport = {
    ...{ name: 'a test', logsIn: true, close: () => {} },
    ...{ version: noted('version', '19.0'), authenticate: noted('authenticate', 7), execute: noted('execute', []) },
  };
  const odoo = new Odoo({
    credentials: { url, database: 'db', user: 'u', password: 'p' },
    pace: async () => {},
    transport,
  });
  await odoo.read('res.partner', [1], ['name']);
  await odoo.read('res.partner', [1], ['name']);
  expect(methods).toEqual(['authenticate', 'execute', 'execute']);
});

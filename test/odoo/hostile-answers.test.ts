/** An Odoo, or whoever answers instead of it, that means harm: what it says is bounded, and becomes an error with a code. */
import type { ServerResponse } from 'node:http';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Odoo } from '../../lib/odoo/client.ts';
import { loadRecords } from '../../lib/odoo/load.ts';
import { json2Transport } from '../../lib/odoo/transports/json2.ts';
import type { Transport } from '../../lib/odoo/transports/transport.ts';
import { xmlRpcTransport } from '../../lib/odoo/transports/xmlrpc.ts';
import { type Answering, send, startAnswering, xmlFault, xmlFaultOf, xmlValue } from '../support/answering.ts';

let server: Answering;
let url: string;

beforeAll(async () => {
  server = await startAnswering();
  url = server.url;
});
afterAll(() => server.stop());

const credentials = () => ({ url, database: 'db', user: 'u', password: 'p' });
const ask = { model: 'res.partner', method: 'read', args: [[1]], kwargs: {} };
const refusal = (name: string, message: string) => JSON.stringify({ name, message });
const json = (status: number, body: string) => send(status, body, { 'content-type': 'application/json' });

/** Sends for as long as anybody reads. */
function flood(response: ServerResponse): void {
  response.writeHead(200, { 'content-type': 'text/xml' });
  const more = () => {
    while (!response.destroyed && response.write(Buffer.alloc(1_048_576, ' ')));
    if (!response.destroyed) response.once('drain', more);
  };
  more();
}

async function codeOf(transport: Transport): Promise<string> {
  const odoo = new Odoo({ credentials: credentials(), pace: async () => {}, transport });
  try {
    await odoo.version();
    return 'answered';
  } catch (error) {
    return (error as { code: string }).code;
  } finally {
    odoo.close();
  }
}

describe('over XML-RPC', () => {
  const entities = Array.from({ length: 9 }, (_, level) => `<!ENTITY e${level + 1} "${`&e${level};`.repeat(10)}">`);
  const bomb = `<?xml version="1.0"?><!DOCTYPE x [<!ENTITY e0 "lol">${entities.join('')}]>`;
  const faultString = (value: string) => `<member><name>faultString</name><value>${value}</value></member>`;
  const text = '<string>x</string>';
  const strange =
    faultString(text) +
    `<member><name>faultCode</name><value><struct><member><name>toString</name><value>${text}</value></member></struct></value></member>`;
  const nested = (levels: number) =>
    xmlValue(`${'<array><data><value>'.repeat(levels)}<int>1</int>${'</value></data></array>'.repeat(levels)}`);

  test.each([
    ['entities that grow without end', send(200, `${bomb}${xmlValue('<string>&e9;</string>').slice(21)}`), 'answered'],
    [
      'an entity of a file',
      send(200, `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${xmlValue('&f;')}`),
      'answered',
    ],
    ['lists in lists in lists', send(200, nested(100_000)), 'ODOO_UNAVAILABLE'],
    [
      'lists in lists in lists, with a comment that closes as many',
      send(200, `<!--${'</array>'.repeat(100_000)}-->${nested(100_000)}`),
      'ODOO_UNAVAILABLE',
    ],
    [
      'tags that are closed by others',
      send(200, xmlValue(`${'<value>'.repeat(500_000)}${'</struct>'.repeat(500_000)}`)),
      'ODOO_UNAVAILABLE',
    ],
    ['lists as deep as Odoo’s', send(200, nested(20)), 'answered'],
    [
      'very many nothings',
      send(200, xmlValue(`<array><data>${'<value/>'.repeat(2_500_000)}</data></array>`)),
      'ODOO_UNAVAILABLE',
    ],
    ['more than can be read', (response: ServerResponse) => void flood(response), 'ODOO_UNAVAILABLE'],
    [
      'more than can be read, once it is decompressed',
      (response: ServerResponse) =>
        response.writeHead(200, { 'content-encoding': 'gzip' }).end(gzipSync(Buffer.alloc(64_000_000, '<i4>'))),
      'ODOO_UNAVAILABLE',
    ],
    ['a fault of a megabyte of one word', send(200, xmlFault('database '.repeat(110_000))), 'ODOO_FAULT'],
    [
      'a fault whose error stands after a megabyte of traceback',
      send(200, xmlFault(`Traceback (most recent call last):\n${'  deep()\n'.repeat(100_000)}KeyError: 'x'`)),
      'ODOO_FIELD_UNKNOWN',
    ],
    ['a number that is none', send(200, xmlValue('<int>one</int>')), 'ODOO_UNAVAILABLE'],
    ['a fault of nothing', send(200, '<methodResponse><fault></fault></methodResponse>'), 'ODOO_UNAVAILABLE'],
    ['tags that nobody knows', send(200, xmlValue('<script>1</script>')), 'ODOO_UNAVAILABLE'],
    ['a struct without names', send(200, xmlValue('<struct><member></member></struct>')), 'answered'],
    ['a fault without a text', send(200, xmlFaultOf('')), 'ODOO_REFUSED'],
    ['a fault whose text is a list', send(200, xmlFaultOf(faultString('<array><data/></array>'))), 'ODOO_REFUSED'],
    ['a fault whose text is a number', send(200, xmlFaultOf(faultString('<int>7</int>'))), 'ODOO_REFUSED'],
    ['a fault whose code is a record', send(200, xmlFaultOf(strange)), 'ODOO_FAULT'],
    ['a fault whose text is nothing', send(200, xmlFaultOf(faultString('<nil/>'))), 'ODOO_REFUSED'],
  ])('%s', async (_, play, code) => {
    server.answer = play;
    expect(await codeOf(xmlRpcTransport(credentials()))).toBe(code);
  });

  test('entities are not told: neither grown nor read from files', async () => {
    const transport = xmlRpcTransport(credentials());
    server.answer = send(200, `${bomb}${xmlValue('<string>&e9;</string>').slice(21)}`);
    expect(await transport.execute(ask, 1)).toBe('&e9;');
    server.answer = send(
      200,
      `<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>${xmlValue('<string>&f;</string>')}`,
    );
    expect(await transport.execute(ask, 1)).toBe('&f;');
    transport.close();
  });

  test('a name that is a prototype is a name: no object becomes another', async () => {
    const member = (name: string, of: string) => `<member><name>${name}</name><value>${of}</value></member>`;
    const polluting = `<struct>${member('isAdmin', '<boolean>1</boolean>')}</struct>`;
    const names = ['__proto__', '&#95;_proto__', 'constructor', 'prototype'];
    const transport = xmlRpcTransport(credentials());
    for (const name of names) {
      server.answer = send(200, xmlValue(`<struct>${member('id', '<int>1</int>')}${member(name, polluting)}</struct>`));
      const told = (await transport.execute(ask, 1)) as Record<string, unknown>;
      expect(Object.getPrototypeOf(told)).toBe(Object.prototype);
      expect(told.isAdmin).toBeUndefined();
      expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
    }
    transport.close();
  });
});

describe('over JSON-2', () => {
  const execute = async () => {
    const transport = json2Transport(credentials());
    const odoo = new Odoo({ credentials: credentials(), pace: async () => {}, transport });
    try {
      return await odoo.call('res.partner', 'read', [[1], ['name']]);
    } catch (error) {
      return (error as { code: string }).code;
    } finally {
      odoo.close();
    }
  };

  test.each([
    ['lists in lists in lists', json(200, `${'['.repeat(100_000)}${']'.repeat(100_000)}`), 'ODOO_UNAVAILABLE'],
    ['very many nothings', json(200, `[${'{},'.repeat(1_000_000)}{}]`), 'ODOO_UNAVAILABLE'],
    ['more than can be read', (response: ServerResponse) => void flood(response), 'ODOO_UNAVAILABLE'],
    ['a refusal that is a number', json(500, '7'), 'ODOO_FAULT'],
    ['a refusal of other types', json(422, '{"name": {"a": 1}, "message": [1]}'), 'ODOO_REFUSED'],
    ['a refusal of nothing', json(403, 'null'), 'ODOO_ACCESS'],
    ['a status that nobody knows', json(299, '{}'), 'ODOO_FAULT'],
    ['a megabyte of blanks', json(500, refusal('ValueError', ' '.repeat(1_000_000))), 'ODOO_FAULT'],
    ['a megabyte of lines', json(500, refusal('ValueError', ' \n'.repeat(500_000))), 'ODOO_FAULT'],
    ['a megabyte of one word', json(500, refusal('ValueError', 'database '.repeat(110_000))), 'ODOO_FAULT'],
  ])('%s', async (_, play, code) => {
    server.answer = play;
    expect(await execute()).toBe(code);
  });

  test.each([
    ['records that are numbers', 'search_read', JSON.stringify(Array(999_999).fill(7))],
    ['records whose ids are none', 'search_read', `[${'{"id":1e300},'.repeat(400_000)}{}]`],
    ['ids that are texts', 'load', JSON.stringify({ ids: Array(900_000).fill(''), messages: [] })],
    ['ids that are none', 'load', `{"ids":[${'1e300,'.repeat(900_000)}1],"messages":[]}`],
    ['messages that are numbers', 'load', JSON.stringify({ ids: false, messages: Array(900_000).fill(7) })],
  ])('nearly a million %s are one problem, not a million', async (_, method, body) => {
    server.answer = json(200, body);
    const odoo = new Odoo({
      credentials: credentials(),
      pace: async () => {},
      transport: json2Transport(credentials()),
    });
    const asked =
      method === 'load'
        ? loadRecords(odoo, 'res.partner', ['name'], [[['a']]])
        : odoo.searchRead('res.partner', [], ['name']);
    const error = await asked.catch((thrown: Error) => thrown);
    expect(error).toMatchObject({ code: 'ODOO_FAULT' });
    expect((error as Error).cause).toMatch(/^[\w.]+: .{1,200}$/);
    odoo.close();
  });

  test('messages of load() that are a megabyte of one word each', async () => {
    const message = { type: 'error', message: 'requires '.repeat(110_000), record: 0, field: 'name' };
    server.answer = json(200, JSON.stringify({ ids: false, messages: [message] }));
    const odoo = new Odoo({
      credentials: credentials(),
      pace: async () => {},
      transport: json2Transport(credentials()),
    });
    const [outcome] = await loadRecords(odoo, 'res.partner', ['name'], [[['a']]]);
    expect(outcome).toMatchObject({ error: { code: 'ODOO_REFUSED' } });
    odoo.close();
  });

  test('a name that is a prototype is a name: no object becomes another', async () => {
    server.answer = json(200, '{"__proto__": {"isAdmin": true}, "constructor": {"prototype": {"isAdmin": true}}}');
    const told = (await execute()) as Record<string, unknown>;
    expect(told.isAdmin).toBeUndefined();
    expect(({} as Record<string, unknown>).isAdmin).toBeUndefined();
  });
});

/** Every operation of the OpenAPI document, and the store's own door, with whatever can be sent to them. */
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintToken } from '../../lib/access/token.ts';
import { routes } from '../../lib/api/index.ts';
import { anyJson, anyText, nearly, tried } from '../support/fuzz.ts';
import { bodyFor, type Operation, operations } from '../support/operations.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

/** Each costs a request. */
const PART = 0.05;

/** As UTF-8 carries it. */
const wellFormed = (text: string): string => Buffer.from(text).toString();

let rig: Rig;
let token: string;
beforeAll(async () => {
  rig = await startRig();
  const { connection, secret } = rig;
  token = await mintToken({ connection, secret, role: 'manager', subject: 'fuzz', lifetimeSeconds: 86_400 });
  // What is asked of Odoo would only be waited for: nobody is there.
  await rig.configure({ odooUrl: 'http://127.0.0.1:1' });
});
afterAll(() => rig?.stop());

interface Asked {
  path: readonly string[];
  query: readonly (readonly [string, string])[];
  body: string;
}

const about = { entity: 'product', recordId: '1', run: 'r', reset: 'r', cause: 'x' };

/** Inputs of an operation: right ones, nearly right ones, and anything. */
function inputs(operation: Operation): fc.Arbitrary<Asked> {
  const names = operation.parameters.filter((one) => one.in === 'query').map(({ name }) => name);
  const places = [...operation.path.matchAll(/\{\w+\}/g)].length;
  const segment = fc.oneof(
    anyText.filter((text) => !['', '.', '..'].includes(text)),
    fc.constantFrom('product', 'customer', 'order', 'tax', '1', '..%2f..', '01JD0000000000000000000000'),
  );
  const value = fc.oneof(
    anyText,
    fc.integer().map(String),
    fc.constantFrom('product', 'csv', 'odoo', 'error', '2026-01-01T00:00:00Z'),
  );
  const name = names.length === 0 ? anyText : fc.oneof({ weight: 5, arbitrary: fc.constantFrom(...names) }, anyText);
  // Two rotations of the secret would end the token that all others are asked with.
  const right = operation.id === 'showPairing' ? { console: 'https://console.example.com' } : bodyFor(operation, about);
  const json = right === undefined ? fc.constant(undefined) : fc.oneof(nearly(right), anyJson);
  return fc.record({
    path: fc.array(segment, { minLength: places, maxLength: places }),
    query: fc.array(fc.tuple(name, value), { maxLength: 3 }),
    body: fc.oneof({ weight: 6, arbitrary: json.map((one) => JSON.stringify(one) ?? '') }, anyText),
  });
}

function urlOf({ path }: Operation, asked: Asked): string {
  let place = 0;
  const filled = path.replaceAll(/\{\w+\}/g, () => encodeURIComponent(wellFormed(asked.path[place++] ?? '')));
  const query = asked.query.map((pair) => pair.map((text) => encodeURIComponent(wellFormed(text))).join('='));
  return `${rig.stack.url}${filled}${query.length === 0 ? '' : `?${query.join('&')}`}`;
}

/** Node's own parser of URLs takes `..` away before anybody sees it. */
const isMeant = (operation: Operation, url: string): boolean =>
  new URL(url).pathname.split('/').length === operation.path.split('/').length;

const codes: ReadonlySet<number> = new Set([200, 202, 204, 400, 403, 404, 409, 413, 422, 502, 503, 504]);

describe.each(operations)('$method $path', (operation) => {
  test('answers whatever it is asked', async () => {
    const route = routes.find(({ id }) => id === operation.id);
    await fc.assert(
      fc.asyncProperty(inputs(operation), async (asked) => {
        const url = urlOf(operation, asked);
        fc.pre(isMeant(operation, url));
        const answer = await fetch(url, {
          method: operation.method,
          headers: { authorization: `Bearer ${token}`, 'content-type': 'application/json' },
          ...(operation.method === 'GET' ? {} : { body: wellFormed(asked.body) }),
        });
        const text = await answer.text();
        expect([...codes], text).toContain(answer.status);
        if (answer.status < 400) expect(Object.keys(route?.answers ?? {}).map(Number)).toContain(answer.status);
        else expect(JSON.parse(text)).toMatchObject({ code: expect.stringMatching(/^(?!INTERNAL)[A-Z0-9_]+$/) });
        expect(text).not.toMatch(/\bat .*\.m?[jt]s:\d+/);
      }),
      tried(PART),
    );
  });
});

describe('POST /v1/events', () => {
  const events = [
    anEvent('order', '1', anOrder()),
    anEvent('product', '2', aProduct()),
    anEvent('customer', '3', aCustomer()),
  ];

  test('answers whatever it is sent, signed', async () => {
    const body = fc.oneof(nearly({ events }), anyJson).map((json) => JSON.stringify(json) ?? '');
    await fc.assert(
      fc.asyncProperty(fc.oneof({ weight: 6, arbitrary: body }, anyText), async (text) => {
        const answer = await rig.postRaw(wellFormed(text));
        expect([202, 400, 413]).toContain(answer.status);
        if (answer.status !== 202) expect(answer.body.code).toMatch(/^(?!INTERNAL)[A-Z_]+$/);
      }),
      tried(4 * PART),
    );
  });

  test.each([
    ['lists', (levels: number) => `${'['.repeat(levels)}${']'.repeat(levels)}`],
    ['objects', (levels: number) => `${'{"a":'.repeat(levels)}1${'}'.repeat(levels)}`],
  ])('takes no body that is 100,000 %s deep, wherever they are', async (_, deep) => {
    const [event] = events;
    const nested = JSON.stringify({ events: [{ ...event, data: { ...(event?.data as object), x: 0 } }] }).replace(
      '"x":0',
      () => `"x":${deep(100_000)}`,
    );
    for (const body of [deep(100_000), `{"events":[${deep(100_000)}]}`, nested]) {
      expect(await rig.postRaw(body)).toMatchObject({ status: 400, body: { code: 'BODY_INVALID' } });
    }
  });

  test('refuses headers of any kind', async () => {
    const header = fc.oneof(anyText, fc.constantFrom(rig.connection, 'v1,AAAA', String(Math.floor(Date.now() / 1000))));
    const headers = fc.record({
      'x-connection': header,
      'webhook-id': header,
      'webhook-timestamp': header,
      'webhook-signature': header,
    });
    await fc.assert(
      fc.asyncProperty(headers, async (given) => {
        const sent = Object.fromEntries(
          Object.entries(given).map(([name, text]) => [name, encodeURI(wellFormed(text)).slice(0, 2_000)]),
        );
        expect((await rig.postRaw('{"events":[]}', sent)).status).toBe(401);
      }),
      tried(PART),
    );
  });
});

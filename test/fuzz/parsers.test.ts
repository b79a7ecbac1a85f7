/** Every parser of what others send, with whatever can be sent: an answer or a refusal with a code, nothing else. */
import fc from 'fast-check';
import { afterEach, describe, expect, test } from 'vitest';
import type * as z from 'zod';
import { parseJson } from '../../functions/stack/body.ts';
import { pairingCode, readPairingCode } from '../../lib/access/pairing-code.ts';
import { verifyToken } from '../../lib/access/token.ts';
import { fieldProblems } from '../../lib/errors/zod.ts';
import { readRows } from '../../lib/mappings/import-rows.ts';
import { eventsBody, storeEvent } from '../../lib/opencart/events.ts';
import { capabilities, exportRequest, flushed, hashPage, refusal, snapshotPage } from '../../lib/opencart/export.ts';
import { plainText } from '../../lib/opencart/plain-text.ts';
import { signatureHeaders, verifySignature } from '../../lib/opencart/signature.ts';
import { snapshots } from '../../lib/opencart/snapshot-schemas.ts';
import { queueMessage, queueReference } from '../../lib/queue/message.ts';
import { expressionProblem, nextDue } from '../../lib/schedules/expression.ts';
import { settingsProblems } from '../../lib/settings/check.ts';
import { patched, settingsPatch } from '../../lib/settings/patch.ts';
import { connectionSettings } from '../../lib/store/connections.ts';
import { isLogCursor } from '../../lib/store/log.ts';
import { isMappingCursor, recordIdOf } from '../../lib/store/mapping-state.ts';
import { secretOf } from '../support/connections.ts';
import { anyJson, anyText, nearly, tried, verdict } from '../support/fuzz.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

const prototypes = [Object, Array, String, Function].map(({ prototype }) => [prototype, keysOf(prototype)] as const);
function keysOf(prototype: object): string {
  return Reflect.ownKeys(prototype).map(String).join();
}
afterEach(() => {
  for (const [prototype, keys] of prototypes) expect(keysOf(prototype)).toBe(keys);
});

const secret = secretOf('fuzz');
const anOrderEvent = anEvent('order', '1', anOrder());

describe('what is signed', () => {
  test('a signature fits only what was signed', () => {
    const body = JSON.stringify({ events: [] });
    const right = signatureHeaders(secret, 'msg_1', new Date(), body);
    fc.assert(
      fc.property(nearly({ ...right, body }), (given) => {
        const { body: other = '', ...headers } = (given ?? {}) as Record<string, string>;
        const isText = typeof other === 'string' && Object.values(headers).every((one) => typeof one === 'string');
        fc.pre(isText && typeof given === 'object');
        const isSame = Object.entries(right).every(([name, value]) => headers[name] === value) && other === body;
        const fits = verifySignature([secret], headers, Buffer.from(String(other)));
        // More signatures than the right one may stand beside it, and headers of other names.
        return isSame
          ? fits
          : !fits || headers['webhook-signature']?.split(' ').includes(right['webhook-signature'] ?? '');
      }),
      tried(),
    );
  });

  test('a token is one or none', async () => {
    const parts = fc.array(
      fc.oneof(
        anyText,
        anyJson.map((json) => Buffer.from(JSON.stringify(json)).toString('base64url')),
      ),
    );
    await fc.assert(
      fc.asyncProperty(parts, async (some) => {
        expect(await verifyToken(some.join('.'), async () => [secret])).toBeUndefined();
      }),
      tried(),
    );
  });

  test('a pairing code is one or none', () => {
    const right = { endpoint: 'https://example.com', connection: 'main', secret };
    expect(readPairingCode(pairingCode(right))).toEqual(right);
    const coded = nearly(right).map((data) => `oco1.${Buffer.from(JSON.stringify(data) ?? '').toString('base64url')}`);
    fc.assert(
      fc.property(fc.oneof(anyText, coded), (code) => {
        const data = readPairingCode(code);
        return data === undefined || (data.secret.length >= 24 && /^https?:/.test(data.endpoint));
      }),
      tried(),
    );
  });
});

describe('bodies and messages', () => {
  test('JSON is read or refused', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          anyJson.map((json) => JSON.stringify(json)),
        ),
        (text) => {
          verdict(() => parseJson(text));
        },
      ),
      tried(),
    );
  });

  const schemas = { eventsBody, storeEvent, queueMessage, queueReference, exportRequest, connectionSettings };
  const message = { version: 1, connection: 'main', acceptedAt: new Date().toISOString(), event: anOrderEvent };
  const right: Record<keyof typeof schemas, unknown> = {
    eventsBody: { events: [anOrderEvent] },
    storeEvent: anOrderEvent,
    queueMessage: message,
    queueReference: { version: 1, connection: 'main', payload: 'x' },
    exportRequest: { mode: 'all', entity: 'customer', limit: 5 },
    connectionSettings: {
      odooUrl: 'https://example.com',
      odooDatabase: 'x',
      schedules: { customer: { when: 'rate(1 day)' } },
    },
  };
  test.each(Object.entries(schemas))('%s takes it, or tells what is wrong with it', (name, schema) => {
    expect(schema.safeParse(right[name as keyof typeof schemas]).success).toBe(true);
    fc.assert(
      fc.property(fc.oneof(anyJson, nearly(right[name as keyof typeof schemas])), (value) =>
        isReadAlike(schema, value),
      ),
      tried(),
    );
  });

  test.each(Object.entries(snapshots))(
    'a snapshot of %s is read to the end, or refused with its field',
    (entity, schema) => {
      const known: Record<string, unknown> = { order: anOrder(), customer: aCustomer(), product: aProduct() };
      const value = nearly(known[entity] ?? { names: [{ languageCode: 'en-gb', name: 'x' }], name: 'x', values: [] });
      fc.assert(
        fc.property(fc.oneof(anyJson, value), (snapshot) => isReadAlike(schema, snapshot)),
        tried(),
      );
    },
  );

  const row = { recordId: '1', hash: 'h', data: { name: 'x' } };
  const page = { entity: 'x', rows: [row], nextAfter: null, hasMore: false, sequence: 1, time: '2026-11-20T18:45:10Z' };
  const answers = { snapshotPage, hashPage, capabilities, flushed, refusal };
  const whole = { ...page, sent: 1, waiting: 0, version: 1, maxLimit: 5, flush: true, entities: [], error: 'x' };
  test.each(Object.entries(answers))('a store’s answer: %s is taken, or refused with its field', (_, schema) => {
    expect(schema.safeParse(whole).success).toBe(true);
    fc.assert(
      fc.property(fc.oneof(anyJson, nearly(whole)), (value) => isReadAlike(schema, value)),
      tried(),
    );
  });
});

/** What was read is read the same once more, as from a queue; what was not has a field and a reason. */
function isReadAlike(schema: z.ZodType, given: unknown): boolean {
  const parsed = schema.safeParse(JSON.parse(JSON.stringify(given) ?? 'null'));
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error);
    return problems.length > 0 && problems.every(({ path, reason }) => typeof path === 'string' && reason !== '');
  }
  const written = JSON.stringify(parsed.data);
  return JSON.stringify(schema.parse(JSON.parse(written))) === written;
}

describe('settings', () => {
  const before = connectionSettings.parse({ odooUrl: 'https://example.com', odooDatabase: 'x' });
  test('a change is made, or told what is wrong with it', () => {
    const some = nearly({
      ...before,
      deletePolicies: { customer: 'keep' },
      schedules: { sweep: { when: 'cron(1 2 * * *)' } },
    });
    fc.assert(
      fc.property(fc.oneof(anyJson, some), (value) => {
        const patch = settingsPatch.safeParse(value);
        if (!patch.success) return true;
        const after = patched(before, patch.data);
        return !after.success || Array.isArray(settingsProblems(after.data));
      }),
      tried(),
    );
  });

  test('a schedule comes, or is told why it does not', () => {
    const field = fc.oneof(anyText, fc.stringMatching(/^[*\d/,LW?#-]{1,12}$/));
    const when = fc.oneof(
      anyText,
      fc.array(field, { maxLength: 7 }).map((fields) => `cron(${fields.join(' ')})`),
    );
    fc.assert(
      fc.property(when, (text) => {
        fc.pre(text.length <= 100);
        const problem = expressionProblem(text);
        if (problem === undefined) expect(nextDue(text, new Date())?.getTime()).toBeGreaterThan(0);
      }),
      tried(0.2),
    );
  });
});

describe('texts', () => {
  test('a CSV has rows, or is refused', () => {
    const cell = fc.oneof(anyText, fc.integer().map(String));
    const rows = fc
      .array(fc.array(cell, { maxLength: 4 }))
      .map((lines) => lines.map((line) => line.join(',')).join('\n'));
    fc.assert(
      fc.property(
        fc.oneof(
          anyText,
          rows,
          rows.map((text) => `recordId,odooId\n${text}`),
        ),
        (csv) => {
          const read = verdict(() => readRows(csv, 'customer'));
          if (typeof read === 'string') return read === 'VALUE_REFUSED';
          return read.rows.every(({ odooId, recordId }) => Number.isInteger(odooId) && odooId > 0 && recordId !== '');
        },
      ),
      tried(),
    );
  });

  test('a cursor is one or none', () => {
    const coded = anyText.map((text) => Buffer.from(text).toString('base64url'));
    fc.assert(
      fc.property(fc.oneof(anyText, coded), (cursor) => {
        isLogCursor(cursor);
        if (isMappingCursor(cursor)) recordIdOf(cursor);
      }),
      tried(),
    );
  });

  test('HTML becomes text, and what is no text stays unspoken', () => {
    const tag = fc.constantFrom(
      '<p>',
      '</p>',
      '<script>',
      '</script>',
      '<b',
      '/>',
      '<!--',
      '-->',
      '<td>',
      '&amp;',
      '&#x0;',
      '<![CDATA[',
    );
    const html = fc.array(fc.oneof(tag, anyText)).map((parts) => parts.join(''));
    fc.assert(
      fc.property(html, (before) => {
        // Whatever was left open before it: a line of its own is one, and what is unspoken is not in it.
        const text = plainText(`<p>shown</p><script>un</script>spoken${before}`);
        expect(text).toMatch(/^shown\nspoken/);
        expect(text).not.toMatch(/^\s|\s$|\n\s*\n|^-$/m);
      }),
      tried(),
    );
  });
});

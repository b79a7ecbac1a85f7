/** Whatever an Odoo answers: values, or an error with a code. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { asConnectorError } from '../../lib/errors/index.ts';
import { Odoo } from '../../lib/odoo/client.ts';
import { faultError, loadMessageError } from '../../lib/odoo/faults.ts';
import { loadRecords } from '../../lib/odoo/load.ts';
import { readXmlRpc } from '../../lib/odoo/transports/xmlrpc-wire.ts';
import { anyJson, anyText, nearly, tried } from '../support/fuzz.ts';

/** An Odoo that answers calls with these, one after the other, and the last one for ever. */
function odooOf(...answers: readonly unknown[]): Odoo {
  let calls = 0;
  return new Odoo({
    credentials: { url: 'http://odoo.example', database: 'db', user: 'u', password: 'p' },
    pace: async () => {},
    transport: {
      ...{ name: 'a test', logsIn: true, close: () => {} },
      ...{ version: async () => '19.0', authenticate: async () => 7 },
      execute: async () => {
        calls += 1;
        if (calls > 100) throw new Error('It is asked without end.');
        return answers[Math.min(calls, answers.length) - 1];
      },
    },
  });
}

const codeOf = async (work: Promise<unknown>): Promise<string> =>
  work.then(
    () => 'answered',
    (error) => asConnectorError(error).code,
  );

describe('an answer', () => {
  const tag = fc.constantFrom(
    ...['<methodResponse>', '</methodResponse>', '<params>', '</params>', '<param>', '</param>', '<value>', '</value>'],
    ...[
      '<struct>',
      '</struct>',
      '<member>',
      '</member>',
      '<name>',
      '</name>',
      '<array>',
      '</array>',
      '<data>',
      '</data>',
    ],
    ...[
      '<int>',
      '</int>',
      '<i4>1</i4>',
      '<double>1e999</double>',
      '<boolean>2</boolean>',
      '<base64>%</base64>',
      '<nil/>',
    ],
    ...[
      '<dateTime.iso8601>x</dateTime.iso8601>',
      '<fault>',
      '</fault>',
      '<!DOCTYPE x>',
      '<![CDATA[',
      ']]>',
      '<?xml',
      '&x;',
    ],
  );
  test('of any tags is a value, or an error', async () => {
    const xml = fc.array(fc.oneof(tag, anyText), { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          xml,
          xml.map((inner) => `<methodResponse>${inner}</methodResponse>`),
        ),
        async (text) => {
          const error = await readXmlRpc(text).then(
            () => undefined,
            (thrown: unknown) => thrown,
          );
          expect(error === undefined || error instanceof Error).toBe(true);
        },
      ),
      tried(),
    );
  });

  test('with a fault is an error that tells no traceback', () => {
    const target = { model: 'res.partner', method: 'load', database: 'db' };
    const traceback = anyText.map((text) => `Traceback (most recent call last):\n  File "x"\n${text}`);
    fc.assert(
      fc.property(fc.oneof(fc.integer(), anyText), fc.oneof(anyText, traceback), (code, text) => {
        expect(faultError({ code, text }, target).message).not.toContain('Traceback (most recent');
        expect(loadMessageError(text, 'res.partner').message).not.toContain('Traceback (most recent');
      }),
      tried(),
    );
  });

  test('to load() names records, or is an error with a code, after some calls', async () => {
    const message = { type: 'error', message: 'No.', record: 1, rows: { from: 1, to: 1 }, field: 'name' };
    const some = fc.oneof(
      nearly({ ids: false, messages: [message, message] }),
      nearly({ ids: [1, 2, 3], messages: [] }),
      anyJson,
    );
    await fc.assert(
      fc.asyncProperty(fc.array(some, { minLength: 1, maxLength: 3 }), async (answers) => {
        const rows = [[['a']], [['b']], [['c']]];
        const loaded = loadRecords(odooOf(...answers), 'res.partner', ['name'], rows);
        const code = await codeOf(loaded);
        expect(code).not.toBe('INTERNAL');
        if (code !== 'answered') return;
        for (const outcome of await loaded)
          expect('id' in outcome ? Number.isInteger(outcome.id) : 'error' in outcome).toBe(true);
      }),
      tried(),
    );
  });

  test('to a search is records, or an error with a code', async () => {
    const some = fc.oneof(anyJson, nearly([{ id: 1, name: 'x' }]));
    await fc.assert(
      fc.asyncProperty(some, async (answer) => {
        const found = odooOf(answer).searchRead('res.partner', [], ['name']);
        const code = await codeOf(found);
        expect(code).not.toBe('INTERNAL');
        if (code === 'answered') for (const record of await found) expect(Number.isInteger(record.id)).toBe(true);
      }),
      tried(),
    );
  });
});

import { SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Failure } from '../../lib/store/failures.ts';
import { type RestartableRig, startRestartableRig } from '../support/restarted.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

let rig: RestartableRig;
beforeAll(async () => {
  rig = await startRestartableRig();
});
afterAll(() => rig?.stop());

const patient = { timeout: 60_000, interval: 50 };
const email = (name: string) => `${name}.${rig.tag}@example.com`;

const partners = (address: string) => rig.odoo.searchRead('res.partner', [['email', '=', address]], ['name']);

async function failure(entity: string, recordId: string, connection = rig.connection): Promise<Failure | undefined> {
  const { readFailure } = await import('../../lib/store/failures.ts');
  return readFailure(connection, { entity, recordId });
}
async function payload(key: string): Promise<string | undefined> {
  const { getPayload } = await import('../../lib/store/payloads.ts');
  return getPayload(key);
}

describe('while Odoo is down', () => {
  test('the event waits, the log says why, and it arrives by itself afterwards', async () => {
    await rig.sandbox?.stop();
    await rig.post([anEvent('customer', '1', aCustomer({ email: email('down') }))]);
    await vi.waitFor(async () => {
      const { logs } = await rig.logs({ entity: 'customer', record: '1' });
      expect(logs).toMatchObject([{ level: 'warning', code: 'ODOO_UNREACHABLE' }]);
      // What the runbook looks for in the functions' own log, also where that is set to warnings.
      const retried = rig.lines.filter(({ message }) => message === 'retrying');
      expect(retried[0]).toMatchObject({ level: 'WARN', connection: rig.connection, code: 'ODOO_UNREACHABLE' });
      expect(logs[0]?.remedy).toContain('Odoo runs');
    }, patient);
    await rig.restartOdoo();
    await vi.waitFor(async () => expect(await partners(email('down'))).toHaveLength(1), patient);
    await rig.idle();
    expect(await failure('customer', '1')).toBeUndefined();
  });
});

describe('an answer that is lost', () => {
  test.each(['cut-before', 'cut-after', 'http-502-html', 'serialization', 'serialization-message'] as const)(
    '%s: the record is there once',
    async (kind) => {
      rig.sandbox?.inject({ model: 'res.partner', method: 'load', times: 1, kind });
      const address = email(kind);
      await rig.post([anEvent('customer', `lost-${kind}`, aCustomer({ email: address }))]);
      await vi.waitFor(async () => {
        const { logs } = await rig.logs({ entity: 'customer', record: `lost-${kind}`, level: 'info' });
        expect(logs).toHaveLength(1);
      }, patient);
      expect(await partners(address)).toHaveLength(1);
    },
  );

  test.each(['load', 'action_confirm'])('of sale.order.%s: the order is there once, confirmed', async (method) => {
    rig.sandbox?.inject({ model: 'sale.order', method, times: 1, kind: 'cut-after' });
    const orderId = `lost-${method}`;
    await rig.post([anEvent('order', orderId, anOrder({ orderId, customer: aCustomer({ email: email(method) }) }))]);
    const origin = `OpenCart ${rig.connection} #${orderId}`;
    await vi.waitFor(async () => {
      const orders = await rig.odoo.searchRead(
        'sale.order',
        [['origin', '=', origin]],
        ['state', 'date_order', 'amount_total'],
      );
      expect(orders).toMatchObject([{ state: 'sale', date_order: '2026-11-20 18:45:10', amount_total: 102 }]);
    }, patient);
  });
});

describe('a confirmed order that is edited while Odoo fails half-way', () => {
  test('comes to the cent all the same, and what was added is delivered', async () => {
    await rig.configure({ statusMapping: { '3': 'DELIVERED' } });
    const edited = (quantity: number, total: string) => {
      const order = anOrder({ orderId: 'half-way', statusId: '3', customer: aCustomer({ email: email('half-way') }) });
      const lines = order.lines.map((line) => ({ ...line, quantity, taxes: [] }));
      return anEvent('order', 'half-way', {
        ...order,
        lines,
        totals: [{ code: 'total', title: 'Total', value: total }],
      });
    };
    await rig.sync([edited(1, '40.0000')]);
    rig.sandbox?.inject({ model: 'sale.order.line', method: 'load', times: 1, kind: 'http-502-html' });
    await rig.sync([edited(2, '80.0100')]);
    const origin = `OpenCart ${rig.connection} #half-way`;
    const fields = ['amount_total', 'picking_ids'];
    const [order] = await rig.odoo.searchRead('sale.order', [['origin', '=', origin]], fields);
    expect(order).toMatchObject({ amount_total: 80.01 });
    const pickings = await rig.odoo.read('stock.picking', order?.picking_ids as number[], ['state']);
    expect(pickings.map(({ state }) => state)).toEqual(['done', 'done']);
    await rig.configure({});
  });
});

describe('with a wrong password', () => {
  test('events are parked with who can mend it, and all arrive by themselves after the repair', async () => {
    const ids = ['w1', 'w2', 'w3', 'w4'];
    await rig.restartOdoo('changed');
    await rig.sync(ids.map((id) => anEvent('customer', id, aCustomer({ email: email(id) }))));
    for (const id of ids) expect(await failure('customer', id)).toMatchObject({ code: 'ODOO_AUTH' });
    const { logs } = await rig.logs({ code: 'ODOO_AUTH' });
    expect(new Set(logs.map(({ recordId }) => recordId)).size).toBe(ids.length);
    expect(logs[0]?.remedy).toContain('API key');

    await rig.setOdooPassword('changed');
    await vi.waitFor(async () => {
      for (const id of ids) expect(await failure('customer', id)).toBeUndefined();
    }, patient);
    await rig.restartOdoo();
    await rig.setOdooPassword(rig.credentials.password);
    for (const id of ids) expect(await partners(email(id))).toHaveLength(1);
  });
});

describe('with a wrong database', () => {
  test('events are parked', async () => {
    await rig.configure({ odooDatabase: 'nowhere' });
    await vi.waitFor(async () => {
      const id = `d${Math.random().toString(36).slice(2)}`;
      await rig.sync([anEvent('customer', id, aCustomer({ email: email(id) }))]);
      expect(await failure('customer', id)).toMatchObject({ code: 'ODOO_DATABASE' });
    }, patient);
    await rig.configure({});
  });
});

describe('a message that nobody can read', () => {
  test('is parked with its body and not delivered again', async () => {
    const body = '{"version":1,"this is":"not ours';
    const sent = await new SQSClient({}).send(
      new SendMessageCommand({
        QueueUrl: rig.stack.queueUrls['events-customer'],
        MessageBody: body,
        MessageGroupId: rig.connection,
      }),
    );
    await rig.idle();
    const parked = await failure('customer', `message:${sent.MessageId}`);
    expect(parked).toMatchObject({ code: 'MESSAGE_UNREADABLE', attempts: 1 });
    expect(await payload(parked?.payload ?? '')).toBe(body);
    const { logs } = await rig.logs({ code: 'MESSAGE_UNREADABLE' });
    expect(logs).toHaveLength(1);
  });
});

describe('a snapshot of a full mebibyte', () => {
  const languages = Array.from({ length: 16 }, (_, index) => ({
    languageCode: `x${index}`,
    name: 'Big',
    description: Array.from({ length: 65_000 }, () => String.fromCharCode(33 + Math.floor(Math.random() * 90)))
      .join('')
      .replaceAll(/["\\]/g, '_'),
  }));

  function fullMebibyte(recordId: string) {
    const event = anEvent('product', recordId, aProduct({ model: `${recordId}-${rig.tag}`, names: languages }));
    const padding = 1_048_576 - Buffer.byteLength(JSON.stringify({ events: [event] }));
    const last = languages.at(-1) as (typeof languages)[number];
    const description = last.description
      .slice(0, last.description.length + Math.min(0, padding))
      .padEnd(last.description.length + padding, 'x');
    const names = [...languages.slice(0, -1), { ...last, description: description.slice(0, 65_535) }];
    return { ...event, data: { ...(event.data as object), names } };
  }

  test('is carried to Odoo', async () => {
    const event = fullMebibyte('big');
    expect(Buffer.byteLength(JSON.stringify({ events: [event] }))).toBeGreaterThan(1_040_000);
    await rig.sync([event]);
    expect(
      await rig.odoo.searchRead('product.product', [['default_code', '=', `big-${rig.tag}`]], ['name']),
    ).toHaveLength(1);
  });

  test('is parked whole if it fails', async () => {
    await rig.restartOdoo('changed');
    const event = fullMebibyte('big2');
    await rig.sync([event]);
    const parked = await failure('product', 'big2');
    expect(parked?.code).toBe('ODOO_AUTH');
    const body = JSON.parse((await payload(parked?.payload ?? '')) as string) as { event: unknown };
    expect(body.event).toEqual(event);
    await rig.restartOdoo();
  });
});

test('a message that was given up after many deliveries is parked and logged', async () => {
  const message = {
    version: 1,
    connection: rig.connection,
    acceptedAt: new Date().toISOString(),
    event: anEvent('customer', 'dead', aCustomer()),
  };
  await new SQSClient({}).send(
    new SendMessageCommand({
      QueueUrl: rig.stack.queueUrls['events-customer-dead'],
      MessageBody: JSON.stringify(message),
      MessageGroupId: rig.connection,
    }),
  );
  await vi.waitFor(async () => {
    expect(await failure('customer', 'dead')).toMatchObject({ code: 'DEAD_LETTER', entity: 'customer' });
  }, patient);
});

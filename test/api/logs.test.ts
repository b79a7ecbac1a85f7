/** The log through the API: searched, as a file, record by record, cleared. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { AnswerOf } from '../../lib/api/client.ts';
import { listLogs, readActivity, readTimeline } from '../../lib/api/routes/logs.ts';
import type { LogEntry } from '../../lib/store/log.ts';
import { type ApiAnswer, api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  // Nothing is tried again but what a test sends.
  rig = await startRig({ env: { FIRST_TRIAL_SECONDS: '86400' } });
});
afterAll(() => rig?.stop());

/** A connection of its own: nothing but what the test writes is in its log. */
let empty: Pick<Rig, 'stack' | 'connection' | 'secret'>;
beforeEach(async () => {
  const { pair } = await import('../../lib/store/pairing.ts');
  const connection = `log${Math.random().toString(36).slice(2, 10)}`;
  const { url: odooUrl, database: odooDatabase } = rig.credentials;
  const secret = await pair(connection, { settings: { odooUrl, odooDatabase } });
  empty = { stack: rig.stack, connection, secret };
});

async function write(entries: readonly Partial<LogEntry>[], connection = empty.connection): Promise<void> {
  const { appendLog } = await import('../../lib/store/log.ts');
  const base = { level: 'info', code: 'CREATED', message: 'It was created.' } as const;
  await appendLog(
    connection,
    entries.map((entry) => ({ ...base, ...entry })),
    1,
  );
}

const list = async (query: Record<string, string>) => {
  const { body } = await api<AnswerOf<typeof listLogs>>(empty, 'GET', '/v1/logs', { query, role: 'viewer' });
  return listLogs.answers[200].parse(body);
};

/** The file, part by part. */
async function download(of: typeof empty, query: Record<string, string>): Promise<{ parts: string[]; type: string }> {
  const parts: string[] = [];
  let cursor: string | null = null;
  let type = '';
  do {
    const more: Record<string, string> = { ...query, ...(cursor === null ? {} : { cursor }) };
    const answer: ApiAnswer = await api(of, 'GET', '/v1/logs/download', { query: more, role: 'viewer' });
    expect(answer.status).toBe(200);
    type = answer.headers.get('content-type') ?? '';
    parts.push(answer.text);
    cursor = answer.headers.get('x-next-cursor');
  } while (cursor !== null);
  return { parts, type };
}

describe('GET /v1/logs', () => {
  test('finds a part of the message in whatever case, together with other filters', async () => {
    const messages = ['The ORDER 1001 was created.', 'order 1002', 'Größe fehlt', 'nothing'];
    await write(
      messages.map((message, index) => ({ message, eventId: `e${index}`, level: index === 1 ? 'error' : 'info' })),
    );
    const found = async (query: Record<string, string>) => (await list(query)).logs.map(({ message }) => message);
    expect(await found({ q: 'Order' })).toEqual([messages[1], messages[0]]);
    expect(await found({ q: 'order', level: 'error' })).toEqual([messages[1]]);
    expect(await found({ q: 'GRÖSSE' })).toEqual([]);
    expect(await found({ q: 'GRÖßE' })).toEqual([messages[2]]);
    expect(await found({ eventId: 'e3' })).toEqual([messages[3]]);
    expect(await found({ eventId: 'e3', q: 'order' })).toEqual([]);
  });

  test('pages through what matches without a gap or a repetition, however rare it is', async () => {
    const COUNT = 1_200;
    await write(
      Array.from({ length: COUNT }, (_, index) => ({ message: index % 97 === 0 ? `Needle ${index}` : 'hay' })),
    );
    const found: string[] = [];
    let cursor: string | null = null;
    do {
      const page: AnswerOf<typeof listLogs> = await list({
        q: 'needle',
        limit: '4',
        ...(cursor === null ? {} : { cursor }),
      });
      expect(page.logs.length).toBeLessThanOrEqual(4);
      found.push(...page.logs.map(({ message }) => message));
      cursor = page.next;
    } while (cursor !== null);
    const all = Array.from({ length: COUNT }, (_, index) => index).filter((index) => index % 97 === 0);
    expect(found).toEqual(all.reverse().map((index) => `Needle ${index}`));
  });
});

describe('GET /v1/logs/download', () => {
  test('as CSV: RFC 4180, and no cell is a formula', async () => {
    const messages = ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1', 'a "quoted", cell', 'two\nlines', 'plain'];
    await write(messages.map((message) => ({ message, odooId: 7, entity: 'order', recordId: '1001' })));
    const { parts, type } = await download(empty, { format: 'csv' });
    expect(type).toContain('text/csv');
    const [head = '', ...rows] = parts.join('').split('\r\n');
    expect(head.split(',').slice(0, 4)).toEqual(['time', 'level', 'code', 'message']);
    const cells = rows.filter(Boolean).map((row) => row.split(',CREATED,')[1]?.split(',,order,1001,7,')[0]);
    expect(cells).toEqual([
      'plain',
      '"two\nlines"',
      '"a ""quoted"", cell"',
      '"\'\r=1"',
      "'\t=1",
      "'@SUM(A1)",
      "'-1",
      "'+1",
      "'=1+1",
    ]);
  });

  test('as NDJSON: the rows of the list, with its filters', async () => {
    await write([{ message: 'one' }, { message: 'two', entity: 'order' }, { message: 'three', entity: 'order' }]);
    const { parts, type } = await download(empty, { format: 'ndjson', entity: 'order', q: 'T' });
    expect(type).toBe('application/x-ndjson');
    const rows = parts
      .join('')
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(rows).toEqual((await list({ entity: 'order', q: 't' })).logs);
    expect(rows.map(({ message }) => message)).toEqual(['three', 'two']);
  });

  test.each(['csv', 'ndjson'])('in parts as %s: together they are one file', async (format) => {
    const COUNT = 700;
    await write(Array.from({ length: COUNT }, (_, index) => ({ message: `row ${index} ${'x'.repeat(10_000)}` })));
    const { parts } = await download(empty, { format });
    expect(parts.length).toBeGreaterThan(1);
    for (const part of parts) expect(Buffer.byteLength(JSON.stringify(part))).toBeLessThan(5_500_000);
    const numbers = [...parts.join('').matchAll(/row (\d+) /g)].map(([, number]) => Number(number));
    expect(numbers).toEqual(Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index));
    if (format === 'csv') expect(parts.join('').match(/time,level/g)).toHaveLength(1);
  });

  test('refuses another format', async () => {
    const answer = await api(empty, 'GET', '/v1/logs/download', { query: { format: 'xlsx' } });
    expect(answer).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID', errors: [{ path: 'format' }] } });
  });
});

describe('DELETE /v1/logs', () => {
  const clear = (query: Record<string, string> = {}) =>
    api<{ deleted: number; more: boolean }>(empty, 'DELETE', '/v1/logs', { query, subject: 'someone' });

  test('is for managers', async () => {
    expect(await api(empty, 'DELETE', '/v1/logs', { role: 'viewer' })).toMatchObject({ status: 403 });
  });

  test('clears what is older, and keeps who did what', async () => {
    await write([{ message: 'old' }]);
    const old = (await list({})).logs[0]?.time ?? '';
    expect((await clear({ before: old })).body).toEqual({ deleted: 0, more: false });
    expect((await clear()).body).toEqual({ deleted: 1, more: false });
    expect((await clear()).body).toEqual({ deleted: 0, more: false });
    expect((await list({})).logs).toMatchObject(Array(3).fill({ code: 'LOG_CLEARED', by: 'someone' }));
  });

  test('goes step by step, and says when it is done', async () => {
    await write(Array.from({ length: 5_600 }, () => ({})));
    const deleted: number[] = [];
    for (;;) {
      const { body } = await clear();
      deleted.push(body.deleted);
      if (!body.more) break;
    }
    expect(deleted.length).toBeGreaterThan(1);
    expect(deleted.reduce((sum, count) => sum + count, 0)).toBe(5_600);
    expect((await list({ code: 'CREATED' })).logs).toEqual([]);
  });
});

describe('of people', () => {
  const names = { firstName: 'Annegret', lastName: 'Kowalczyk', telephone: '+49 731 555' };
  const address = {
    ...names,
    company: 'Sonnenblick',
    address1: 'Finkenweg 4',
    city: 'Ulm',
    postcode: '89073',
    countryCode: 'DE',
  };
  const email = () => `annegret.kowalczyk@${rig.tag}.example`;

  beforeAll(async () => {
    const person = aCustomer({ ...names, email: email() });
    const order = (orderId: string, over: object = {}) =>
      anEvent(
        'order',
        orderId,
        anOrder({ orderId, customer: person, paymentAddress: address, shippingAddress: address, ...over }),
      );
    await rig.configure({ matchPolicies: { customer: 'report' } });
    await rig.odoo.call('res.partner', 'create', [{ name: 'Annegret Kowalczyk', email: email(), type: 'contact' }]);
    await rig.sync([anEvent('customer', '1', person), order('1')]);
    await rig.configure({ odooDatabase: 'nowhere' });
    await rig.sync([anEvent('customer', '1', { ...person, company: 'Sonnenblick' })]);
    await rig.configure({});
    const totals = [{ code: 'total', title: 'Total', value: '999.0000' }];
    await rig.sync([order('2'), order('3', { totals }), anEvent('customer', '2', { ...person, vat: 'DE000' })]);
    await rig.sync([anEvent('customer', '2', person, { action: 'delete' })]);
  });

  test('the log has ids, and neither names nor addresses', async () => {
    const { parts } = await download(rig, { format: 'ndjson' });
    const text = parts.join('');
    const codes = new Set(
      text
        .trimEnd()
        .split('\n')
        .map((line) => (JSON.parse(line) as { code: string }).code),
    );
    for (const code of ['MATCH_REPORTED', 'ODOO_DATABASE', 'CREATED', 'TOTAL_MISMATCH']) expect(codes).toContain(code);
    for (const said of ['Annegret', 'Kowalczyk', '731 555', 'Sonnenblick', 'Finkenweg', 'Ulm', '89073', email()]) {
      expect(text).not.toContain(said);
    }
  });

  test('nor do failures', async () => {
    for (const path of ['/v1/failures', '/v1/failures/causes', '/v1/failures/order/3'] as const) {
      const { status, text } = await api(rig, 'GET', path);
      expect(status).toBe(200);
      for (const said of ['Annegret', 'Kowalczyk', 'Sonnenblick', 'Finkenweg', email()])
        expect(text).not.toContain(said);
    }
  });
});

describe('GET /v1/logs/{entity}/{recordId}/timeline', () => {
  const timeline = async (recordId: string) => {
    const { status, body } = await api(rig, 'GET', `/v1/logs/order/${recordId}/timeline`, { role: 'viewer' });
    expect(status).toBe(200);
    return readTimeline.answers[200].parse(body);
  };

  test('tells event by event how it came, what was planned, how often Odoo was called, and the result', async () => {
    const person = aCustomer({ email: `timeline@${rig.tag}.example` });
    const first = anEvent('order', 't1', anOrder({ orderId: 't1', customer: person }));
    await rig.configure({ odooDatabase: 'nowhere' });
    await rig.sync([first]);
    expect(await timeline('t1')).toMatchObject({
      mapping: null,
      failure: { code: 'ODOO_DATABASE', entity: 'order', recordId: 't1' },
    });
    await rig.configure({});
    const answer = await api(rig, 'POST', '/v1/failures/replay', { body: { entity: 'order', recordId: 't1' } });
    expect(answer.status).toBe(202);
    await rig.idle();
    const second = anEvent('order', 't1', { orderId: 't1' }, { action: 'delete' });
    await rig.sync([second]);

    const { mapping, failure, events, next } = await timeline('t1');
    expect(mapping).toMatchObject({ model: 'sale.order', odooId: expect.any(Number) });
    expect({ failure, next }).toEqual({ failure: null, next: null });
    const told = events.map(({ eventId, steps }) => [eventId, steps.map(({ step, code }) => code ?? step)]);
    expect(told.find(([id]) => id === second.id)?.[1]).toEqual(['accepted', 'planned', 'called', 'CANCELLED']);
    const ofFirst = told.find(([id]) => id === first.id)?.[1] as string[];
    expect(ofFirst.slice(0, 3)).toEqual(['accepted', 'called', 'ODOO_DATABASE']);
    expect(ofFirst.slice(-4)).toEqual(['accepted', 'planned', 'called', 'CREATED']);
    expect(told.find(([id]) => id === null)?.[1]).toEqual(['REPLAYED']);
    const called = events[0]?.steps.find(({ step }) => step === 'called');
    expect(called?.text).toMatch(/^Odoo was called \d+ times?, on its own, in \d+\.\d s\.$/);
  });

  test('of a record that nothing happened to is empty', async () => {
    expect(await timeline('nobody')).toMatchObject({ mapping: null, failure: null, events: [], next: null });
  });
});

describe('GET /v1/logs/activity', () => {
  test('counts what changed in Odoo, what was warned of and what failed in this hour, and zeros before', async () => {
    const batch = { events: 1, calls: 3, milliseconds: 12 };
    await write([
      ...Array.from({ length: 7 }, (_, index) => ({ entity: 'order', recordId: String(index), batch })),
      { code: 'RUN_STARTED', message: 'A run was started.' },
      { level: 'warning', code: 'SCHEDULE_SKIPPED' },
      { level: 'error', code: 'TAX_UNMAPPED', entity: 'order', recordId: '1' },
    ]);
    const { body } = await api<AnswerOf<typeof readActivity>>(empty, 'GET', '/v1/logs/activity', {
      query: { hours: '3' },
      role: 'viewer',
    });
    const { hours, countedFrom } = readActivity.answers[200].parse(body);
    expect(countedFrom).toBeNull();
    expect(hours).toHaveLength(3);
    const sum = (name: 'changes' | 'warnings' | 'errors') => hours.reduce((total, hour) => total + hour[name], 0);
    // The hour may end between the two.
    expect([sum('changes'), sum('warnings'), sum('errors')]).toEqual([7, 1, 1]);
    expect(hours[0]).toMatchObject({ changes: 0, warnings: 0, errors: 0 });
    expect(Date.parse(String(hours[2]?.from)) - Date.parse(String(hours[0]?.from))).toBe(7_200_000);
  });
});

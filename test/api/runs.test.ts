import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { callsIn, type Rig, startRig } from '../support/rig.ts';
import {
  complete,
  customerOf,
  customersInOdoo,
  emailOf,
  openExporter,
  type RunView,
  reach,
  start,
} from '../support/runs.ts';
import { anEvent, anOrder } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const writes = (calls: readonly string[]) => calls.filter((call) => /\.(load|write|create|unlink|action_)/.test(call));

describe('a full run', () => {
  test('brings 300 customers and 100 products, a page at a time, and the second time writes nothing', async () => {
    await openExporter(rig, { customers: 300, products: 100 });
    const before = rig.lines.length;
    const customers = await complete(rig, { entity: 'customer', mode: 'full' });
    const products = await complete(rig, { entity: 'product', mode: 'full' });

    const zero = { updated: 0, adopted: 0, failed: 0, removed: 0, missing: 0, deferred: 0, secondsLeft: 0 };
    expect(customers.progress).toMatchObject({ ...zero, total: 300, seen: 300, created: 300, skipped: 0 });
    expect(products.progress).toMatchObject({ ...zero, total: 100, seen: 100, created: 100, skipped: 0 });
    expect(customers.progress.recordsPerSecond).toBeGreaterThan(0);
    expect((await customersInOdoo(rig)).sort()).toEqual(Array.from({ length: 300 }, (_, id) => String(id + 1)).sort());
    const calls = callsIn(rig.lines.slice(before));
    expect(writes(calls)).toHaveLength(4);

    const again = rig.lines.length;
    const second = await complete(rig, { entity: 'customer', mode: 'full' });
    expect(second.progress).toMatchObject({ ...zero, seen: 300, created: 0, skipped: 300, odooCalls: 0 });
    expect(writes(callsIn(rig.lines.slice(again)))).toEqual([]);
  });

  test('loses to events that are newer than its rows, and wins over those that are older', async () => {
    const exporter = await openExporter(rig, { customers: 1 });
    exporter.sequence = 1_000;
    exporter.records.customer?.set('1', customerOf(rig, '1', { telephone: 'from the table' }));
    await rig.sync([anEvent('customer', '1', customerOf(rig, '1', { telephone: 'newer' }), { sequence: 1_001 })]);
    const late = await complete(rig, { entity: 'customer', mode: 'full' });
    expect(late.progress).toMatchObject({ seen: 1, skipped: 1, updated: 0 });
    expect(await phoneOf('1')).toBe('newer');

    exporter.sequence = 1_002;
    await complete(rig, { entity: 'customer', mode: 'full' });
    await rig.sync([anEvent('customer', '1', customerOf(rig, '1', { telephone: 'older' }), { sequence: 1_000 })]);
    expect(await phoneOf('1')).toBe('from the table');
  });

  test('parks a row that can never work, and goes on with the others', async () => {
    const exporter = await openExporter(rig, { customers: 0 });
    exporter.records.customer = new Map<string, unknown>([
      ['901', customerOf(rig, '901')],
      ['902', { ...customerOf(rig, '902'), email: 'no address' }],
      ['903', customerOf(rig, '903')],
    ]);
    const run = await complete(rig, { entity: 'customer', mode: 'full' });
    expect(run.progress).toMatchObject({ seen: 3, created: 2, failed: 1 });
    const { readFailure } = await import('../../lib/store/failures.ts');
    const failure = await readFailure(rig.connection, { entity: 'customer', recordId: '902' });
    expect(failure).toMatchObject({ code: 'SNAPSHOT_INVALID', eventId: `run-${run.id}-902` });

    // The next state of the record takes the failure away.
    exporter.records.customer.set('902', customerOf(rig, '902'));
    exporter.sequence += 1;
    expect((await complete(rig, { entity: 'customer', mode: 'full' })).progress).toMatchObject({
      created: 1,
      skipped: 2,
    });
    expect(await readFailure(rig.connection, { entity: 'customer', recordId: '902' })).toBeUndefined();
  });
});

test('an order of 5,000 bad lines is parked with some of its problems, and the run comes to its end', async () => {
  const exporter = await openExporter(rig, { customers: 0 });
  exporter.records.order = new Map([['5000', { ...anOrder(), lines: Array(5_000).fill({}) }]]);
  const run = await complete(rig, { entity: 'order', mode: 'full' });
  expect(run.progress).toMatchObject({ seen: 1, failed: 1 });
  const { readFailure } = await import('../../lib/store/failures.ts');
  const failure = await readFailure(rig.connection, { entity: 'order', recordId: '5000' });
  expect(failure).toMatchObject({ code: 'SNAPSHOT_INVALID', message: expect.stringContaining('data.lines.0.') });
  expect(failure?.message.length).toBeLessThan(2_000);
});

describe('a run of ids', () => {
  test('takes those, and counts what the store does not have', async () => {
    await openExporter(rig, { customers: 310 }, { bulkLimit: 2 });
    const ids = ['301', '302', '303', '999'];
    const run = await complete(rig, { entity: 'customer', mode: 'ids', ids });
    expect(run.progress).toMatchObject({ total: 4, seen: 4, created: 3, missing: 1 });
  });
});

describe('syncing one record now', () => {
  test('fetches it although the connector has never seen it; what the store lacks is counted', async () => {
    const exporter = await openExporter(rig, { customers: 0 });
    exporter.records.customer?.set('905', customerOf(rig, '905'));
    const sync = (id: string) => api<{ run: string }>(rig, 'POST', `/v1/mappings/customer/${id}/sync`);
    const look = (id: string) => api(rig, 'GET', `/v1/mappings/customer/${id}`, { role: 'viewer' });

    expect((await look('905')).status).toBe(404);
    const there = await sync('905');
    expect(there).toMatchObject({ status: 202, body: { sent: 0, run: expect.any(String) } });
    const run = await reach(rig, there.body.run, 'completed');
    expect(run).toMatchObject({ mode: 'ids', by: 'test', progress: { seen: 1, created: 1, missing: 0 } });
    expect((await look('905')).body).toMatchObject({ state: 'mapped', origin: 'created' });

    const lacking = await sync('906');
    expect((await reach(rig, lacking.body.run, 'completed')).progress).toMatchObject({ seen: 1, missing: 1 });
    expect((await look('906')).status).toBe(404);
  });
});

describe('an incremental run', () => {
  test('is a full one the first time, then asks for what has changed', async () => {
    const exporter = await openExporter(rig, { products: 5 });
    for (const id of ['1', '2', '3', '4', '5']) exporter.changedAt.set(`category/${id}`, '2020-01-01T00:00:00Z');
    exporter.records.category = new Map(
      ['1', '2', '3', '4', '5'].map((id) => [id, { names: [{ languageCode: 'en-gb', name: `Tools ${id}` }] }]),
    );
    const first = await complete(rig, { entity: 'category', mode: 'incremental' });
    expect(first.progress).toMatchObject({ seen: 5, created: 5 });
    exporter.records.category.set('4', { names: [{ languageCode: 'en-gb', name: 'Garden' }] });
    exporter.changedAt.set('category/4', new Date().toISOString());
    exporter.sequence += 1;
    const second = await complete(rig, { entity: 'category', mode: 'incremental' });
    expect(second.progress).toMatchObject({ total: 1, seen: 1, updated: 1 });
  });

  test('compares hashes where the store cannot tell what has changed', async () => {
    const exporter = await openExporter(rig, { customers: 20 });
    exporter.sequence = 3_000;
    await complete(rig, { entity: 'customer', mode: 'full' });
    exporter.records.customer?.set('7', customerOf(rig, '7', { telephone: '+1 555 0199' }));
    exporter.sequence += 1;
    const run = await complete(rig, { entity: 'customer', mode: 'incremental' });
    expect(run.progress).toMatchObject({ seen: 20, updated: 1, skipped: 19 });
    expect(exporter.requests.at(-1)).toEqual({ mode: 'ids', entity: 'customer', ids: ['7'] });
  });
});

describe('runs of all', () => {
  test('go one after the other in the order of dependence; what the store does not export is skipped', async () => {
    await openExporter(rig, { customers: 3, products: 3 });
    const runs = await start(rig, { entity: 'all', mode: 'full' });
    const ended: RunView[] = [];
    for (const { id, entity } of runs) {
      ended.push(await reach(rig, id, entity === 'customer' || entity === 'product' ? 'completed' : 'skipped'));
    }
    expect(ended.map(({ entity }) => entity)).toEqual(runs.map(({ entity }) => entity));
    for (const [index, { endedAt = '' }] of ended.entries()) {
      const next = ended[index + 1]?.startedAt;
      if (next !== undefined) expect(endedAt <= next).toBe(true);
    }
    expect(ended.find(({ state }) => state === 'skipped')?.problem).toMatchObject({ code: 'EXPORT_UNSUPPORTED' });
  });
});

describe('the API', () => {
  test.each([
    [{ entity: 'refund', mode: 'full' }, 400],
    [{ entity: 'customer', mode: 'ids' }, 400],
    [{ entity: 'customer', mode: 'full', ids: ['1'] }, 400],
    [{ entity: 'all', mode: 'ids', ids: ['1'] }, 400],
    [{ entity: 'customer', mode: 'full', allowDeletes: 1 }, 400],
  ])('refuses %j', async (body, status) => {
    expect((await api(rig, 'POST', '/v1/runs', { body })).status).toBe(status);
  });

  test('lets viewers look only', async () => {
    const body = { entity: 'customer', mode: 'full' };
    expect((await api(rig, 'POST', '/v1/runs', { body, role: 'viewer' })).status).toBe(403);
  });

  test('wants to know where the store exports', async () => {
    await rig.configure({});
    const answer = await api(rig, 'POST', '/v1/runs', { body: { entity: 'customer', mode: 'full' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'EXPORT_UNCONFIGURED' } });
  });

  test('knows no run of that id', async () => {
    const id = '01JD0000000000000000000000';
    expect((await api(rig, 'GET', `/v1/runs/${id}`)).status).toBe(404);
    expect((await api(rig, 'POST', `/v1/runs/${id}/cancel`)).status).toBe(404);
    expect((await api(rig, 'GET', '/v1/runs/x')).status).toBe(400);
  });

  test('lists runs, newest first, page by page', async () => {
    type List = { runs: RunView[]; next: string | null };
    const all: RunView[] = [];
    for (let cursor: string | null = ''; cursor !== null; ) {
      const query: Record<string, string> = { entity: 'customer', limit: '2', ...(cursor === '' ? {} : { cursor }) };
      const { body }: { body: List } = await api<List>(rig, 'GET', '/v1/runs', { query });
      all.push(...body.runs);
      cursor = body.next;
    }
    expect(all.length).toBeGreaterThan(4);
    expect(all.map(({ id }) => id)).toEqual([...new Set(all.map(({ id }) => id))].sort().reverse());
  });
});

async function phoneOf(id: string): Promise<unknown> {
  const [found] = await rig.odoo.searchRead('res.partner', [['email', '=', emailOf(rig, id)]], ['phone']);
  return found?.phone;
}

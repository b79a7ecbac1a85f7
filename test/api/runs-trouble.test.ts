import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Run } from '../../lib/store/runs.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import {
  complete,
  customerOf,
  customersInOdoo,
  look,
  openExporter,
  type RunView,
  reach,
  start,
} from '../support/runs.ts';

/** A function that hangs is killed after so long, as Lambda kills one that is out of time. */
const TIMEOUT_SECONDS = 12;

let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    limits: { bulk: { timeoutSeconds: TIMEOUT_SECONDS } },
    env: { RUN_LEASE_SECONDS: '4', RUN_STALL_SECONDS: '20' },
  });
});
afterAll(() => rig?.stop());

const patient = { timeout: 60_000 };
const full = { entity: 'customer', mode: 'full' };
const held = (seen: number) => ({ state: 'waiting', progress: { seen } });
const firstOf = (runs: readonly RunView[]): RunView => runs[0] as RunView;

/** Resolves when it is let go; whoever waits for it is stuck until then. */
function gate() {
  let open = () => {};
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  return { opened, open };
}

describe('a run whose function is killed', () => {
  test('while Odoo is at work resumes at its page, makes nothing twice, and counts everything once', async () => {
    const exporter = await openExporter(rig, { customers: 60 }, { bulkLimit: 20 });
    // Odoo takes the second page's records, and answers when nobody listens any more.
    exporter.trouble = (request) => {
      if (
        'after' in request &&
        request.after === '20' &&
        !exporter.requests.some((one) => 'after' in one && one.after === '20')
      ) {
        rig.sandbox?.inject({ model: 'res.partner', method: 'load', kind: 'slow', ms: TIMEOUT_SECONDS * 2_000 });
      }
      return undefined;
    };
    const run = firstOf(await start(rig, full));
    const done = await reach(rig, run.id, 'completed');
    const { created, adopted } = done.progress;
    // What Odoo made without our hearing of it is found there again.
    expect(created + adopted).toBe(60);
    expect(done.progress).toMatchObject({ total: 60, seen: 60, updated: 0, skipped: 0, failed: 0 });
    const again = exporter.requests.filter((one) => 'after' in one && one.after === '20');
    expect(again.length).toBeGreaterThan(1);
    const inOdoo = await customersInOdoo(rig);
    expect(inOdoo).toHaveLength(60);
    expect(new Set(inOdoo).size).toBe(60);
  });

  test('after its records are mapped, before that is noted: the page counts the same again', async () => {
    await openExporter(rig, { products: 20 }, { bulkLimit: 20 });
    const earlier = await complete(rig, { entity: 'product', mode: 'ids', ids: ['1'] });
    expect(earlier.progress).toMatchObject({ created: 1 });
    const counts = await workTwice({ entity: 'product', phase: 'all' });
    expect(counts[0]).toMatchObject({ seen: 20, created: 19, skipped: 1 });
    expect(counts[1]).toEqual(counts[0]);
  });
});

/** Works on the first page of a run twice, as if the first attempt had been killed at its very end. */
async function workTwice(over: Pick<Run, 'entity' | 'phase'>) {
  const { noCounts } = await import('../../lib/store/runs.ts');
  const { workOn } = await import('../../lib/runs/work.ts');
  const { steps } = await import('../../lib/runs/steps.ts');
  const now = new Date().toISOString();
  const run: Run = {
    ...{ id: '01JD0000000000000000000000', connection: rig.connection, mode: 'full', state: 'running', by: 'test' },
    ...{ group: 'g', page: 1, limit: 20, counts: noCounts, odooCalls: 0, workMs: 0, tries: 0 },
    ...{ pageSince: now, createdAt: now, updatedAt: now, ...over },
  };
  const quiet = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };
  const attempt = async () => (await steps[run.phase](await workOn(run, 0, quiet))).counts;
  return [await attempt(), await attempt()];
}

describe('one run per entity', () => {
  test('another one is refused with the current one; cancelled, it ends after its page', async () => {
    const exporter = await openExporter(rig, { customers: 40 }, { bulkLimit: 10 });
    const { opened, open } = gate();
    exporter.trouble = async (request) => {
      if (request.mode === 'all' && request.after === '10') await opened;
      return undefined;
    };
    const run = firstOf(await start(rig, full));
    await vi.waitFor(async () => expect((await look(rig, run.id)).progress.seen).toBe(10), patient);
    const other = await api(rig, 'POST', '/v1/runs', { body: full });
    expect(other).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT', current: { id: run.id, entity: 'customer' } },
    });
    const all = await api(rig, 'POST', '/v1/runs', { body: { entity: 'all', mode: 'full' } });
    expect(all).toMatchObject({ status: 409, body: { current: { id: run.id } } });

    const cancelled = await api(rig, 'POST', `/v1/runs/${run.id}/cancel`);
    expect(cancelled).toMatchObject({ status: 202, body: { state: 'running', cancelRequested: true } });
    open();
    const over = await reach(rig, run.id, 'cancelled');
    expect(over.progress.seen).toBe(20);
    expect((await api(rig, 'POST', `/v1/runs/${run.id}/cancel`)).status).toBe(409);
    expect((await api(rig, 'POST', `/v1/runs/${run.id}/cancel`, { role: 'viewer' })).status).toBe(403);

    // It goes on where it was stopped.
    expect((await api(rig, 'POST', `/v1/runs/${run.id}/resume`)).status).toBe(202);
    const done = await reach(rig, run.id, 'completed');
    expect(done.progress).toMatchObject({ seen: 40 });
    expect((await api(rig, 'POST', `/v1/runs/${run.id}/resume`)).status).toBe(409);
  });

  test('cancelling one of many cancels those after it', async () => {
    const exporter = await openExporter(rig, { customers: 40 });
    exporter.trouble = () => 'html';
    const runs = await start(rig, { entity: 'all', mode: 'full' });
    const first = firstOf(runs);
    await reach(rig, first.id, 'waiting');
    await api(rig, 'POST', `/v1/runs/${first.id}/cancel`);
    for (const { id } of runs) await reach(rig, id, 'cancelled');
    exporter.trouble = () => undefined;
    expect((await complete(rig, full)).progress.seen).toBe(40);
  });
});

describe('a page that is worked on twice at the same time', () => {
  test('is counted once', async () => {
    const exporter = await openExporter(rig, { products: 60 }, { bulkLimit: 10 });
    const ids = Array.from({ length: 40 }, (_, index) => String(index + 21));
    const { opened, open } = gate();
    let waiting = 0;
    exporter.trouble = async (request) => {
      if (request.mode !== 'ids' || !request.ids.includes('31')) return undefined;
      waiting += 1;
      if (waiting === 3) open();
      await opened;
      return undefined;
    };
    const run = firstOf(await start(rig, { entity: 'product', mode: 'ids', ids }));
    await vi.waitFor(() => expect(waiting).toBe(1), patient);
    await api(rig, 'POST', `/v1/runs/${run.id}/resume`);
    await api(rig, 'POST', `/v1/runs/${run.id}/resume`);
    const done = await reach(rig, run.id, 'completed');
    expect(waiting).toBeGreaterThanOrEqual(3);
    expect(done.progress).toMatchObject({ seen: 40, created: 40, skipped: 0 });
  });
});

describe('a record that Odoo cannot take for now', () => {
  test('is left to the queue of events when the others are done, and arrives by itself', async () => {
    const exporter = await openExporter(rig, { customers: 1 });
    exporter.records.customer = new Map([['501', customerOf(rig, '501')]]);
    await complete(rig, full);
    exporter.records.customer.set('502', customerOf(rig, '502', { firstName: 'Late' }));
    rig.sandbox?.inject({ model: 'res.partner', method: 'load', kind: 'http-502-html', times: 5 });
    const done = await complete(rig, full);
    expect(done.progress).toMatchObject({ seen: 2, skipped: 1, deferred: 1, failed: 0 });
    await rig.idle();
    expect(await customersInOdoo(rig)).toContain('502');
  });
});

describe('a store that is down', () => {
  test('makes the run wait and say why; it goes on by itself', async () => {
    const exporter = await openExporter(rig, { customers: 5 });
    exporter.trouble = () => 'hang up';
    const run = firstOf(await start(rig, full));
    const waiting = await reach(rig, run.id, 'waiting');
    expect(waiting.problem).toMatchObject({ code: 'STORE_UNREACHABLE' });
    exporter.trouble = () => 'html';
    // It fails otherwise now, and is held up since it first failed.
    const other = { code: 'STORE_UNAVAILABLE', since: waiting.problem?.since };
    await vi.waitFor(
      async () => expect((await look(rig, run.id)).problem).toMatchObject({ code: 'STORE_UNAVAILABLE' }),
      patient,
    );
    expect((await look(rig, run.id)).problem).toMatchObject(other);
    exporter.trouble = () => undefined;
    const done = await reach(rig, run.id, 'completed');
    expect(done.progress).toMatchObject({ seen: 5, failed: 0 });
    expect(done.problem).toBeUndefined();
  });

  test('and up for a page in between holds the run up anew', async () => {
    const exporter = await openExporter(rig, { customers: 20 }, { bulkLimit: 10 });
    exporter.trouble = () => 'html';
    const run = firstOf(await start(rig, full));
    const first = await reach(rig, run.id, 'waiting');
    exporter.trouble = (request) => ('after' in request && request.after !== undefined ? 'html' : undefined);
    await vi.waitFor(async () => expect(await look(rig, run.id)).toMatchObject(held(10)), patient);
    const second = await look(rig, run.id);
    expect(String(second.problem?.since) > String(first.problem?.since)).toBe(true);
    exporter.trouble = () => undefined;
    await reach(rig, run.id, 'completed');
  });

  test('with another secret: the run waits until that is mended', async () => {
    const exporter = await openExporter(rig, { customers: 5 });
    exporter.trouble = () => ({ status: 401, body: { error: 'The signature is wrong.' } });
    const run = firstOf(await start(rig, full));
    const waiting = await reach(rig, run.id, 'waiting');
    expect(waiting.problem).toMatchObject({ code: 'STORE_REFUSED', remedy: expect.stringContaining('secret') });
    exporter.trouble = () => undefined;
    await api(rig, 'POST', `/v1/runs/${run.id}/resume`);
    await reach(rig, run.id, 'completed');
  });
});

describe('a store that leads back to where the run was', () => {
  test('is asked for some more pages at most, and the run fails; mended, it goes on', async () => {
    const exporter = await openExporter(rig, { customers: 30 }, { bulkLimit: 10 });
    const row = { recordId: '21', hash: 'h', data: customerOf(rig, '21') };
    const back = { entity: 'customer', rows: [row], nextAfter: '10', hasMore: true };
    const body = { ...back, sequence: 1, time: '2026-11-20T18:45:10Z' };
    exporter.trouble = (request) => ('after' in request && request.after === '20' ? { status: 200, body } : undefined);
    const run = firstOf(await start(rig, full));
    const failed = await reach(rig, run.id, 'failed');
    expect(failed.problem).toMatchObject({ code: 'STORE_ANSWER_INVALID' });
    exporter.trouble = () => undefined;
    await api(rig, 'POST', `/v1/runs/${run.id}/resume`);
    await reach(rig, run.id, 'completed');
    expect((await customersInOdoo(rig)).length).toBeGreaterThanOrEqual(30);
  });
});

describe('an Odoo that refuses the key', () => {
  test('makes the run wait instead of parking every record', async () => {
    await openExporter(rig, { customers: 45 });
    await rig.setOdooPassword('wrong');
    const ids = ['41', '42', '43', '44', '45'];
    // Warm functions keep the right key for a while; a run of records that are unknown needs it.
    const run = firstOf(await start(rig, { entity: 'customer', mode: 'ids', ids }));
    await rig.setOdooPassword(rig.credentials.password);
    const done = await reach(rig, run.id, 'completed');
    expect(done.progress.created + done.progress.skipped).toBe(5);
    expect(done.progress.failed).toBe(0);
  });
});

test('a run whose message died is set going again', async () => {
  const exporter = await openExporter(rig, { customers: 5 });
  exporter.trouble = () => 'html';
  const run = firstOf(await start(rig, full));
  await reach(rig, run.id, 'waiting');
  const { PurgeQueueCommand, SQSClient } = await import('@aws-sdk/client-sqs');
  // A page that is worked on would be put off as a new message; one that is put off is nobody's for a moment.
  const waits = { visible: 0, inFlight: 0, delayed: 1 };
  await vi.waitFor(async () => expect((await rig.stack.queueCounts()).bulk).toEqual(waits), {
    ...patient,
    interval: 10,
  });
  await new SQSClient({}).send(new PurgeQueueCommand({ QueueUrl: rig.stack.queueUrls.bulk }));
  exporter.trouble = () => undefined;
  await reach(rig, run.id, 'completed');
  expect(rig.lines.some(({ message }) => message === 'run resumed')).toBe(true);
});

import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import {
  complete,
  customerOf,
  customersInOdoo,
  type Exporter,
  emailOf,
  openExporter,
  reach,
  start,
} from '../support/runs.ts';
import { anEvent, anOrder } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const sweep = { entity: 'customer', mode: 'sweep' };

const activeInOdoo = async (ids: readonly string[]): Promise<unknown[]> => {
  const domain = [['email', 'in', ids.map((id) => emailOf(rig, id))]] as const;
  const found = await rig.odoo.searchRead('res.partner', domain, ['email', 'active'], { archived: true, order: 'id' });
  return found.map(({ active }) => active);
};

async function suspicion(): Promise<string | undefined> {
  const { readFailure } = await import('../../lib/store/failures.ts');
  return (await readFailure(rig.connection, { entity: 'customer', recordId: 'sweep' }))?.code;
}

/** A store whose customers are all in Odoo. */
async function synced(count: number, settings = {}): Promise<Exporter> {
  const exporter = await openExporter(rig, { customers: count }, { bulkLimit: 10, ...settings });
  exporter.sequence = nextSequence();
  await complete(rig, { entity: 'customer', mode: 'full' });
  exporter.requests.length = 0;
  return exporter;
}

let sequence = 10_000;
const nextSequence = () => {
  sequence += 100;
  return sequence;
};

describe('a sweep', () => {
  test('flushes the outbox, asks for no record that is in step, and writes nothing', async () => {
    const exporter = await synced(30);
    const run = await complete(rig, sweep);
    expect(exporter.flushes).toBe(1);
    expect(run.progress).toMatchObject({ seen: 30, skipped: 30, created: 0, removed: 0, odooCalls: 0 });
    expect(exporter.requests.filter(({ mode }) => mode === 'ids')).toEqual([]);
  });

  test('makes up for events that never came: added, changed, deleted', async () => {
    const exporter = await synced(30);
    exporter.sequence = nextSequence();
    exporter.records.customer?.set('31', customerOf(rig, '31'));
    exporter.records.customer?.set('5', customerOf(rig, '5', { telephone: '+1 555 0142' }));
    exporter.records.customer?.delete('8');
    exporter.records.customer?.delete('9');
    const run = await complete(rig, sweep);
    expect(run.progress).toMatchObject({ seen: 29, created: 1, updated: 1, skipped: 27, removed: 2 });
    expect(await customersInOdoo(rig)).toContain('31');
    expect(await activeInOdoo(['8', '9'])).toEqual([false, false]);
    expect(await activeInOdoo(['5', '31'])).toEqual([true, true]);

    // Once is enough; and what comes back comes back.
    exporter.records.customer?.set('8', customerOf(rig, '8'));
    exporter.sequence = nextSequence();
    expect((await complete(rig, sweep)).progress).toMatchObject({ seen: 30, skipped: 29, removed: 0 });
    expect(await activeInOdoo(['8'])).toEqual([true]);
  });

  test('takes an event with the row’s hash for in step, and asks for one without', async () => {
    const exporter = await synced(30);
    const { createHash } = await import('node:crypto');
    const changed = customerOf(rig, '3', { telephone: 'by event' });
    exporter.records.customer?.set('3', changed);
    exporter.records.customer?.set('4', customerOf(rig, '4', { telephone: 'by event' }));
    const hash = createHash('md5').update(JSON.stringify(changed)).digest('hex');
    await rig.sync([
      { ...anEvent('customer', '3', changed, { sequence: nextSequence() }), hash },
      anEvent('customer', '4', exporter.records.customer?.get('4'), { sequence: nextSequence() }),
    ]);
    exporter.sequence = nextSequence();
    expect((await complete(rig, sweep)).progress).toMatchObject({ seen: 30, skipped: 30 });
    expect(exporter.requests.filter(({ mode }) => mode === 'ids')).toEqual([
      { mode: 'ids', entity: 'customer', ids: ['4'] },
    ]);
  });

  test('leaves guests alone, whom only orders tell of', async () => {
    await synced(30);
    const order = anOrder({ orderId: '77', customer: customerOf(rig, '700', { firstName: 'Guest' }) });
    await rig.sync([anEvent('order', '77', order)]);
    expect((await complete(rig, sweep)).progress).toMatchObject({ removed: 0 });
    expect(await activeInOdoo(['700'])).toEqual([true]);
  });
});

describe('a sweep deletes nothing', () => {
  test('when the store is empty, until a person says how many may go', async () => {
    const exporter = await synced(30);
    exporter.records.customer?.clear();
    exporter.sequence = nextSequence();
    const [run] = await start(rig, sweep);
    const failed = await reach(rig, run?.id ?? '', 'failed');
    expect(failed.problem).toMatchObject({ code: 'SWEEP_SUSPICIOUS', remedy: expect.stringContaining('allowDeletes') });
    expect(failed.progress).toMatchObject({ removed: 0 });
    expect(await suspicion()).toBe('SWEEP_SUSPICIOUS');
    expect(await activeInOdoo(['10', '11'])).toEqual([true, true]);

    const mapped = /lacks (\d+) of/.exec(failed.problem?.message ?? '')?.[1];
    const allowed = await complete(rig, { ...sweep, allowDeletes: Number(mapped) });
    expect(allowed.progress.removed).toBe(Number(mapped));
    expect(await activeInOdoo(['10', '11'])).toEqual([false, false]);
    expect(await suspicion()).toBeUndefined();
  });

  test('when it lacks more than a tenth, and more than ten', async () => {
    const exporter = await synced(30);
    for (let id = 1; id <= 11; id += 1) exporter.records.customer?.delete(String(id));
    exporter.sequence = nextSequence();
    const [run] = await start(rig, sweep);
    expect((await reach(rig, run?.id ?? '', 'failed')).problem?.message).toContain('lacks 11 of 30');
    exporter.records.customer?.set('11', customerOf(rig, '11'));
    expect((await complete(rig, sweep)).progress).toMatchObject({ removed: 10 });
  });

  test('when the store answers a page of errors', async () => {
    const exporter = await synced(30);
    exporter.trouble = ({ mode, ...rest }) => (mode === 'hashes' && 'ids' in rest ? 'html' : undefined);
    const [run] = await start(rig, sweep);
    await reach(rig, run?.id ?? '', 'waiting');
    exporter.trouble = () => undefined;
    expect((await reach(rig, run?.id ?? '', 'completed')).progress).toMatchObject({ removed: 0 });
  });
});

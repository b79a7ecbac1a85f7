/** A run that gets no further is told of, however often it is set going again. */
import { afterAll, beforeAll, beforeEach, expect, test, vi } from 'vitest';
import type { Run } from '../../lib/store/runs.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { openExporter, reach, start } from '../support/runs.ts';

const patient = { timeout: 120_000, interval: 500 };
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({
    limits: { bulk: { timeoutSeconds: 12 }, watch: { everyMinutes: 0 } },
    // It is set going again several times, and dies once at least, before it is told of.
    env: { RUN_LEASE_SECONDS: '2', RUN_STALL_SECONDS: '3', RUN_STANDSTILL_SECONDS: '20' },
  });
});
afterAll(() => rig?.stop());
beforeEach(() => {
  rig.notices.length = 0;
});

const watch = (minutesFromNow = 0) =>
  rig.stack.invoke('watch', { time: new Date(Date.now() + minutesFromNow * 60_000).toISOString() });
const told = async () => {
  await watch();
  expect(rig.notices).toHaveLength(1);
};

test('one whose function hangs on a page and is killed, again and again', async () => {
  const exporter = await openExporter(rig, { customers: 5 });
  let answer = () => {};
  const answers = new Promise<void>((resolve) => {
    answer = resolve;
  });
  exporter.trouble = async () => {
    await answers;
    return undefined;
  };
  const [run] = await start(rig, { entity: 'customer', mode: 'full' });
  await vi.waitFor(told, patient);
  expect(rig.notices[0]).toMatchObject({
    subject: `OpenCart-Odoo, ${rig.connection}: 1 new`,
    message: expect.stringContaining(`- [run-stalled] The run ${run?.id} of customer has finished no page since `),
  });
  // It was alive all the time.
  expect(rig.lines.filter(({ message }) => message === 'run resumed')).not.toEqual([]);
  await watch();
  expect(rig.notices).toHaveLength(1);

  answer();
  await reach(rig, run?.id ?? '', 'completed');
  await watch(20);
  expect(rig.notices[1]).toMatchObject({
    subject: `OpenCart-Odoo, ${rig.connection}: 1 over`,
    message: expect.stringContaining(run?.id ?? ''),
  });
});

test('one that many others came after', async () => {
  const { noCounts, putRun } = await import('../../lib/store/runs.ts');
  const long = new Date(Date.now() - 3 * 3_600_000).toISOString();
  const one = (id: string, state: Run['state'], over: Partial<Run> = {}): Run => ({
    ...{ id, connection: rig.connection, entity: 'product', mode: 'full', state, by: 'test', group: id },
    ...{ phase: 'all', page: 1, limit: 20, counts: noCounts, odooCalls: 0, workMs: 0, tries: 0 },
    ...{ pageSince: long, createdAt: long, updatedAt: long, ...over },
  });
  await putRun(one('01JD0000000000000000000000', 'running'));
  for (let later = 1; later <= 60; later += 1) {
    await putRun(one(`01JE00000000000000000000${String(later).padStart(2, '0')}`, 'completed'));
  }
  await vi.waitFor(told, patient);
  expect(rig.notices[0]?.message).toContain('01JD0000000000000000000000');
});

test('but not one of many that has just begun, because those before it took long', async () => {
  const exporter = await openExporter(rig, { customers: 5 });
  const { noCounts, putRun, readRun } = await import('../../lib/store/runs.ts');
  const { sendPage } = await import('../../lib/runs/send.ts');
  const long = new Date(Date.now() - 3 * 3_600_000).toISOString();
  exporter.trouble = () => 'html';
  const next: Run = {
    ...{ id: '01JF0000000000000000000000', connection: rig.connection, entity: 'customer', mode: 'full' },
    ...{ state: 'queued', by: 'test', group: 'g', phase: 'prepare', page: 0, limit: 20, counts: noCounts },
    ...{ odooCalls: 0, workMs: 0, tries: 0, pageSince: long, createdAt: long, updatedAt: new Date().toISOString() },
  };
  await putRun(next);
  await sendPage(next);
  await vi.waitFor(async () => expect((await readRun(next))?.state).not.toBe('queued'), patient);
  expect(String((await readRun(next))?.pageSince) > long).toBe(true);
});

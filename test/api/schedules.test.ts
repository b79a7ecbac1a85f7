/** What the schedules in the settings start, by the clock that the test holds. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { functions } from '../../infra/topology.ts';
import type { Start } from '../../lib/schedules/due.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';

let rig: Rig;
let due: typeof import('../../lib/schedules/due.ts');
const observer = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };

beforeAll(async () => {
  rig = await startRig();
  due = await import('../../lib/schedules/due.ts');
});
afterAll(() => rig?.stop());

interface View {
  version: number;
  at: string;
  schedules: { name: string; lastStartedAt: string | null; nextAt: string | null }[];
}
const read = async () => (await api<View>(rig, 'GET', '/v1/settings')).body;
async function set(settings: object): Promise<Date> {
  const body = { version: (await read()).version, settings };
  const answer = await api<View>(rig, 'PATCH', '/v1/settings', { body });
  expect(answer.status).toBe(200);
  return new Date(answer.body.at);
}

/** Long past, so that what is started here is not due for the stack's own function as well. */
let started: string[] = [];
const runs: Start = async (connection, { entity, mode }, by) => {
  if (connection === rig.connection) started.push(`${entity} ${mode} by ${by}`);
  return { runs: [] };
};
const startDue = (now: Date, start = runs) => due.startDue(now, start, observer);
const later = (from: Date, minutes: number) => new Date(from.getTime() + minutes * 60_000);
const far = (minutes: number) => later(new Date('2031-05-05T00:00:00Z'), minutes);
const off = { sweep: { enabled: false } };

beforeEach(async () => {
  started = [];
  await set({ exportUrl: 'http://127.0.0.1:9/export', schedules: null });
  await set({ schedules: off });
});

describe('a schedule', () => {
  test('is started when its time has come, once, and again when its time has come again', async () => {
    const at = await set({ schedules: { order: { when: 'rate(2 hours)' } } });
    await startDue(later(at, 119));
    expect(started).toEqual([]);
    await startDue(later(at, 121));
    await startDue(later(at, 122));
    expect(started).toEqual(['order incremental by schedule order']);
    await startDue(later(at, 240));
    expect(started).toHaveLength(1);
    await startDue(later(at, 242));
    expect(started).toHaveLength(2);
  });

  test('of two that look at the same time one starts it', async () => {
    const at = await set({ schedules: { product: { when: 'rate(1 day)', mode: 'full' } } });
    await Promise.all([1, 2, 3, 4].map(() => startDue(later(at, 1_500))));
    expect(started).toEqual(['product full by schedule product']);
  });

  test('can be a cron expression, of all or of the sweep', async () => {
    await set({
      schedules: { sweep: { enabled: true, when: 'cron(15 3 * * *)' }, all: { when: 'cron(0 4 * * MON)' } },
    });
    const view = await read();
    expect(view.schedules.map(({ name }) => name).sort()).toEqual(['all', 'sweep']);
    expect(view.schedules.find(({ name }) => name === 'sweep')?.nextAt).toMatch(/T03:15:00.000Z$/);
    await startDue(far(0));
    expect(started.sort()).toEqual(['all incremental by schedule all', 'all sweep by schedule sweep']);
    // The fifth of May 2031 is a Monday.
    await startDue(far(195));
    expect(started).toHaveLength(3);
    await startDue(far(240));
    expect(started).toHaveLength(4);
  });

  test('that is switched off, or has no store to ask, is not started', async () => {
    await set({ schedules: { customer: { when: 'rate(1 minute)', enabled: false }, tax: { when: 'rate(1 minute)' } } });
    await set({ exportUrl: null });
    await startDue(far(0));
    expect(started).toEqual([]);
    await set({ exportUrl: 'http://127.0.0.1:9/export' });
    await startDue(far(0));
    expect(started).toEqual(['tax incremental by schedule tax']);
  });

  test('waits for its next time while the run before is still going, and the log says so', async () => {
    const at = await set({ schedules: { category: { when: 'rate(1 hour)' } } });
    const busy = (async () => ({ current: { entity: 'category' } })) as unknown as Start;
    await startDue(later(at, 61), busy);
    await startDue(later(at, 62));
    expect(started).toEqual([]);
    const { logs } = await rig.logs({ code: 'SCHEDULE_SKIPPED' });
    expect(logs).toHaveLength(1);
    expect(logs[0]?.message).toContain('category');
  });

  test('that broke down is not lost, and keeps no other from starting', async () => {
    const at = await set({ schedules: { option: { when: 'rate(1 hour)' } } });
    await startDue(later(at, 61), async () => {
      throw new Error('DynamoDB is down');
    });
    const option = (await read()).schedules.find(({ name }) => name === 'option');
    expect(option).toMatchObject({ lastStartedAt: null });
    expect(new Date(option?.nextAt ?? '').getTime()).toBeLessThanOrEqual(later(at, 61).getTime());
  });
});

test('the function that EventBridge calls every minute starts real runs', async () => {
  expect(functions.schedules).toMatchObject({ everyMinutes: 1 });
  await set({ schedules: { currency: { when: 'rate(30 days)' } } });
  await rig.stack.invoke('schedules', { time: '2035-01-01T00:00:00Z' });
  const { body } = await api<{ runs: object[] }>(rig, 'GET', '/v1/runs', { query: { entity: 'currency' } });
  expect(body.runs).toMatchObject([{ entity: 'currency', mode: 'incremental', by: 'schedule currency' }]);
});

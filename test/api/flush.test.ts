/** The store is asked again and again for what waits in its outbox. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type Rig, startRig } from '../support/rig.ts';
import { openExporter } from '../support/runs.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
}, 60_000);
afterAll(() => rig?.stop());

const patient = { timeout: 20_000, interval: 50 };
const tick = (time: string) => rig.stack.invoke('flush', { time });

test('every minute, also after it did not answer or refused', async () => {
  const exporter = await openExporter(rig, {}, { flushMinutes: 1 });
  await tick('2026-11-24T12:00:10Z');
  expect(exporter.flushes).toBeGreaterThan(0);
  exporter.trouble = () => 'html';
  await tick('2026-11-24T12:01:10Z');
  await vi.waitFor(() => expect(rig.lines.map(({ message }) => message)).toContain('store not flushed'), patient);
  expect(JSON.stringify(rig.lines)).not.toContain(rig.secret);
  exporter.trouble = () => undefined;
  const before = exporter.flushes;
  await tick('2026-11-24T12:02:10Z');
  expect(exporter.flushes).toBeGreaterThan(before);
});

test('as often as the settings say, and not at all where they say so', async () => {
  const seldom = await openExporter(rig, {}, { flushMinutes: 1_440 });
  await tick('2026-11-24T12:01:00Z');
  expect(seldom.flushes).toBe(0);
  await tick('2026-11-24T00:00:30Z');
  expect(seldom.flushes).toBe(1);
  const never = await openExporter(rig, {}, { flushMinutes: 0 });
  await tick('2026-11-24T00:00:30Z');
  expect(never.flushes).toBe(0);
});

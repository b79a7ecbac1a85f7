/** The store is asked again and again for what waits in its outbox. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, expect, onTestFinished, test, vi } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { addConnection } from '../support/connections.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { openExporter } from '../support/runs.ts';

let rig: Rig;
beforeAll(async () => {
  // It asks when the test says so, and not by the clock as well.
  rig = await startRig({ limits: { flush: { everyMinutes: 0 } } });
});
afterAll(() => rig?.stop());

const patient = { timeout: 60_000, interval: 50 };
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

test('a store that does not answer, or answers without end, keeps no other from its turn', async () => {
  const names = Array.from({ length: 45 }, (_, index) => `${rig.tag}_${String(index).padStart(2, '0')}`);
  const asked = new Set<string>();
  let release = (): void => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  const server = createServer(async (request, response) => {
    const name = String(request.headers['x-connection']);
    asked.add(name);
    if (name === names[0]) await released;
    response.writeHead(200, { 'content-type': 'application/json' });
    if (name === names[1]) response.write(' '.repeat(1_000_000));
    response.end('{"sent":0,"waiting":0}');
  });
  const url = `${await listen(server)}/index.php`;
  onTestFinished(() => close(server));
  const settings = { odooUrl: 'http://127.0.0.1:1', odooDatabase: 'x', exportUrl: url, flushMinutes: 1 };
  for (const name of names) await addConnection(rig, name, { settings });
  const round = tick('2026-11-24T12:00:10Z');
  await vi.waitFor(() => expect(asked.size).toBe(names.length), patient);
  release();
  await round;
  const failed = () => rig.lines.filter(({ message }) => message === 'store not flushed');
  await vi.waitFor(
    () =>
      expect(failed().map(({ connection, code }) => [connection, code])).toContainEqual([
        names[1],
        'STORE_ANSWER_TOO_LARGE',
      ]),
    patient,
  );
});

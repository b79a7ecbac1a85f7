/** A record that Odoo dies of, among good ones. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { chunks } from '../../lib/collections.ts';
import { MAX_EVENTS } from '../../lib/opencart/events.ts';
import { callsIn, type LogLine, type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

/** Many, so that it does not matter into how many batches they come. */
const CUSTOMERS = 200;
const patient = { timeout: 100_000, interval: 50 };
const POISON = 'PoisonedByTheTest';
const died = { status: 500, type: 'text/html', body: '<h1>500 Internal Server Error</h1>' };

let proxy: StandIn;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ env: { LONGEST_RETRY_SECONDS: '1' } });
  proxy = await startProxy({
    target: () => rig.credentials.url,
    before: (body) =>
      (isDown && body.includes('<string>load</string>')) || body.includes(POISON)
        ? { name: 'died', passed: 0, gets: died }
        : undefined,
  });
  await rig.configure({ odooUrl: proxy.url });
});
afterAll(async () => {
  await rig?.stop();
  await proxy.stop();
});

let isDown = false;
/** Because of Odoo; waiting for the lane is another matter. */
const isRetried = ({ message, code }: LogLine) => message === 'retrying' && code === 'ODOO_UNAVAILABLE';

test('all others arrive at once, in far fewer calls than there are records', async () => {
  const events = Array.from({ length: CUSTOMERS }, (_, index) => {
    const over = index === CUSTOMERS / 2 ? { lastName: POISON } : {};
    return anEvent('customer', String(index + 1), aCustomer({ email: `c${index}.${rig.tag}@example.com`, ...over }));
  });
  for (const some of chunks(events, MAX_EVENTS)) await rig.post(some);
  const synced = () => rig.lines.filter(({ message }) => message === 'synced').length;
  await vi.waitFor(() => expect(synced()).toBe(CUSTOMERS - 1), patient);
  const found = [['email_normalized', '=like', `c%.${rig.tag}@example.com`]] as const;
  expect(await rig.odoo.searchRead('res.partner', found, ['id'])).toHaveLength(CUSTOMERS - 1);
  // Nobody had to wait for another delivery but the poison.
  const retried = rig.lines.filter(isRetried).map(({ recordId }) => recordId);
  expect([...new Set(retried)]).toEqual([String(CUSTOMERS / 2 + 1)]);
  const loads = callsIn(rig.lines).filter((call) => call === 'res.partner.load');
  expect(loads.length).toBeLessThan(CUSTOMERS / 2);
});

test('an Odoo that dies of everything is asked no more than thrice for a batch', async () => {
  isDown = true;
  const from = rig.lines.length;
  const events = Array.from({ length: 10 }, (_, index) =>
    anEvent('customer', `down${index}`, aCustomer({ email: `down${index}.${rig.tag}@example.com` })),
  );
  await rig.post(events);
  const retried = (lines: readonly LogLine[]) =>
    lines.filter((line) => isRetried(line) && /^down/.test(String(line.recordId)));
  await vi.waitFor(() => expect(retried(rig.lines.slice(from)).length).toBeGreaterThanOrEqual(events.length), patient);
  isDown = false;
  const lines = rig.lines.slice(from);
  const first = lines.indexOf(retried(lines)[0] as LogLine);
  const batch = (line: LogLine) => String(line.eventIds).includes(events[0]?.id ?? '');
  const loads = lines
    .slice(0, first)
    .filter((line) => line.message === 'odoo call' && line.method === 'load' && batch(line));
  expect(loads).toHaveLength(3);
  const found = [['email_normalized', '=like', `down%.${rig.tag}@example.com`]] as const;
  await vi.waitFor(
    async () => expect(await rig.odoo.searchRead('res.partner', found, ['id'])).toHaveLength(events.length),
    patient,
  );
});

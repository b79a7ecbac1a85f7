/** A record that the function which works on it dies of, among good ones. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { deathsOfOne } from '../../lib/queue/suspects.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const CUSTOMERS = 12;
const KILLER = 'KilledByTheTest';

let proxy: StandIn;
let rig: Rig;
let deaths = 0;

beforeAll(async () => {
  rig = await startRig({
    visibilitySeconds: 6,
    env: { LANE_LEASE_SECONDS: '1', LONGEST_RETRY_SECONDS: '1' },
    limits: { 'consumer-customer': { timeoutSeconds: 3 }, watch: { everyMinutes: 0 } },
  });
  const { url } = rig.credentials;
  proxy = await startProxy({
    target: () => url,
    // No answer while the function lives: it runs out of time.
    before: (body) => {
      if (!body.includes(KILLER)) return undefined;
      deaths += 1;
      return { name: 'hung up', passed: 0, wait: 5_000, gets: 'hang up' };
    },
  });
  await rig.configure({ odooUrl: proxy.url });
});
afterAll(async () => {
  await rig?.stop();
  await proxy?.stop();
});

const named = (prefix: string) =>
  rig.odoo.searchRead('res.partner', [['email_normalized', '=like', `${prefix}%.${rig.tag}@example.com`]], ['id']);

test('all others arrive, once each; what kills is parked with the reason, and tried again alone', async () => {
  const events = Array.from({ length: CUSTOMERS }, (_, index) => {
    const over = index === CUSTOMERS / 2 ? { lastName: KILLER } : {};
    return anEvent('customer', String(index + 1), aCustomer({ email: `k${index}.${rig.tag}@example.com`, ...over }));
  });
  await rig.post(events);
  const parked = () => rig.lines.filter(({ message }) => message === 'parked');
  await vi.waitFor(() => expect(parked()).toHaveLength(1), { timeout: 100_000, interval: 50 });
  expect(parked()[0]).toMatchObject({ code: 'FUNCTION_DIED', recordId: String(CUSTOMERS / 2 + 1) });
  await rig.idle();
  expect(await named('k')).toHaveLength(CUSTOMERS - 1);
  // The alarm on errors of functions lets it die so often.
  expect(deaths).toBeLessThanOrEqual(deathsOfOne(CUSTOMERS));

  // It dies once more, and alone: what comes with it needs no second delivery.
  const until = deaths;
  const again = aCustomer({ email: `k0a.${rig.tag}@example.com`, lastName: KILLER });
  const others = Array.from({ length: CUSTOMERS }, (_, index) =>
    anEvent('customer', `b${index}`, aCustomer({ email: `b${index}.${rig.tag}@example.com` })),
  );
  await rig.post([anEvent('customer', String(CUSTOMERS / 2 + 1), again), ...others]);
  await vi.waitFor(() => expect(parked()).toHaveLength(2), { timeout: 100_000, interval: 50 });
  await rig.idle();
  expect(deaths).toBe(until + 1);
  expect(await named('b')).toHaveLength(CUSTOMERS);
  const { causeRows } = await import('../../lib/queue/failures.ts');
  const { causes } = await causeRows(rig.connection, 10);
  expect(causes).toMatchObject([{ code: 'FUNCTION_DIED', records: 1 }]);
  // A minute here, where others are tried after a second.
  expect(Date.parse(String(causes[0]?.nextTrialAt))).toBeGreaterThan(Date.now() + 30_000);

  const before = deaths;
  await rig.post([anEvent('customer', String(CUSTOMERS / 2 + 1), aCustomer({ email: `k0b.${rig.tag}@example.com` }))]);
  await rig.idle();
  expect(await named('k')).toHaveLength(CUSTOMERS);
  expect(deaths).toBe(before);
  expect((await rig.logs({ code: 'FUNCTION_DIED' })).logs).toHaveLength(2);
});

/** Connections share the places where batches are worked on: one whose Odoo is slow must not fill them. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { signatureHeaders } from '../../lib/opencart/signature.ts';
import { email, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const BACKLOG = 600;
const BATCH = 200;
const PER_REQUEST = 50;
const patient = { timeout: 50_000, interval: 50 };

let proxy: StandIn;
let slowCalls = 0;
let open = () => {};
const gate = new Promise<void>((resolve) => {
  open = resolve;
});

beforeAll(async () => {
  await openRig();
  const target = () => rig.credentials.url;
  const before = async () => {
    slowCalls += 1;
    await gate;
    return undefined;
  };
  proxy = await startProxy({ target, before });
});
afterAll(async () => {
  open();
  await proxy.stop();
  await rig?.stop();
});

test('while an Odoo does not answer, events of other connections pass what waits for it', async () => {
  const { pair } = await import('../../lib/store/pairing.ts');
  const { url, database, user, password } = rig.credentials;
  expect(proxy.url).not.toBe(url);
  const slow = `${rig.connection}_slow`;
  const settings = { odooUrl: proxy.url, odooDatabase: database };
  const secret = await pair(slow, { settings, odooLogin: { user, password } });
  for (let start = 0; start < BACKLOG; start += PER_REQUEST) {
    const events = Array.from({ length: PER_REQUEST }, (_, index) =>
      anEvent('customer', String(start + index), aCustomer({ email: email(`slow${start + index}`) })),
    );
    const body = JSON.stringify({ events });
    const signed = signatureHeaders(secret, `msg_${start}`, new Date(), body);
    expect((await rig.postRaw(body, { 'x-connection': slow, ...signed })).status).toBe(202);
  }
  await vi.waitFor(() => expect(slowCalls).toBeGreaterThan(0), patient);

  const before = rig.lines.length;
  await rig.post([anEvent('customer', 'quick', aCustomer({ email: email('quick') }))]);
  await vi.waitFor(async () => expect(await partners(email('quick'))).toHaveLength(1), patient);

  // One batch waits for the answer, and some may have been there before the quick one: else all others had their turn.
  const waited = rig.lines.slice(before).filter(({ message, code }) => message === 'retrying' && code === 'LANE_BUSY');
  expect(waited.length).toBeLessThan(BACKLOG - BATCH);
});

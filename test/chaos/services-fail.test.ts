/** A DynamoDB that fails is no record's fault: the batch comes again as one. */
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import type { Fault } from '../../infra/local/chaos/fault.ts';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { callsIn, type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const CUSTOMERS = 8;
/** Of what it answers the SDK repeats most; this it gives back at once. */
const refusal = { __type: 'com.amazonaws.dynamodb.v20120810#AccessDeniedException', message: 'Not now' };
const refused: Fault = {
  ...{ name: 'refused', passed: 0 },
  gets: { status: 400, type: 'application/x-amz-json-1.0', body: JSON.stringify(refusal) },
};

let proxy: StandIn;
let rig: Rig;
let left = 0;

beforeAll(async () => {
  proxy = await startProxy({
    target: () => process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    before: (body) => {
      if (left === 0 || !body.includes('"contentHash"')) return undefined;
      left -= 1;
      return refused;
    },
  });
  rig = await startRig({ dynamoDb: proxy.url });
}, 60_000);
afterAll(async () => {
  await rig?.stop();
  await proxy.stop();
}, 30_000);

test('a batch whose mappings could not be written is sent to Odoo once more, not record by record', async () => {
  left = 1;
  const events = Array.from({ length: CUSTOMERS }, (_, index) =>
    anEvent('customer', String(index + 1), aCustomer({ email: `mapped${index}.${rig.tag}@example.com` })),
  );
  await rig.post(events);
  await vi.waitFor(() => expect(left).toBe(0), { timeout: 60_000 });
  await rig.idle();
  const synced = rig.lines.filter(({ message }) => message === 'synced');
  expect(synced).toHaveLength(CUSTOMERS);
  const loads = callsIn(rig.lines).filter((call) => call === 'res.partner.load');
  // The events may come again in two groups, as each waits for a moment of its own.
  expect(loads.length).toBeLessThanOrEqual(3);
  const found = [['email_normalized', '=like', `mapped%.${rig.tag}@example.com`]] as const;
  expect(await rig.odoo.searchRead('res.partner', found, ['id'])).toHaveLength(CUSTOMERS);
}, 120_000);

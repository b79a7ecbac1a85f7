/** A DynamoDB that leaves batches undone, as it does when it throttles them: no request of those has failed. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { unprocessed } from '../../infra/local/chaos/aws-faults.ts';
import { type StandIn, startProxy } from '../../infra/local/chaos/proxy.ts';
import { mostCallsAtOnce, type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const CUSTOMERS = 8;
/** As often as it is asked for a batch, before that counts as failed. */
const ROUNDS = 9;

let proxy: StandIn;
let rig: Rig;
let undone = 0;

beforeAll(async () => {
  proxy = await startProxy({
    target: () => process.env.AWS_ENDPOINT_URL_DYNAMODB ?? '',
    before: (body) => {
      // The mappings of what Odoo has taken.
      if (undone === ROUNDS || !body.includes('"contentHash"') || !body.includes('"PutRequest"')) return undefined;
      undone += 1;
      return { name: 'unprocessed', passed: 0, gets: unprocessed };
    },
  });
  rig = await startRig({ dynamoDb: proxy.url });
});
afterAll(async () => {
  await rig?.stop();
  await proxy.stop();
});

test('a batch whose mappings are left undone is sent to Odoo once more, not record by record', async () => {
  const events = Array.from({ length: CUSTOMERS }, (_, index) =>
    anEvent('customer', String(index + 1), aCustomer({ email: `undone${index}.${rig.tag}@example.com` })),
  );
  await rig.sync(events);
  expect(undone).toBe(ROUNDS);
  expect(rig.lines.filter(({ message }) => message === 'synced')).toHaveLength(CUSTOMERS);
  // They may come again in several groups, as each waits for a moment of its own.
  expect(mostCallsAtOnce(rig.lines, 'res.partner.load')).toBe(1);
  const found = [['email_normalized', '=like', `undone%.${rig.tag}@example.com`]] as const;
  expect(await rig.odoo.searchRead('res.partner', found, ['id'])).toHaveLength(CUSTOMERS);
});

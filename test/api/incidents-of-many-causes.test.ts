/** However many causes there are: all of them are seen, and those of one code are one incident. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import type { ErrorCode } from '../../lib/errors/index.ts';
import { api } from '../support/api.ts';
import type { Rig } from '../support/rig.ts';
import { startWatched } from '../support/watched.ts';

let rig: Rig;
let later: (minutes: number) => Promise<void>;
beforeAll(async () => {
  ({ rig, later } = await startWatched());
});
afterAll(() => rig?.stop());
beforeEach(() => {
  rig.notices.length = 0;
});

async function park(
  code: ErrorCode,
  entity: string,
  recordId: string,
  subject = `${entity}/${recordId}`,
  message = '',
) {
  const { ConnectorError } = await import('../../lib/errors/index.ts');
  const store = await import('../../lib/store/failures.ts');
  const error = new ConnectorError(code, message, { subject });
  const event = { eventId: `e-${entity}-${recordId}`, sequence: 1, body: '{}' };
  await store.park({ connection: rig.connection, entity, recordId, error, ...event });
}
const parkCustomers = async (ids: readonly number[]) => {
  for (const id of ids) await park('MATCH_REPORTED', 'customer', String(id));
};
const upTo = (count: number) => Array.from({ length: count }, (_, index) => index);
/** As the last round has counted them. */
const parkedRecords = () => {
  const line = rig.printed.filter((one) => one.includes('"ParkedRecords":')).at(-1) ?? '{}';
  return (JSON.parse(line) as { ParkedRecords?: number }).ParkedRecords;
};

test('records that each have a cause of their own neither hide another one nor come one by one', async () => {
  await park('TAX_UNMAPPED', 'order', '1', 'tax/86');
  await later(0);
  await later(5);
  expect(rig.notices).toMatchObject([{ message: expect.stringContaining('(TAX_UNMAPPED): 1 record parked.') }]);

  await parkCustomers(upTo(60));
  for (const _ of upTo(5)) await later(5);
  expect(rig.notices).toHaveLength(2);
  expect(rig.notices[1]).toMatchObject({
    subject: `OpenCart-Odoo, ${rig.connection}: 1 new`,
    message: expect.stringContaining('(MATCH_REPORTED): 60 records parked, of 60 causes.'),
  });
  expect(parkedRecords()).toBe(61);

  // One after the other: all of that incident.
  for (const id of [61, 62, 63]) {
    await parkCustomers([id]);
    await later(5);
  }
  expect(rig.notices).toHaveLength(2);
  expect(parkedRecords()).toBe(64);
});

test('what begins among them is told of, and what is over', async () => {
  await park('TOTAL_MISMATCH', 'order', '2');
  await later(5);
  await later(5);
  expect(rig.notices).toMatchObject([
    {
      subject: `OpenCart-Odoo, ${rig.connection}: 1 new`,
      message: expect.stringContaining('(TOTAL_MISMATCH): 1 record parked.'),
    },
  ]);
  await api(rig, 'DELETE', '/v1/failures/order/1');
  await later(5);
  await later(15);
  expect(rig.notices[1]).toMatchObject({
    subject: `OpenCart-Odoo, ${rig.connection}: 1 over`,
    message: expect.stringContaining('(TAX_UNMAPPED)'),
  });
});

test('what has become ten times as large since is told of once more', async () => {
  const parkOrders = async (count: number) => {
    for (const id of upTo(count)) await park('TOTAL_MISMATCH', 'order', String(2 + id));
    await later(5);
  };
  await parkOrders(9);
  expect(rig.notices).toEqual([]);
  await parkOrders(10);
  await later(5);
  expect(rig.notices).toMatchObject([
    {
      subject: `OpenCart-Odoo, ${rig.connection}: 1 grown`,
      message: expect.stringContaining('(TOTAL_MISMATCH): 10 records parked'),
    },
  ]);
  await parkOrders(11);
  expect(rig.notices).toHaveLength(1);
});

test('of more than are counted every code is known, and that there are more', async () => {
  const { parkedByCode } = await import('../../lib/store/parked.ts');
  // DynamoDB answers a mebibyte at a time.
  for (const id of upTo(12)) await park('MATCH_REPORTED', 'customer', String(id), undefined, 'x'.repeat(100_000));
  const one = await parkedByCode(rig.connection, 1);
  expect(one.map(({ code }) => code).sort()).toEqual(['MATCH_REPORTED', 'TOTAL_MISMATCH']);
  for (const { isMore } of one) expect(isMore).toBe(true);
  const all = await parkedByCode(rig.connection);
  expect(all.find(({ code }) => code === 'MATCH_REPORTED')).toMatchObject({ records: 63, causes: 63, isMore: false });
  expect(all.find(({ code }) => code === 'TOTAL_MISMATCH')).toMatchObject({ records: 11, causes: 11, isMore: false });
});

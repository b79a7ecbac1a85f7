/** Many records mapped by hand, from a file. */
import { afterAll, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Value } from '../../lib/odoo/client.ts';
import type { Mapping, RecordKey } from '../../lib/store/mappings.ts';
import { api } from '../support/api.ts';
import { exportOf, itemsIn } from '../support/mappings.ts';
import { email, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

interface ImportAnswer {
  mapped?: number;
  unchanged?: number;
  skipped?: number;
  released?: number;
  detail?: string;
  errors?: { path: string; reason: string }[];
}

beforeAll(openRig);
afterAll(() => rig?.stop());
beforeEach(() => rig.configure({}));

const upload = (csv: string, entity = 'customer') =>
  api<ImportAnswer>(rig, 'POST', `/v1/mappings/${entity}/import`, { body: { csv } });
const create = async (model: string, vals: Record<string, Value>) =>
  [await rig.odoo.call(model, 'create', [vals])].flat()[0] as number;
const contacts = (count: number) =>
  Promise.all(Array.from({ length: count }, (_, index) => create('res.partner', { name: `I${index} ${rig.tag}` })));
const lines = (rows: readonly (readonly (string | number)[])[]) =>
  ['recordId,odooId', ...rows.map((row) => row.join(','))].join('\r\n');

test('maps its rows; again it changes nothing; one call to Odoo for all of them', async () => {
  const ids = await contacts(5);
  const csv = lines(ids.map((id, index) => [`a${index}`, id]));
  // As an import that was interrupted leaves it.
  expect(await upload(lines([['a0', ids[0] as number]]))).toMatchObject({ status: 200, body: { mapped: 1 } });
  const before = rig.lines.length;
  expect(await upload(csv)).toMatchObject({ status: 200, body: { mapped: 4, unchanged: 1, skipped: 0 } });
  const calls = rig.lines
    .slice(before)
    .filter(({ message, model }) => message === 'odoo call' && model === 'res.partner');
  expect(calls).toHaveLength(1);
  const items = await itemsIn(rig, 'customer');
  expect(items).toHaveLength(5);
  expect(items[0]).toMatchObject({ recordId: 'a0', odooId: ids[0], origin: 'manual' });
  expect(await upload(csv)).toMatchObject({ status: 200, body: { mapped: 0, unchanged: 5 } });
  expect(await itemsIn(rig, 'customer')).toEqual(items);
  const { logs } = await rig.logs({ code: 'MAPPINGS_IMPORTED' });
  expect(logs[0]).toMatchObject({ by: 'test', entity: 'customer' });
});

test('takes an export as it is, and what was changed in it', async () => {
  await rig.sync([anEvent('customer', 'b1', aCustomer({ email: email('b1'), firstName: '=1+1' }))]);
  const { csv } = await exportOf(rig, 'customer');
  expect(await upload(csv)).toMatchObject({ status: 200, body: { mapped: 0 } });
  const [first] = await partners(email('b1'));
  const [other] = await contacts(1);
  expect(await upload(csv.replace(`,${first?.id},`, `,${other},`))).toMatchObject({ status: 200, body: { mapped: 1 } });
  // A spreadsheet of another language.
  const excel = `\uFEFFrecordId;odooId\r\nb1;${first?.id}\r\n`;
  expect(await upload(excel)).toMatchObject({ status: 200, body: { mapped: 1 } });
});

describe('with a row that cannot be', () => {
  test('is refused row by row, and nothing of it is done', async () => {
    const [one, two, three, taken] = (await contacts(4)) as [number, number, number, number];
    await upload(lines([['c0', taken]]));
    const before = await itemsIn(rig, 'customer');
    const answer = await upload(
      ['entity,recordId,odooId']
        .concat(
          [`customer,c1,${one}`, `customer,c1,${two}`, `product,c2,${two}`, 'customer,c3,12a', 'customer,,7'],
          [
            `customer,c4,${taken}`,
            `customer,c5,${one}`,
            'customer,c6,2000000000',
            `customer,c7,${three}`,
            'customer,c8,',
          ],
        )
        .join('\n'),
    );
    expect(answer.status).toBe(422);
    expect(answer.body.errors).toEqual([
      { path: 'csv.3.recordId', reason: 'is in row 2 already' },
      { path: 'csv.4.entity', reason: 'is not customer' },
      { path: 'csv.5.odooId', reason: 'is no id of an Odoo record' },
      { path: 'csv.6.recordId', reason: 'must have 1 to 512 characters' },
      { path: 'csv.7.odooId', reason: 'is what c0 is mapped to' },
      { path: 'csv.8.odooId', reason: 'is in row 2 already' },
      { path: 'csv.9.odooId', reason: 'is no res.partner in Odoo' },
    ]);
    expect(await itemsIn(rig, 'customer')).toEqual(before);
  });

  test.each([
    ['no columns', 'a,b\n1,2\n', 'has no column recordId'],
    ['uneven rows', 'recordId,odooId\nx,1,2\n', 'has another number of cells than names (line 2)'],
    ['an open quote', 'recordId,odooId\n"x,1\n', 'is no CSV (line 2)'],
    [
      'too many rows',
      lines(Array.from({ length: 10_001 }, (_, index) => [`r${index}`, 1])),
      'has more than 10000 rows: import it in pieces',
    ],
  ])('that has %s is refused', async (_, csv, reason) => {
    expect(await upload(csv)).toMatchObject({ status: 422, body: { errors: [{ path: 'csv', reason }] } });
  });

  test('taxes that nothing is known of need more than an id', async () => {
    const tax = await create('account.tax', { name: `I ${rig.tag}`, amount: 3, type_tax_use: 'sale' });
    expect(await upload(lines([['9', tax]]), 'tax')).toMatchObject({
      status: 422,
      body: { errors: [{ path: 'csv.2.recordId' }] },
    });
    expect((await upload(lines([]), 'dragon')).status).toBe(404);
  });
});

test('two records change places', async () => {
  const [one, two] = (await contacts(2)) as [number, number];
  await upload(
    lines([
      ['d1', one],
      ['d2', two],
    ]),
  );
  expect(
    await upload(
      lines([
        ['d1', two],
        ['d2', one],
      ]),
    ),
  ).toMatchObject({ status: 200, body: { mapped: 2 } });
});

test('what waited for it is tried at once', async () => {
  await rig.configure({ matchPolicies: { customer: 'report' } });
  const ids = await Promise.all(['e1', 'e2'].map((id) => create('res.partner', { name: 'Before', email: email(id) })));
  await rig.sync(['e1', 'e2'].map((id) => anEvent('customer', id, aCustomer({ email: email(id) }))));
  const csv = lines([
    ['e1', ids[0] as number],
    ['e2', ids[1] as number],
  ]);
  expect(await upload(csv)).toMatchObject({ status: 200, body: { mapped: 2, released: 2 } });
  await vi.waitFor(
    async () => {
      for (const [index, id] of ['e1', 'e2'].entries()) {
        expect(await partners(email(id))).toMatchObject([{ id: ids[index], name: 'Zoë Müller' }]);
      }
    },
    { timeout: 60_000, interval: 100 },
  );
});

describe('an import that dies on the way', () => {
  const rows = (ids: readonly number[]) => lines(ids.map((id, index) => [`j${index}`, id]));

  test('leaves the old state for whoever looks next, with what an event has brought meanwhile', async () => {
    const { allOrNone } = await import('../../lib/mappings/journal.ts');
    const { writeMapping } = await import('../../lib/store/mappings.ts');
    const ids = await contacts(4);
    await upload(rows(ids.slice(0, 3)));
    await rig.sync([anEvent('customer', 'j8', aCustomer({ email: email('j8') }), { sequence: 80 })]);
    const before = await itemsIn(rig, 'customer');
    const { connection } = rig;
    const [, , , other] = ids as [number, number, number, number];
    const mapped = (recordId: string, odooId = other) =>
      writeMapping(connection, { ...{ entity: 'customer', recordId, model: 'res.partner', odooId, sequence: 0 } });
    const keys = ['j0', 'j1', 'j5', 'j9'].map((recordId) => ({ entity: 'customer', recordId }));
    let halfway: () => void = () => {};
    const isHalfway = new Promise<void>((resolve) => {
      halfway = resolve;
    });
    // Its process has died: it never comes to an end.
    void allOrNone(connection, keys, async () => {
      await Promise.all([mapped('j0'), mapped('j5'), mapped('j9')]);
      await rig.sync([anEvent('customer', 'j9', aCustomer({ email: email('j9') }), { sequence: 90 })]);
      halfway();
      return new Promise<void>(() => {});
    });
    await isHalfway;
    const listed = await api<{ mappings: { recordId: string }[] }>(rig, 'GET', '/v1/mappings/customer', {
      query: { q: 'j' },
    });
    expect(listed.body.mappings.map(({ recordId }) => recordId)).toEqual(expect.arrayContaining(['j9']));
    const after = await itemsIn(rig, 'customer');
    const isOfEvent = ({ recordId, aliasOf }: { recordId?: unknown; aliasOf?: unknown }) =>
      [recordId, aliasOf].includes('j9');
    expect(after.filter((item) => !isOfEvent(item))).toEqual(before);
    expect(after.find(({ recordId }) => recordId === 'j9')).toMatchObject({ sequence: 90 });
  });

  test('and one that is refused by the table, too', async () => {
    const { allOrNone } = await import('../../lib/mappings/journal.ts');
    const { writeMapping } = await import('../../lib/store/mappings.ts');
    const before = await itemsIn(rig, 'customer');
    const key = { entity: 'customer', recordId: 'k1' };
    const failing = allOrNone(rig.connection, [key], async () => {
      await writeMapping(rig.connection, { ...key, model: 'res.partner', odooId: 1, sequence: 0 });
      throw new Error('throttled');
    });
    await expect(failing).rejects.toThrow('throttled');
    expect(await itemsIn(rig, 'customer')).toEqual(before);
  });

  test('does not take away what is known of failures meanwhile', async () => {
    const { allOrNone } = await import('../../lib/mappings/journal.ts');
    const { clearFailure, noteFailure, writeMapping } = await import('../../lib/store/mappings.ts');
    const keyOf = (recordId: string) => ({ entity: 'customer', recordId });
    const [known, fresh, mended] = ['l1', 'l2', 'l3'].map(keyOf) as [RecordKey, RecordKey, RecordKey];
    const mapped = (key: RecordKey, odooId: number, failure?: string) =>
      writeMapping(rig.connection, { ...key, model: 'res.partner', odooId, sequence: 0, failure } as Mapping);
    await mapped(known, 901);
    await mapped(mended, 903, 'MATCH_REPORTED');
    const failing = allOrNone(rig.connection, [known, fresh, mended], async () => {
      await mapped(known, 911);
      await mapped(fresh, 912);
      await mapped(mended, 913, 'MATCH_REPORTED');
      await noteFailure(rig.connection, known, 'ODOO_REFUSED');
      await noteFailure(rig.connection, fresh, 'ODOO_REFUSED');
      await clearFailure(rig.connection, mended);
      throw new Error('throttled');
    });
    await expect(failing).rejects.toThrow('throttled');
    const items = (await itemsIn(rig, 'customer')).filter(({ recordId }) => recordId.startsWith('l'));
    expect(items.map(({ recordId, odooId, failure }) => [recordId, odooId, failure])).toEqual([
      ['l1', 901, 'ODOO_REFUSED'],
      ['l2', undefined, 'ODOO_REFUSED'],
      ['l3', 903, undefined],
    ]);
  });
});

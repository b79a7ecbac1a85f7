/** Mappings as a file. */
import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { aMapping, exportOf, seed } from '../support/mappings.ts';
import { type Rig, startRig } from '../support/rig.ts';

const COUNT = 1_234;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
  await seed(rig, [
    ...Array.from({ length: COUNT }, (_, index) => aMapping('customer', index)),
    ...['=1+1', '+1', '-1', '@SUM(A1)', '\tx', '\rx'].map((title, index) => aMapping('product', index, { title })),
    aMapping('product', 6, { title: 'Line\nbreak; "quoted", fine' }),
  ]);
});
afterAll(() => rig?.stop());

const read = (csv: string) => parse(csv, { columns: true }) as Record<string, string>[];

test('holds every record once, without aliases, however it is paged', async () => {
  const whole = await exportOf(rig, 'customer');
  const paged = await exportOf(rig, 'customer', 100);
  expect(whole.pages).toBe(1);
  expect(paged.pages).toBe(Math.ceil(COUNT / 100));
  expect(paged.csv).toBe(whole.csv);
  const rows = read(whole.csv);
  expect(rows).toHaveLength(COUNT);
  expect(rows[1]).toEqual({
    ...{ entity: 'customer', recordId: '000001', title: 'Title, "1"', model: 'res.partner', odooId: '1000001' },
    ...{ origin: 'created', state: 'mapped', syncedAt: '2026-11-20T18:45:10.000Z' },
  });
  expect(rows[3]).toMatchObject({ odooId: '', state: 'failing' });
  expect(whole.csv.startsWith('entity,recordId,title,model,odooId,origin,state,syncedAt\r\n')).toBe(true);
});

test('holds no formulas', async () => {
  const { csv } = await exportOf(rig, 'product');
  const titles = read(csv).map(({ title }) => title);
  expect(titles).toEqual(["'=1+1", "'+1", "'-1", "'@SUM(A1)", "'\tx", "'\rx", 'Line\nbreak; "quoted", fine']);
});

test('is a file to download', async () => {
  const { status, headers } = await api(rig, 'GET', '/v1/mappings/customer/export', { role: 'viewer' });
  expect(status).toBe(200);
  expect(headers.get('content-type')).toContain('text/csv');
  expect(headers.get('content-disposition')).toBe('attachment; filename="mappings-customer.csv"');
  expect((await api(rig, 'GET', '/v1/mappings/dragon/export')).status).toBe(404);
});

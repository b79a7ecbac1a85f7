import { afterAll, beforeAll, expect, test } from 'vitest';
import { Odoo } from '../../lib/odoo/client.ts';
import { type LoadOutcome, loadRecords } from '../../lib/odoo/load.ts';
import { openTarget, type Target } from '../support/odoo-target.ts';

let target: Target;
let odoo: Odoo;
let calls = 0;
const tag = `lr${Date.now().toString(36)}`;

beforeAll(async () => {
  target = await openTarget();
  const onCall = () => {
    calls += 1;
  };
  odoo = new Odoo({ credentials: target.credentials, pace: async () => {}, onCall });
});
afterAll(() => target.close());

const codes = (outcomes: readonly LoadOutcome[]) =>
  outcomes.map((outcome) => ('error' in outcome ? outcome.error.code : 'loaded'));
const loaded = (count: number) => Array.from({ length: count }, () => 'loaded');
const id = (name: string, index: number) => `test.${tag}_${name}_${index}`;

test('bad references are taken out, the rest goes through', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => [
    [id('ref', index), `P${index}`, index % 10 === 3 ? 999_999_999 : ''],
  ]);
  calls = 0;
  const outcomes = await loadRecords(odoo, 'res.partner', ['id', 'name', 'country_id/.id'], rows);
  const expected = loaded(20);
  expected[3] = expected[13] = 'ODOO_RECORD_GONE';
  expect(codes(outcomes)).toEqual(expected);
  expect(calls).toBeLessThanOrEqual(3);
});

test('a record that breaks a rule is taken out, the rest goes through', async () => {
  const rows = Array.from({ length: 20 }, (_, index) => [
    [id('name', index), index === 7 ? '' : `P${index}`, 'contact'],
  ]);
  const outcomes = await loadRecords(odoo, 'res.partner', ['id', 'name', 'type'], rows);
  const expected = loaded(20);
  expected[7] = 'ODOO_REFUSED';
  expect(codes(outcomes)).toEqual(expected);
});

test('a rule that two records break together does not fall on an innocent one', async () => {
  const barcode = (index: number) => `${tag}-${index === 12 ? 5 : index}`;
  const rows = Array.from({ length: 20 }, (_, index) => [[id('bar', index), `P${index}`, barcode(index)]]);
  const outcomes = codes(await loadRecords(odoo, 'product.product', ['id', 'name', 'barcode'], rows));
  const twins = [outcomes[5], outcomes[12]];
  expect(twins.sort()).toEqual(['ODOO_REFUSED', 'loaded']);
  expect(outcomes.filter((_, index) => index !== 5 && index !== 12)).toEqual(loaded(18));
});

test('an archived record is written to by its database id', async () => {
  const [created] = [await odoo.call('res.partner', 'create', [{ name: 'Archived', active: false }])].flat();
  const outcomes = await loadRecords(odoo, 'res.partner', ['.id', 'name'], [[[created as number, `Still ${tag}`]]]);
  expect(outcomes).toEqual([{ id: created }]);
});

test('nothing to load is no call', async () => {
  calls = 0;
  expect(await loadRecords(odoo, 'res.partner', ['id', 'name'], [])).toEqual([]);
  expect(calls).toBe(0);
});

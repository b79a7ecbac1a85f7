/** Runs that only look, and runs that do what was shown. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type * as z from 'zod';
import type { getPreview } from '../../lib/api/routes/runs.ts';
import { type ApiAnswer, api } from '../support/api.ts';
import { callsIn, type Rig, startRig } from '../support/rig.ts';
import { complete, customerOf, customersInOdoo, emailOf, openExporter, reach, start } from '../support/runs.ts';
import { aProduct } from '../support/snapshots.ts';

let rig: Rig;
beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

type Shown = z.output<(typeof getPreview.answers)[200]>;
const shownBy = async (id: string, query: Record<string, string> = {}) => {
  const records: Shown['records'] = [];
  for (let cursor: number | null = 0; cursor !== null; ) {
    const { status, body }: ApiAnswer<Shown> = await api<Shown>(rig, 'GET', `/v1/runs/${id}/preview`, {
      query: { ...query, cursor: String(cursor) },
    });
    expect(status).toBe(200);
    records.push(...body.records);
    cursor = body.next;
  }
  return records;
};
const own = (records: Shown['records']) =>
  Object.fromEntries(records.filter(({ along }) => !along).map(({ recordId, action }) => [recordId, action]));
const preview = (body: object) => complete(rig, { ...body, preview: true });
const apply = (id: string, body: object = {}) => api(rig, 'POST', `/v1/runs/${id}/apply`, { body });
const applied = async (id: string) => {
  const answer = await apply(id);
  expect(answer.status).toBe(202);
  return reach(rig, (answer.body as { runs: { id: string }[] }).runs[0]?.id ?? '', 'completed');
};
const WRITES = /\.(load|write|create|unlink|action_)/;
const counted = ({ created, updated, adopted, failed, removed }: Record<string, unknown>) => ({
  ...{ created, updated, adopted, failed, removed },
});

test('shows record by record what a run would do, writes nothing; applying it does just that', async () => {
  await openExporter(rig, { customers: 7 }, { bulkLimit: 3, matchPolicies: {} });
  await rig.odoo.call('res.partner', 'create', [{ name: 'Known', email: emailOf(rig, '2') }]);
  const before = rig.lines.length;
  const looked = await preview({ entity: 'customer', mode: 'full' });
  expect(callsIn(rig.lines.slice(before)).filter((call) => WRITES.test(call))).toEqual([]);
  expect(await customersInOdoo(rig)).toEqual(['2']);
  expect(counted(looked.progress)).toEqual({ created: 6, updated: 0, adopted: 1, failed: 0, removed: 0 });
  expect(looked.preview?.calls).toBeGreaterThan(looked.progress.odooCalls);

  const records = await shownBy(looked.id);
  expect(own(records)).toEqual({
    1: 'create',
    2: 'adopt',
    3: 'create',
    4: 'create',
    5: 'create',
    6: 'create',
    7: 'create',
  });
  const adopted = records.find(({ recordId }) => recordId === '2');
  expect(adopted?.fields).toContainEqual({ field: 'name', odoo: 'Known', ours: expect.stringContaining('No2') });
  expect(own(await shownBy(looked.id, { action: 'adopt' }))).toEqual({ 2: 'adopt' });

  const done = await applied(looked.id);
  expect(done).toMatchObject({ applies: looked.id, progress: { total: 7, seen: 7, changed: 0 } });
  expect(counted(done.progress)).toEqual(counted(looked.progress));
  expect((await customersInOdoo(rig)).sort()).toEqual(['1', '2', '3', '4', '5', '6', '7']);
  const again = await preview({ entity: 'customer', mode: 'full' });
  expect(again.progress).toMatchObject({ seen: 7, skipped: 7, odooCalls: 0 });
  expect(await shownBy(again.id)).toEqual([]);
});

test('what has changed since, in the store or in Odoo, is left as it is, and told', async () => {
  const exporter = await openExporter(rig, {});
  const product = (id: string, price: string) => aProduct({ model: `p${id}-${rig.tag}`, price });
  exporter.records.product = new Map(['21', '22', '23', '24'].map((id) => [id, product(id, '10.0000')]));
  await complete(rig, { entity: 'product', mode: 'full' });
  exporter.sequence += 1;
  for (const id of ['21', '22', '23']) exporter.records.product.set(id, product(id, '11.0000'));
  const looked = await preview({ entity: 'product', mode: 'full' });
  expect(own(await shownBy(looked.id))).toEqual({ 21: 'update', 22: 'update', 23: 'update' });

  exporter.sequence += 1;
  exporter.records.product.set('22', product('22', '12.0000'));
  const templates = await rig.odoo.searchRead('product.template', [['default_code', '=', `p23-${rig.tag}`]], ['id']);
  await rig.odoo.call('product.template', 'write', [templates.map(({ id }) => id), { list_price: 99 }]);
  const done = await applied(looked.id);
  expect(done.progress).toMatchObject({ total: 3, seen: 3, updated: 1, changed: 2 });
  const now = await shownBy(done.id);
  expect(own(now)).toEqual({ 22: 'update', 23: 'update' });
  expect(now.find(({ recordId }) => recordId === '23')?.fields).toContainEqual({
    field: 'list_price',
    odoo: 99,
    ours: '11.0000',
  });
  const prices = await rig.odoo.searchRead(
    'product.template',
    [['default_code', 'like', `-${rig.tag}`]],
    ['default_code', 'list_price'],
  );
  const priceOf = (id: string) => prices.find((one) => one.default_code === `p${id}-${rig.tag}`)?.list_price;
  expect(['21', '22', '23', '24'].map(priceOf)).toEqual([11, 10, 99, 10]);
});

test('of a sweep shows what would go, and deletes nothing before it is applied', async () => {
  const exporter = await openExporter(rig, {});
  exporter.sequence = 500;
  const customers = new Map(['31', '32', '33'].map((id) => [id, customerOf(rig, id)]));
  exporter.records = { customer: customers };
  await complete(rig, { entity: 'customer', mode: 'full' });
  customers.delete('32');
  exporter.sequence += 1;
  const looked = await preview({ entity: 'customer', mode: 'sweep', allowDeletes: 20 });
  const records = await shownBy(looked.id);
  expect(own(records)).toMatchObject({ 32: 'remove' });
  expect(exporter.flushes).toBe(0);
  const isActive = async () =>
    (
      await rig.odoo.searchRead(
        'res.partner',
        [
          ['email', '=', emailOf(rig, '32')],
          ['type', '=', 'contact'],
        ],
        ['id'],
      )
    ).length === 1;
  expect(await isActive()).toBe(true);
  const done = await applied(looked.id);
  expect(done.progress).toMatchObject({ removed: looked.progress.removed, changed: 0 });
  expect(await isActive()).toBe(false);
});

test('previews of all are applied together, in their order', async () => {
  await openExporter(rig, { customers: 41, products: 1 });
  const looked = await start(rig, { entity: 'all', mode: 'full', preview: true });
  const last = looked.at(-1)?.id ?? '';
  await reach(rig, last, 'skipped');
  const asked = looked.find(({ entity }) => entity === 'customer')?.id ?? '';
  const answer = await apply(asked, { group: true });
  expect(answer.status).toBe(202);
  const { runs } = answer.body as { runs: { id: string; entity: string }[] };
  expect(runs.map(({ entity }) => entity).sort()).toEqual(['customer', 'product']);
  for (const { id } of runs) expect((await reach(rig, id, 'completed')).progress.changed).toBe(0);
  expect(await customersInOdoo(rig)).toContain('41');
});

test('what stands in the way is shown as blocked, and parked only when it is applied', async () => {
  const exporter = await openExporter(rig, {});
  exporter.sequence = 900;
  exporter.records.customer = new Map<string, unknown>([
    ['51', { ...customerOf(rig, '51'), email: 'no address' }],
    ['52', customerOf(rig, '52')],
  ]);
  const looked = await preview({ entity: 'customer', mode: 'ids', ids: ['51', '52', '59'] });
  expect(looked.progress).toMatchObject({ created: 1, failed: 1, missing: 1 });
  const blocked = (await shownBy(looked.id, { action: 'blocked' }))[0];
  expect(blocked?.error).toMatchObject({ code: 'SNAPSHOT_INVALID', remedy: expect.any(String) });
  const failures = async () =>
    (await api<{ failures: { recordId: string }[] }>(rig, 'GET', '/v1/failures')).body.failures.map(
      ({ recordId }) => recordId,
    );
  expect(await failures()).not.toContain('51');
  expect((await applied(looked.id)).progress).toMatchObject({ created: 1, failed: 1, changed: 0 });
  expect(await failures()).toContain('51');
});

test('only a preview that was completed can be applied; only managers see records', async () => {
  await openExporter(rig, { customers: 1 });
  const run = await complete(rig, { entity: 'customer', mode: 'full' });
  expect(await apply(run.id)).toMatchObject({ status: 422, body: { code: 'VALUE_REFUSED' } });
  expect((await apply('01JDXXXXXXXXXXXXXXXXXXXXXX')).status).toBe(404);
  const viewer = { role: 'viewer' } as const;
  expect((await api(rig, 'GET', `/v1/runs/${run.id}/preview`, viewer)).status).toBe(403);
  expect((await api(rig, 'GET', '/v1/runs/01JDXXXXXXXXXXXXXXXXXXXXXX/preview')).status).toBe(404);
  expect(await shownBy(run.id)).toEqual([]);
});

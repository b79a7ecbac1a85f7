/** Stock after a bulk sync: what was sold before it was counted is not taken off twice. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { openRig, orderOf, rig, sku } from '../support/pipeline.ts';
import { complete, openExporter, type RunView, reach, start } from '../support/runs.ts';
import { anEvent, aProduct, type OrderInput } from '../support/snapshots.ts';

beforeAll(openRig);
afterAll(() => rig?.stop());

const statusMapping = { '2': 'CONFIRM', '5': 'DONE' } as const;
const kettle = (name: string, quantity: number) => aProduct({ model: sku(name), quantity });

/** An order of kettles without tax. */
function sold(name: string, orderId: string, quantity: number, statusId: string): OrderInput {
  const order = orderOf(name, { orderId, statusId });
  const lines = order.lines.map((line) => ({ ...line, quantity, taxes: [], productId: name }));
  const totals = [{ code: 'total', title: 'Total', value: `${40 * quantity}.0000` }];
  return { ...order, lines, totals, products: { [name]: kettle(name, 9) } };
}

const onHand = async (name: string) => {
  const fields = ['qty_available', 'virtual_available'];
  return (await rig.odoo.searchRead('product.product', [['default_code', '=', sku(name)]], fields))[0];
};

/** A store that has nine kettles left after it has sold a hundred of them, of which sixty are still to be sent. */
async function openStore(name: string, stockPolicy: 'onCreate' | 'always') {
  const exporter = await openExporter(rig, {}, { stockPolicy, statusMapping });
  const [first, second] = [`${name}1`, `${name}2`];
  exporter.records = {
    product: new Map([[name, kettle(name, 9)]]),
    order: new Map([
      [first, sold(name, first, 40, '5')],
      [second, sold(name, second, 60, '2')],
    ]),
  };
  return exporter;
}

async function syncAll(body: object = { entity: 'all', mode: 'full' }): Promise<RunView[]> {
  const runs = await start(rig, body);
  await reach(rig, runs.at(-1)?.id ?? '', 'completed');
  return runs;
}

describe.each(['onCreate', 'always'] as const)('with the policy %s a bulk sync of everything', (policy) => {
  test('leaves as much to promise as the store has', async () => {
    await openStore(`all-${policy}`, policy);
    await syncAll();
    expect(await onHand(`all-${policy}`)).toMatchObject({ qty_available: 69, virtual_available: 9 });
  });

  test('does so when it was previewed first', async () => {
    await openStore(`seen-${policy}`, policy);
    const [run] = await syncAll({ entity: 'all', mode: 'full', preview: true });
    const applied = await api<{ runs: RunView[] }>(rig, 'POST', `/v1/runs/${run?.id}/apply`, { body: { group: true } });
    await reach(rig, applied.body.runs.at(-1)?.id ?? '', 'completed');
    expect(await onHand(`seen-${policy}`)).toMatchObject({ qty_available: 69, virtual_available: 9 });
  });
});

test('orders that are brought later are counted, too, if Odoo is always told', async () => {
  const exporter = await openStore('later', 'always');
  await complete(rig, { entity: 'product', mode: 'full' });
  expect(await onHand('later')).toMatchObject({ virtual_available: 9 });
  const run = await complete(rig, { entity: 'order', mode: 'full' });
  expect(run.progress).toMatchObject({ seen: 2, created: 2, failed: 0 });
  expect(await onHand('later')).toMatchObject({ qty_available: 69, virtual_available: 9 });
  // Whoever brings nothing counts nothing.
  exporter.requests.length = 0;
  await complete(rig, { entity: 'order', mode: 'full' });
  expect(exporter.requests.map(({ mode }) => mode)).toEqual(['capabilities', 'all']);
});

test('and so are those that an event brings, by the next run that compares hashes', async () => {
  await openStore('event', 'always');
  await complete(rig, { entity: 'product', mode: 'full' });
  await rig.sync([anEvent('order', 'e1', sold('event', 'e1', 60, '2'))]);
  expect(await onHand('event')).toMatchObject({ virtual_available: -51 });
  await complete(rig, { entity: 'product', mode: 'incremental' });
  expect(await onHand('event')).toMatchObject({ qty_available: 69, virtual_available: 9 });
});

test('but not if Odoo is told once: what has happened there since would be lost', async () => {
  await openStore('once', 'onCreate');
  await complete(rig, { entity: 'product', mode: 'full' });
  await complete(rig, { entity: 'order', mode: 'full' });
  expect(await onHand('once')).toMatchObject({ qty_available: -31, virtual_available: -91 });
});

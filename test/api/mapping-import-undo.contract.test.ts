/** Somebody has imported nonsense, and events were synced by it before anybody noticed. */
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest';
import { api } from '../support/api.ts';
import { itemsIn } from '../support/mappings.ts';
import { contact, email, openRig, partners, rig } from '../support/pipeline.ts';
import { aCustomer, anAddress, anEvent } from '../support/snapshots.ts';

interface Undoable {
  id: string;
  kind: string;
  scope: string;
  state: string;
  counts: Record<string, number>;
  kept: number;
}

beforeAll(openRig);
afterAll(() => rig?.stop());
/** Each test has customers of its own. */
let round = 0;
beforeEach(() => {
  round += 1;
});

const idOf = (name: string) => `${name}${round}`;
const customer = (name: string, over: Parameters<typeof aCustomer>[0] = {}) =>
  aCustomer({
    ...{ firstName: name, email: email(idOf(name)) },
    addresses: [{ ...anAddress({ firstName: name, address1: `${idOf(name)} Lane` }), addressId: `home-${idOf(name)}` }],
    ...over,
  });
let sequence = 10;
const sync = (...named: (readonly [string, Parameters<typeof aCustomer>[0]?])[]) => {
  sequence += 1;
  return rig.sync(named.map(([name, over]) => anEvent('customer', idOf(name), customer(name, over), { sequence })));
};
const mappedTo = async (name: string) =>
  (await itemsIn(rig, 'customer')).find(({ recordId }) => recordId === idOf(name))?.odooId;
const nameOf = async (id: number | undefined) => (await rig.odoo.read('res.partner', [id ?? 0], ['name']))[0]?.name;
const stranger = async () => {
  const created = await rig.odoo.call('res.partner', 'create', [[{ name: `Stranger ${rig.tag} ${round}` }]]);
  return [created].flat()[0] as number;
};
const upload = async (rows: Record<string, number | undefined>) => {
  const lines = Object.entries(rows).map(([name, id]) => `${idOf(name)},${id}`);
  const csv = ['recordId,odooId', ...lines].join('\n');
  return (
    await api<{ mapped: number; undo: string | null }>(rig, 'POST', '/v1/mappings/customer/import', { body: { csv } })
  ).body;
};
const undo = async (id: string | null) => api<Undoable>(rig, 'POST', `/v1/mappings/resets/${id}/undo`);
const undoable = async () => (await api<{ resets: Undoable[] }>(rig, 'GET', '/v1/mappings/resets')).body.resets;

test('an import that succeeded is undone, also where its nonsense was synced; afterwards all is right in Odoo', async () => {
  await sync(['ann'], ['bob'], ['cleo']);
  const [ann, bob, cleo] = await Promise.all(['ann', 'bob', 'cleo'].map(mappedTo));
  const before = await itemsIn(rig, 'customer');
  const addresses = await itemsIn(rig, 'address');
  const other = await stranger();
  const done = await upload({ ann: bob, bob: ann, cleo: other, dave: await stranger() });
  expect(done).toMatchObject({ mapped: 4, undo: expect.any(String) });
  expect(await undoable()).toMatchObject([
    { id: done.undo, kind: 'import', scope: 'customer', state: 'imported', counts: { customer: 4 }, by: 'test' },
  ]);
  // Ann is written over Bob's contact, Cleo over a stranger's; Bob himself is as the store last sent him.
  await sync(['ann', { telephone: '1' }], ['cleo', { telephone: '3' }]);
  expect(await nameOf(bob)).toMatch(/^ann /);

  expect(await undo(done.undo)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
  expect(await Promise.all(['ann', 'bob', 'cleo', 'dave'].map(mappedTo))).toEqual([ann, bob, cleo, undefined]);
  const shape = (items: typeof before) =>
    items.map(({ recordId, aliasOf, odooId, origin }) => [recordId, aliasOf, odooId, origin]);
  expect(shape(await itemsIn(rig, 'customer'))).toEqual(shape(before));
  expect(shape(await itemsIn(rig, 'address'))).toEqual(shape(addresses));

  // What a run brings: the store's present state of each, Bob unchanged.
  await sync(['ann', { telephone: '1' }], ['bob'], ['cleo', { telephone: '3' }]);
  expect(await Promise.all([ann, bob, cleo].map(nameOf))).toEqual([
    expect.stringMatching(/^ann /),
    expect.stringMatching(/^bob /),
    expect.stringMatching(/^cleo /),
  ]);
  for (const [name, id] of [
    ['ann', ann],
    ['bob', bob],
    ['cleo', cleo],
  ] as const) {
    expect(await partners(email(idOf(name)))).toContainEqual(expect.objectContaining({ id }));
  }
  for (const { odooId } of addresses) expect((await contact(odooId as number)).active).toBe(true);
  const { logs } = await rig.logs({ code: 'IMPORT_UNDONE' });
  expect(logs).toMatchObject([{ by: 'test' }]);
});

test('what was mapped otherwise since stays, and undoing twice changes nothing', async () => {
  await sync(['eve'], ['fay']);
  const former = await mappedTo('fay');
  const [wrong, alsoWrong, right] = [await stranger(), await stranger(), await stranger()];
  const { undo: id } = await upload({ eve: wrong, fay: alsoWrong });
  const put = await api(rig, 'PUT', `/v1/mappings/customer/${idOf('eve')}`, { body: { odooId: right } });
  expect(put.status).toBe(200);
  expect((await undo(id)).body).toMatchObject({ state: 'restored', kept: 1 });
  expect([await mappedTo('eve'), await mappedTo('fay')]).toEqual([right, former]);
  const after = await itemsIn(rig, 'customer');
  expect((await undo(id)).body).toMatchObject({ state: 'restored', kept: 1 });
  expect(await itemsIn(rig, 'customer')).toEqual(after);
});

test('an Odoo record that another record has become meanwhile is not given to two', async () => {
  await sync(['gil']);
  const former = await mappedTo('gil');
  const wrong = await stranger();
  const { undo: id } = await upload({ gil: wrong });
  const put = await api(rig, 'PUT', `/v1/mappings/customer/${idOf('heir')}`, { body: { odooId: former } });
  expect(put.status).toBe(200);
  expect((await undo(id)).body).toMatchObject({ state: 'restored', kept: 1 });
  expect([await mappedTo('gil'), await mappedTo('heir')]).toEqual([wrong, former]);
});

test('an undo that is interrupted goes on where it stopped', async () => {
  const names = Array.from({ length: 510 }, (_, index) => `n${index}x`);
  const seeded = names.map((name, index) => ({
    ...{ entity: 'customer', recordId: idOf(name), model: 'res.partner', odooId: 5_000_000 + index, sequence: 5 },
    ...{ origin: 'created' as const, hash: 'h', aliases: [`guest:${name}${round}`] },
  }));
  const { seed } = await import('../support/mappings.ts');
  await seed(rig, seeded);
  const created = await rig.odoo.call('res.partner', 'create', [names.map((name) => ({ name: `${name} ${rig.tag}` }))]);
  const ids = [created].flat() as number[];
  const { undo: id } = await upload(Object.fromEntries(names.map((name, index) => [name, ids[index]])));
  const { undoReset } = await import('../../lib/mappings/undo.ts');
  const { registry } = await import('../../lib/entities/index.ts');
  const observer = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };
  let pieces = 1;
  const goOn = () => {
    pieces -= 1;
    return pieces >= 0;
  };
  const stopped = await undoReset({ connection: rig.connection, by: 'somebody', observer }, registry, id ?? '', goOn);
  expect(stopped).toMatchObject({ state: 'restoring', done: 1 });
  expect(await undo(id)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
  const items = (await itemsIn(rig, 'customer')).filter(({ recordId }) => /n\d+x/.test(recordId));
  expect(items).toHaveLength(2 * names.length);
  expect(items.every(({ odooId = 0 }) => odooId >= 5_000_000)).toBe(true);
});

test('an import that changed nothing has nothing to undo', async () => {
  await sync(['ida']);
  const before = await undoable();
  expect(await upload({ ida: await mappedTo('ida') })).toMatchObject({ mapped: 0, undo: null });
  expect(await undoable()).toEqual(before);
});

/** Forgetting all mappings, and bringing them back exactly. */
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import type { Actor } from '../../lib/mappings/by-hand.ts';
import type { Mapping } from '../../lib/store/mappings.ts';
import { api } from '../support/api.ts';
import { addConnection } from '../support/connections.ts';
import { aMapping, exportOf, itemsIn, seed } from '../support/mappings.ts';
import { type Rig, startRig } from '../support/rig.ts';

interface ResetBody {
  id: string;
  state: string;
  counts: Record<string, number>;
  done: number;
  of: number;
  kept: number;
  by: string;
  current?: { counts?: Record<string, number>; reset?: string };
}

const CUSTOMERS = 700;
const entities = ['customer', 'address', 'product', 'tax'];
let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

const post = (path: `/v1/${string}`, body?: object) =>
  api<ResetBody>(rig, 'POST', path, body === undefined ? {} : { body });
const preview = async (entity: string) =>
  (await post('/v1/mappings/reset/preview', { entity })).body as unknown as { counts: Record<string, number> };
const reset = (entity: string, expected: Record<string, number>) =>
  post('/v1/mappings/reset', { entity, expect: expected });
const undo = (id: string) => post(`/v1/mappings/resets/${id}/undo`);
const table = async (): Promise<Record<string, Mapping[]>> =>
  Object.fromEntries(await Promise.all(entities.map(async (name) => [name, await itemsIn(rig, name)])));
const exports = async () =>
  Object.fromEntries(await Promise.all(entities.map(async (name) => [name, (await exportOf(rig, name)).csv])));

/** Another connection each time: what a test leaves behind is not in the way of the next. */
let round = 0;
beforeEach(async () => {
  round += 1;
  rig = await addConnection(rig, `${rig.tag}_${round}`);
  await seed(rig, [
    ...Array.from({ length: CUSTOMERS }, (_, index) => aMapping('customer', index)),
    aMapping('customer', CUSTOMERS, { parts: ['address/000001', 'address/000002'] }),
    ...[1, 2, 4].map((index) => aMapping('address', index)),
    ...[1, 2].map((index) => aMapping('product', index)),
    aMapping('tax', 86, { recordId: '86', identity: 'P 20', aliases: ['86:P20'] }),
  ]);
});

/** As the function does it, stopped after some pieces as if it had been killed. */
async function resetUntil(pieces: number, expected: Record<string, number>) {
  const { resetMappings } = await import('../../lib/mappings/reset.ts');
  const { registry } = await import('../../lib/entities/index.ts');
  return resetMappings(await actor(), registry, { entity: 'all', expect: expected }, stopAfter(pieces));
}
async function actor(): Promise<Actor> {
  const observer = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };
  return { connection: rig.connection, by: 'somebody', observer };
}
function stopAfter(pieces: number): () => boolean {
  let left = pieces;
  return () => {
    left -= 1;
    return left >= 0;
  };
}

test('a preview counts records, not aliases, and what is part of them', async () => {
  expect(await preview('all')).toEqual({ counts: { customer: CUSTOMERS + 1, address: 3, product: 2, tax: 1 } });
  expect(await preview('customer')).toEqual({ counts: { customer: CUSTOMERS + 1, address: 3 } });
  expect(await preview('category')).toEqual({ counts: { category: 0 } });
});

test('reset all, undo: the exports and the table are the same as before, with all pages', async () => {
  const before = { table: await table(), exports: await exports() };
  const { counts } = await preview('all');
  const done = await reset('all', counts);
  expect(done).toMatchObject({ status: 200, body: { state: 'removed', counts, by: 'test', kept: 0 } });
  expect(done.body.done).toBe(done.body.of);
  expect(done.body.of).toBeGreaterThan(2);

  // What is left is that failures are parked: without it they would stay for ever.
  const left = Object.values(await table()).flat() as { failure?: string; odooId?: number }[];
  expect(left.every(({ failure, odooId }) => failure !== undefined && odooId === undefined)).toBe(true);
  expect((await api(rig, 'GET', '/v1/mappings/resets', { role: 'viewer' })).body).toMatchObject({
    resets: [{ id: done.body.id, state: 'removed' }],
  });

  expect(await undo(done.body.id)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
  expect(await exports()).toEqual(before.exports);
  expect(await table()).toEqual(before.table);
  expect(await undo(done.body.id)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
  expect(await table()).toEqual(before.table);
  const { body } = await api(rig, 'GET', '/v1/logs', { query: { code: 'MAPPINGS_RESET' } });
  expect(body.logs).toMatchObject([{ by: 'test' }]);
});

test('an entity is reset with its parts, and nothing else', async () => {
  const before = await table();
  const done = await reset('customer', (await preview('customer')).counts);
  expect(done.status).toBe(200);
  const after = await table();
  expect(after.product).toEqual(before.product);
  expect(after.tax).toEqual(before.tax);
  expect(after.address).toEqual([]);
  await undo(done.body.id);
  expect(await table()).toEqual(before);
});

test('is refused with the present counts where others were expected', async () => {
  const before = await table();
  const { counts } = await preview('all');
  const answer = await reset('all', { ...counts, product: 1 });
  expect(answer).toMatchObject({ status: 409, body: { code: 'CONFLICT', current: { counts } } });
  expect(await table()).toEqual(before);
  expect((await api(rig, 'GET', '/v1/mappings/resets')).body).toEqual({ resets: [] });
});

describe('a reset that is interrupted', () => {
  test('while it copies has removed nothing, and is as good as never begun', async () => {
    const before = await table();
    const { startReset, putPiece } = await import('../../lib/store/resets.ts');
    const { counts } = await preview('all');
    await startReset(rig.connection, { id: '01JD00000000000000000000AA', scope: 'all', counts, by: 'somebody' });
    await putPiece(rig.connection, '01JD00000000000000000000AA', 0, [{ scope: 'x', recordId: 'y' }]);
    expect(await table()).toEqual(before);
    expect((await api(rig, 'GET', '/v1/mappings/resets')).body).toEqual({ resets: [] });
    expect((await undo('01JD00000000000000000000AA')).status).toBe(404);
    expect((await reset('all', counts)).status).toBe(200);
  });

  test.each([0, 1, 2])(
    'after %s pieces is undone',
    async (pieces) => {
      const before = await table();
      const stopped = await resetUntil(pieces, (await preview('all')).counts);
      expect(stopped).toMatchObject({ state: 'removing', done: pieces });
      expect(await undo(stopped.id)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
      expect(await table()).toEqual(before);
    },
    60_000,
  );

  test('goes on where it stopped when it is asked for again, and its undoing likewise', async () => {
    const before = await table();
    const { counts } = await preview('all');
    const stopped = await resetUntil(1, counts);
    // Something else than that is refused until it is done.
    expect(await reset('product', { product: 2 })).toMatchObject({
      status: 409,
      body: { current: { reset: stopped.id } },
    });
    expect(await reset('all', counts)).toMatchObject({ status: 200, body: { id: stopped.id, state: 'removed' } });

    const { undoReset } = await import('../../lib/mappings/undo.ts');
    const { registry } = await import('../../lib/entities/index.ts');
    expect(await undoReset(await actor(), registry, stopped.id, stopAfter(1))).toMatchObject({
      state: 'restoring',
      done: 1,
    });
    expect(await undo(stopped.id)).toMatchObject({ status: 200, body: { state: 'restored', kept: 0 } });
    expect(await table()).toEqual(before);
  });
});

test('what was mapped anew since keeps that, if its event is at least as new', async () => {
  const before = (await table()).customer ?? [];
  const done = await reset('all', (await preview('all')).counts);
  const newer = aMapping('customer', 10, { odooId: 77, sequence: 5_000, aliases: ['guest:10'], hash: 'new' });
  // Only named by an order since: no event of its own.
  const older = aMapping('customer', 11, { odooId: 78, sequence: 0, aliases: ['guest:11', 'guest:other'], hash: 'x' });
  const added = aMapping('customer', 900_000, { aliases: [] });
  await seed(rig, [newer, older, added]);
  expect((await undo(done.body.id)).body).toMatchObject({ state: 'restored', kept: 1 });
  const after = new Map((await itemsIn(rig, 'customer')).map((item) => [item.recordId, item]));
  expect(after.get(newer.recordId)).toMatchObject({ odooId: 77, hash: 'new' });
  expect(after.get('guest:10')).toMatchObject({ odooId: 77 });
  expect(after.get(older.recordId)).toEqual(before.find(({ recordId }) => recordId === older.recordId));
  expect(after.get('guest:11')).toEqual(before.find(({ recordId }) => recordId === 'guest:11'));
  expect(after.has('guest:other')).toBe(false);
  expect(after.get(added.recordId)).toMatchObject({ odooId: added.odooId });
  expect(after.size).toBe(before.length + 1);
});

test('what does not exist cannot be reset, nor what Odoo has no records of', async () => {
  expect((await reset('dragon', {})).status).toBe(404);
  expect((await reset('order-status', {})).status).toBe(422);
  expect((await undo('01JD00000000000000000000ZZ')).status).toBe(404);
});

/** The list of mappings, through the API. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Mapping } from '../../lib/store/mappings.ts';
import { type ApiAnswer, type ApiOptions, api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';

interface Row {
  recordId: string;
  title: string | null;
  state: string;
  odooId: number | null;
  odooName?: string | null;
  url: string | null;
}
interface Page {
  mappings: Row[];
  next: string | null;
}

const COUNT = 1_200;
let rig: Rig;

const recordIdOf = (index: number) => String(index).padStart(5, '0');

function mappingOf(index: number): Mapping {
  const base = { entity: 'customer', recordId: recordIdOf(index), title: `Shopper ${index}`, sequence: index };
  if (index % 100 === 3) return { ...base, failure: 'ODOO_REFUSED', sequence: 0 };
  const odooId = 1_000_000 + index;
  const mapped = { ...base, model: 'res.partner', odooId, syncedAt: '2026-11-20T18:45:10.000Z' };
  if (index % 100 === 5) return { ...mapped, origin: 'manual' };
  if (index % 100 === 7) return { ...mapped, origin: 'created', removed: 'archive' };
  return { ...mapped, origin: 'created', aliases: [`guest:${index}`] };
}

beforeAll(async () => {
  rig = await startRig();
  const { writeMapping } = await import('../../lib/store/mappings.ts');
  const all = Array.from({ length: COUNT }, (_, index) => writeMapping(rig.connection, mappingOf(index)));
  await Promise.all([...all, writeMapping('another', { ...mappingOf(1), recordId: 'theirs' })]);
});
afterAll(() => rig?.stop());

const get = <Body = Page>(path: `/v1/${string}`, options: ApiOptions = {}) =>
  api<Body>(rig, 'GET', path, { role: 'viewer', ...options });

async function allOf(query: Record<string, string>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const answer: ApiAnswer<Page> = await get('/v1/mappings/customer', {
      query: { ...query, ...(cursor === null ? {} : { cursor }) },
    });
    expect(answer.status).toBe(200);
    rows.push(...answer.body.mappings);
    cursor = answer.body.next;
  } while (cursor !== null);
  return rows;
}
const ids = (keep: (index: number) => boolean) =>
  Array.from({ length: COUNT }, (_, index) => index)
    .filter(keep)
    .map(recordIdOf);
const last2 = (index: number) => index % 100;

describe('GET /v1/mappings/{entity}', () => {
  test.each<[string, Record<string, string>, (index: number) => boolean]>([
    ['all of this connection, without aliases', {}, () => true],
    ['what is mapped', { state: 'mapped' }, (index) => last2(index) !== 3 && last2(index) !== 7],
    ['what is unmapped', { state: 'unmapped' }, (index) => last2(index) === 3],
    ['what is failing', { state: 'failing' }, (index) => last2(index) === 3],
    ['what was mapped by hand', { state: 'manual' }, (index) => last2(index) === 5],
    ['what the store has deleted', { state: 'removed' }, (index) => last2(index) === 7],
    ['a part of the title, in whatever case', { q: 'SHOPPER 11' }, (index) => `${index}`.startsWith('11')],
    ['a part of the record id', { q: '0111' }, (index) => recordIdOf(index).includes('0111')],
    ['an Odoo id', { q: '1000042' }, (index) => index === 42],
    [
      'a title and a state',
      { q: 'shopper 1', state: 'manual' },
      (index) => last2(index) === 5 && `${index}`[0] === '1',
    ],
  ])('lists %s, page by page', async (_, query, keep) => {
    const limit = query.state === undefined ? '400' : '7';
    expect((await allOf({ ...query, limit })).map(({ recordId }) => recordId)).toEqual(ids(keep));
  });

  test('shows each with its state, its id in Odoo and the way there', async () => {
    const { body } = await get('/v1/mappings/customer', { query: { limit: '8' } });
    expect(body.mappings[0]).toEqual({
      entity: 'customer',
      recordId: '00000',
      title: 'Shopper 0',
      state: 'mapped',
      origin: 'created',
      model: 'res.partner',
      odooId: 1_000_000,
      url: `${rig.credentials.url}/web#id=1000000&model=res.partner&view_type=form`,
      sequence: 0,
      syncedAt: '2026-11-20T18:45:10.000Z',
      failure: null,
      removed: null,
    });
    const states = Object.fromEntries(body.mappings.map(({ recordId, state }) => [recordId, state]));
    expect(states).toMatchObject({ '00003': 'failing', '00005': 'manual', '00007': 'removed' });
  });

  test.each([
    [404, '/v1/mappings/dragon', {}],
    [400, '/v1/mappings/customer', { state: 'odd' }],
    [400, '/v1/mappings/customer', { limit: '501' }],
    [400, '/v1/mappings/customer', { cursor: '!' }],
    [400, '/v1/mappings/customer', { names: 'store' }],
  ] as const)('answers %s to %s %j', async (status, path, query) => {
    expect((await get(path, { query })).status).toBe(status);
  });
});

describe('GET /v1/mappings/{entity}/{recordId}', () => {
  test('shows one with its aliases; an alias stands for its record', async () => {
    for (const id of ['00001', encodeURIComponent('guest:1')]) {
      const { body } = await get<Row & { aliases: string[] }>(`/v1/mappings/customer/${id}`);
      expect(body).toMatchObject({ recordId: '00001', aliases: ['guest:1'], state: 'mapped' });
    }
  });

  test.each(['/v1/mappings/customer/unheard-of', '/v1/mappings/dragon/1'] as const)(
    'answers 404 to %s',
    async (path) => {
      expect(await get(path)).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    },
  );
});

test('what Odoo does not have is stale: one call to Odoo per page', async () => {
  const before = rig.lines.length;
  const rows = await allOf({ q: 'shopper 77', state: 'stale', limit: '3' });
  expect(rows.map(({ recordId }) => recordId)).toEqual(ids((index) => `${index}`.startsWith('77')));
  expect(rows.every(({ state, odooName }) => state === 'stale' && odooName === null)).toBe(true);
  const calls = rig.lines
    .slice(before)
    .filter(({ message, model }) => message === 'odoo call' && model === 'res.partner');
  expect(calls.length).toBe(Math.ceil(rows.length / 3));
});

describe('a viewer', () => {
  test.each([
    ['PUT', '/v1/mappings/customer/1', { odooId: 1 }],
    ['DELETE', '/v1/mappings/customer/1', undefined],
    ['POST', '/v1/mappings/customer/1/sync', undefined],
    ['POST', '/v1/mappings/reset', { entity: 'all', expect: {} }],
    ['POST', '/v1/mappings/customer/import', { csv: 'recordId,odooId\n' }],
  ] as const)('may not %s %s', async (method, path, body) => {
    const answer = await api(rig, method, path, { role: 'viewer', ...(body === undefined ? {} : { body }) });
    expect(answer).toMatchObject({ status: 403, body: { code: 'TOKEN_REFUSED' } });
  });
});

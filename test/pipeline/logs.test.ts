import { SignJWT } from 'jose';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { mintToken } from '../../lib/access/token.ts';
import { type Rig, startRig } from '../support/rig.ts';

const COUNT = 730;
let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
  const { appendLog } = await import('../../lib/store/log.ts');
  for (let index = 0; index < COUNT; index += 1) {
    const entity = index % 3 === 0 ? 'order' : 'customer';
    const level = index % 100 === 0 ? 'error' : 'info';
    const code = level === 'error' ? 'TAX_UNMAPPED' : 'CREATED';
    await appendLog(
      rig.connection,
      [{ level, code, message: `row ${index}`, entity, recordId: String(index % 10) }],
      1,
    );
  }
  await appendLog('another', [{ level: 'info', code: 'CREATED', message: 'not ours' }], 1);
});
afterAll(() => rig?.stop());

async function get(path: string, token?: string) {
  const headers: Record<string, string> = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const answer = await fetch(`${rig.stack.url}${path}`, { headers });
  return { status: answer.status, body: (await answer.json()) as Record<string, unknown> };
}
const viewer = () =>
  mintToken({ connection: rig.connection, secret: rig.secret, role: 'viewer', subject: 'test', lifetimeSeconds: 60 });

async function allPages(query: Record<string, string>): Promise<string[]> {
  const messages: string[] = [];
  let cursor: string | null = null;
  do {
    const page = await rig.logs({ ...query, ...(cursor === null ? {} : { cursor }) });
    messages.push(...page.logs.map((row) => row.message));
    cursor = page.next;
  } while (cursor !== null);
  return messages;
}
const rows = (keep: (index: number) => boolean) =>
  Array.from({ length: COUNT }, (_, index) => COUNT - 1 - index)
    .filter(keep)
    .map((index) => `row ${index}`);

describe('GET /v1/logs', () => {
  test('gives the newest first, and only those of the token’s connection', async () => {
    const { logs, next } = await rig.logs({ limit: '3' });
    expect(logs.map((row) => row.message)).toEqual(['row 729', 'row 728', 'row 727']);
    expect(next).not.toBeNull();
  });

  test.each([
    ['all', {}, () => true],
    ['of an entity', { entity: 'order' }, (index: number) => index % 3 === 0],
    ['of a record', { entity: 'order', record: '3' }, (index: number) => index % 3 === 0 && index % 10 === 3],
    ['of a level', { level: 'error' }, (index: number) => index % 100 === 0],
    [
      'of a code within an entity',
      { entity: 'customer', code: 'TAX_UNMAPPED' },
      (index: number) => index % 100 === 0 && index % 3 !== 0,
    ],
  ])('pages through %s without a gap or a repetition', async (_, query, keep) => {
    expect(await allPages({ ...query, limit: '37' })).toEqual(rows(keep));
  });

  test('filters by time', async () => {
    const [first] = (await rig.logs({ limit: '1' })).logs;
    const at = first?.time as string;
    expect((await rig.logs({ from: at, limit: '500' })).logs.length).toBeGreaterThan(0);
    expect((await rig.logs({ from: '2030-01-01T00:00:00Z' })).logs).toEqual([]);
    expect((await rig.logs({ to: '2020-01-01T00:00:00Z' })).logs).toEqual([]);
    const before = await allPages({ to: at, limit: '500' });
    expect(before).not.toContain('row 729');
  });

  test.each([
    ['limit=0', 'limit'],
    ['limit=many', 'limit'],
    ['level=loud', 'level'],
    ['from=yesterday', 'from'],
    ['cursor=abc', 'cursor'],
    ['colour=red', ''],
  ])('refuses %s and names the parameter', async (query, path) => {
    const answer = await get(`/v1/logs?${query}`, await viewer());
    expect(answer).toMatchObject({ status: 400, body: { code: 'QUERY_INVALID', errors: [{ path }] } });
  });
});

describe('a token', () => {
  test('is needed', async () => {
    expect((await get('/v1/logs')).status).toBe(401);
  });

  const key = new TextEncoder().encode('0123456789abcdef0123456789abcdef');
  const claims = () => ({ connection: rig.connection, role: 'viewer' });
  test.each([
    ['nonsense', async () => 'nonsense'],
    [
      'of alg none',
      async () => `${btoa('{"alg":"none"}')}.${btoa(JSON.stringify({ ...claims(), sub: 'x', exp: 9e9 }))}.`,
    ],
    [
      'of another key',
      () =>
        new SignJWT(claims())
          .setProtectedHeader({ alg: 'HS256' })
          .setSubject('x')
          .setIssuer('opencart-odoo')
          .setAudience('opencart-odoo-api')
          .setExpirationTime('1m')
          .sign(key),
    ],
    [
      'that has expired',
      () =>
        mintToken({
          connection: rig.connection,
          secret: rig.secret,
          role: 'viewer',
          subject: 'x',
          lifetimeSeconds: -10,
        }),
    ],
    [
      'of another connection',
      () => mintToken({ connection: 'nobody', secret: rig.secret, role: 'viewer', subject: 'x', lifetimeSeconds: 60 }),
    ],
  ])('%s is refused', async (_, token) => {
    expect((await get('/v1/logs', await token())).status).toBe(403);
  });
});

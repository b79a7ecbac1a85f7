/** API keys end: when is told, and they are renewed where Odoo allows it. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startSandbox } from '../../infra/local/sandbox/index.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

const DAY_MS = 86_400_000;
let rig: Rig;
beforeAll(async () => {
  rig = await startRig({ sandbox: { keyRenewal: 'allowed' } });
});
afterAll(() => rig?.stop());

const health = async () =>
  (await api<Record<string, string | null>>(rig, 'GET', '/v1/health', { role: 'viewer' })).body;
const setLogin = (password: string) =>
  api(rig, 'PUT', '/v1/connection/odoo-login', { body: { user: rig.credentials.user, password } });
const daily = () => rig.stack.invoke('keys', {});
const login = async () => {
  const { Secrets } = await import('../../lib/store/secrets.ts');
  return new Secrets().odoo(rig.connection);
};
const daysUntil = (time: string | null | undefined) => (Date.parse(time ?? '') - Date.now()) / DAY_MS;

/** An Odoo of another kind at the same address. */
async function replaceBy(options: Parameters<typeof startSandbox>[0]) {
  await rig.sandbox?.stop();
  const { url, ...credentials } = rig.credentials;
  rig.sandbox = await startSandbox({ ...credentials, ...options, port: Number(new URL(url).port) });
}

/** As time passes: the key was made 76 of its 90 days ago. */
async function nearTheEnd() {
  const uid = await rig.odoo.logIn();
  const [key] = await rig.odoo.searchRead('res.users.apikeys', [['user_id', '=', uid]], ['id'], { order: 'id desc' });
  rig.sandbox?.ageKey(Number(key?.id), 70);
}

describe('when a key ends', () => {
  test('a password never does', async () => {
    await setLogin(rig.credentials.password);
    expect(await health()).toMatchObject({ keyExpiresAt: null, keyExpiryIs: null });
  });

  test('is told as soon as it is set', async () => {
    await setLogin(rig.sandbox?.apiKey ?? '');
    const { keyExpiresAt, keyExpiryIs } = await health();
    expect(keyExpiryIs).toBe('told');
    expect(daysUntil(keyExpiresAt)).toBeCloseTo(80, 0);
  });

  test('is three months from then where Odoo does not tell', async () => {
    await replaceBy({ version: 17 });
    await setLogin(rig.sandbox?.apiKey ?? '');
    const { keyExpiresAt, keyExpiryIs } = await health();
    expect(keyExpiryIs).toBe('assumed');
    expect(daysUntil(keyExpiresAt)).toBeGreaterThan(88);
  });

  test('is not known while Odoo is down, which keeps nobody from setting it', async () => {
    await rig.sandbox?.stop();
    expect((await setLogin('5a'.repeat(20))).status).toBe(200);
    expect((await health()).keyExpiryIs).toBe('assumed');
    await replaceBy({ keyRenewal: 'allowed' });
    await daily();
    expect((await health()).keyExpiryIs).toBe('told');
  });
});

describe('a key that ends soon', () => {
  test('is renewed: a new one is made and used, and the next day the old one is revoked', async () => {
    const old = rig.sandbox?.apiKey ?? '';
    await nearTheEnd();
    await daily();
    const renewed = await login();
    expect(renewed?.password).toMatch(/^[0-9a-f]{40}$/);
    expect(renewed).toMatchObject({ previousPassword: old });
    expect(renewed?.password).not.toBe(old);
    expect((await rig.logs({ code: 'KEY_RENEWED' })).logs).toHaveLength(1);

    await rig.sync([anEvent('customer', '1', aCustomer({ email: `one.${rig.tag}@example.com` }))]);
    expect((await rig.logs({ code: 'CREATED', record: '1' })).logs).toHaveLength(1);

    await daily();
    expect(await login()).toEqual({ ...renewed, previousPassword: undefined });
    expect(rig.sandbox?.hasKey(old)).toBe(false);
    expect(rig.sandbox?.hasKey(renewed?.password ?? '')).toBe(true);
    expect(daysUntil((await health()).keyExpiresAt)).toBeGreaterThan(14);
    const printed = JSON.stringify(rig.lines);
    for (const secret of [old, renewed?.password ?? '']) expect(printed).not.toContain(secret);
  });

  test('is let go where somebody has removed it before that', async () => {
    const old = (await login())?.password ?? '';
    const printedBefore = rig.lines.length;
    await nearTheEnd();
    await daily();
    expect(await login()).toMatchObject({ previousPassword: old });
    const [former] = await rig.odoo.searchRead('res.users.apikeys', [], ['id'], { order: 'id' });
    rig.sandbox?.ageKey(Number(former?.id), 999);
    expect(rig.sandbox?.hasKey(old)).toBe(false);
    await daily();
    expect((await login())?.previousPassword).toBeUndefined();
    const printed = rig.lines.slice(printedBefore).map(({ message, code }) => `${message} ${code ?? ''}`);
    expect(printed.filter((line) => line.startsWith('key not looked after'))).toEqual([]);
  });

  test.each([
    ['refused', /cannot be renewed from here: .*Programmatic API keys are not enabled/],
    ['absent', /cannot be renewed from here: Odoo has no method/],
  ] as const)('is told of, with what to do, where renewing is %s', async (keyRenewal, message) => {
    await replaceBy({ keyRenewal });
    await setLogin(rig.sandbox?.apiKey ?? '');
    await nearTheEnd();
    await daily();
    const [row] = (await rig.logs({ code: 'KEY_EXPIRING' })).logs;
    expect(row).toMatchObject({
      ...{ level: 'warning', by: 'connector', message: expect.stringMatching(message) },
      remedy: expect.stringContaining('New API Key'),
    });
    expect(await login()).toMatchObject({ password: rig.sandbox?.apiKey });
    expect(await health()).toMatchObject({ status: 'degraded', message: expect.stringContaining('expires in') });
  });
});

import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Stack, startStack } from '../../infra/local/runner/index.ts';

let stack: Stack;
let pairing: typeof import('../../lib/store/pairing.ts');
let connections: typeof import('../../lib/store/connections.ts');
let secrets: import('../../lib/store/secrets.ts').Secrets;

beforeAll(async () => {
  stack = await startStack({ functions: {} });
  Object.assign(process.env, stack.env);
  pairing = await import('../../lib/store/pairing.ts');
  connections = await import('../../lib/store/connections.ts');
  secrets = new (await import('../../lib/store/secrets.ts')).Secrets();
});
afterAll(() => stack?.stop());

const settings = { odooUrl: 'https://example.odoo.com', odooDatabase: 'example' };
const odooLogin = { user: 'me', password: 'secret' };
/** As it is kept: for this Odoo and no other. */
const keptLogin = { ...odooLogin, origin: 'https://example.odoo.com' };
const stored = async (connection: string) => {
  secrets.forget(connection);
  return { store: await secrets.store(connection), odoo: await secrets.odoo(connection) };
};

test('makes a connection with a secret of its own', async () => {
  const secret = await pairing.pair('fresh', { settings, odooLogin });
  expect(secret).toMatch(/^whsec_/);
  expect(await stored('fresh')).toEqual({ store: { webhookSecret: secret }, odoo: keptLogin });
  expect(await connections.readSettings('fresh')).toMatchObject(settings);
});

test('changes only what is given', async () => {
  const secret = await pairing.pair('changed', { settings, odooLogin });
  expect(await pairing.pair('changed', { settings: { odooDatabase: 'other' } })).toBe(secret);
  expect(await connections.readSettings('changed')).toMatchObject({ ...settings, odooDatabase: 'other' });
  expect((await stored('changed')).odoo).toEqual(keptLogin);
});

test('gives a new secret while the former stays valid', async () => {
  const former = await pairing.pair('rotated', { settings, odooLogin });
  const webhookSecret = await pairing.pair('rotated', { rotate: true });
  expect(webhookSecret).not.toBe(former);
  expect((await stored('rotated')).store).toEqual({ webhookSecret, previousWebhookSecret: former });
});

test.each([
  ['name', 'Not A Name', { settings }],
  ['URL', 'bad', { settings: { ...settings, odooUrl: 'ftp://example.com' } }],
  ['missing database', 'bad', { settings: { odooUrl: settings.odooUrl } }],
  ['empty password', 'bad', { settings, odooLogin: { user: 'me', password: '' } }],
])('refuses a bad %s', async (_, connection, change) => {
  await expect(pairing.pair(connection, change)).rejects.toThrow();
});

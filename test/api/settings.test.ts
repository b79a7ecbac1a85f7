import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { ConnectionSettings } from '../../lib/store/connections.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

let rig: Rig;

beforeAll(async () => {
  rig = await startRig();
});
afterAll(() => rig?.stop());

interface View {
  settings: ConnectionSettings;
  version: number;
  by: string;
  at: string;
  minIntervalMs: number;
  login: Record<string, unknown>;
  choices: { entities: Record<string, unknown>[]; schedules: string[] } & Record<string, unknown>;
  changes: { path: string; from: unknown; to: unknown }[];
  code?: string;
  current?: Record<string, unknown>;
  errors?: { path: string; reason: string }[];
}

const read = async () => (await api<View>(rig, 'GET', '/v1/settings', { role: 'viewer' })).body;
const change = (settings: object, version: number, subject = 'ada') =>
  api<View>(rig, 'PATCH', '/v1/settings', { body: { version, settings }, subject });
const changed = async (settings: object) => {
  const answer = await change(settings, (await read()).version);
  expect(answer).toMatchObject({ status: 200 });
  return answer.body;
};

describe('GET /v1/settings', () => {
  test('answers every setting with its default, who saved it and what each can be', async () => {
    const view = await read();
    expect(view).toMatchObject({ version: 1, by: 'command line', minIntervalMs: 0 });
    expect(view.settings).toMatchObject({
      odooUrl: rig.credentials.url,
      bulkLimit: 100,
      productMode: 'variant',
      realtime: {},
      schedules: { sweep: { when: 'cron(15 3 * * *)', enabled: true } },
    });
    expect(view.choices).toMatchObject({
      productModes: ['variant', 'template'],
      stockPolicies: ['never', 'onCreate', 'always'],
      orderStates: ['CONFIRM', 'PAID', 'DELIVERED', 'DONE', 'CANCEL'],
    });
    expect(view.choices.schedules).toEqual(expect.arrayContaining(['all', 'sweep', 'order']));
    const entity = (name: string) => view.choices.entities.find((one) => one.name === name);
    expect(entity('category')).toMatchObject({ deletePolicies: ['keep'], matchPolicies: ['adopt', 'report', 'off'] });
    expect(entity('order')).toMatchObject({ deletePolicies: ['cancel', 'keep'], matchPolicies: [], realtime: true });
    expect(entity('product')?.fieldsOfOdoo).toEqual(expect.arrayContaining(['name', 'list_price']));
    expect(entity('address')).toMatchObject({ deletePolicies: ['archive', 'keep'], realtime: false });
  });

  test('shows of the login who it is, and never the password', async () => {
    const answer = await api<View>(rig, 'GET', '/v1/settings', { role: 'viewer' });
    expect(answer.body.login).toMatchObject({ isSet: true, user: rig.credentials.user });
    expect(answer.text).not.toContain(`"${rig.credentials.password}"`);
  });
});

describe('PATCH /v1/settings', () => {
  test('changes what is named and leaves the rest', async () => {
    const before = await read();
    const after = await change({ bulkLimit: 50, deletePolicies: { product: 'keep' } }, before.version);
    expect(after.body).toMatchObject({ version: before.version + 1, by: 'ada' });
    expect(after.body.changes).toEqual([
      { path: 'deletePolicies.product', from: null, to: 'keep' },
      { path: 'bulkLimit', from: 100, to: 50 },
    ]);
    expect(after.body.settings).toEqual({ ...before.settings, bulkLimit: 50, deletePolicies: { product: 'keep' } });
    expect((await read()).settings).toEqual(after.body.settings);
  });

  test('changes one entry of a map, and null takes it or a setting back to its default', async () => {
    await changed({ deletePolicies: { product: 'keep', customer: 'keep' }, warehouseId: 1, bulkLimit: 7 });
    const { settings } = await changed({ deletePolicies: { product: null }, warehouseId: null, bulkLimit: null });
    expect(settings.deletePolicies).toEqual({ customer: 'keep' });
    expect(settings.bulkLimit).toBe(100);
    expect(settings).not.toHaveProperty('warehouseId');
  });

  test('is refused if somebody else was faster, with what is current', async () => {
    const { version } = await read();
    await change({ bulkLimit: 11 }, version);
    const late = await change({ bulkLimit: 12 }, version);
    expect(late).toMatchObject({
      status: 409,
      body: { code: 'CONFLICT', current: { version: version + 1, by: 'ada' } },
    });
    expect((await read()).settings.bulkLimit).toBe(11);
  });

  test('of two at the same time one is taken', async () => {
    const { version } = await read();
    const answers = await Promise.all([21, 22, 23, 24].map((bulkLimit) => change({ bulkLimit }, version)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    expect((await read()).version).toBe(version + 1);
  });

  test('that changes nothing makes no version', async () => {
    const before = await read();
    expect(await changed({ bulkLimit: before.settings.bulkLimit })).toMatchObject({
      version: before.version,
      changes: [],
    });
  });

  test.each([
    ['an unknown entity', { deletePolicies: { galaxy: 'keep' } }, 'settings.deletePolicies.galaxy'],
    ['archiving where Odoo cannot', { deletePolicies: { category: 'archive' } }, 'settings.deletePolicies.category'],
    ['cancelling what is no order', { deletePolicies: { product: 'cancel' } }, 'settings.deletePolicies.product'],
    ['matching what is never looked for', { matchPolicies: { order: 'off' } }, 'settings.matchPolicies.order'],
    ['an unknown field', { fieldsOfOdoo: { product: ['name', 'colour'] } }, 'settings.fieldsOfOdoo.product.1'],
    ['fields of what is never written', { fieldsOfOdoo: { tax: ['name'] } }, 'settings.fieldsOfOdoo.tax'],
    ['real time of what comes with others', { realtime: { address: false } }, 'settings.realtime.address'],
    ['a status that is no id', { statusMapping: { Shipped: 'PAID' } }, 'settings.statusMapping.Shipped'],
    ['a schedule of nothing', { schedules: { moon: { when: 'rate(1 day)' } } }, 'settings.schedules.moon'],
    ['a schedule without sense', { schedules: { order: { when: 'often' } } }, 'settings.schedules.order.when'],
    ['a date that never comes', { schedules: { all: { when: 'cron(0 0 30 2 *)' } } }, 'settings.schedules.all.when'],
    ['a mode of a sweep', { schedules: { sweep: { mode: 'full' } } }, 'settings.schedules.sweep.mode'],
    ['a password in the URL', { odooUrl: 'https://me:secret@example.com' }, 'settings.odooUrl'],
    [
      'calls in parallel to Odoo Online',
      { odooUrl: 'https://example.odoo.com', callsAtOnce: 2 },
      'settings.callsAtOnce',
    ],
    ['no Odoo at all', { odooUrl: null }, 'settings.odooUrl'],
  ])('refuses %s, names it, and changes nothing', async (_, settings, path) => {
    const before = await read();
    const answer = await change(settings, before.version);
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALUE_REFUSED', errors: [{ path }] } });
    expect(answer.body.errors?.[0]?.reason.length).toBeGreaterThan(5);
    expect(await read()).toEqual(before);
  });

  test.each([
    ['an unknown setting', { colour: 'red' }, 'settings'],
    ['a bad URL', { odooUrl: 'ftp://example.com' }, 'settings.odooUrl'],
    ['a URL without end', { exportUrl: `https://example.com/${'x'.repeat(2_048)}` }, 'settings.exportUrl'],
    ['a database name without end', { odooDatabase: 'x'.repeat(256) }, 'settings.odooDatabase'],
    ['three calls at once', { callsAtOnce: 3 }, 'settings.callsAtOnce'],
    ['a page that is too long', { bulkLimit: 501 }, 'settings.bulkLimit'],
    ['an unknown state', { statusMapping: { '5': 'LOST' } }, 'settings.statusMapping.5'],
  ])('refuses the shape of %s', async (_, settings, path) => {
    const answer = await change(settings, (await read()).version);
    expect(answer).toMatchObject({ status: 400, body: { code: 'BODY_INVALID', errors: [{ path }] } });
  });

  test('refuses a record that Odoo does not have, unless Odoo cannot be asked', async () => {
    const before = await read();
    const answer = await change({ warehouseId: 987_654, locationId: 987_655 }, before.version);
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALUE_REFUSED' } });
    expect(answer.body.errors?.map(({ path }) => path)).toEqual(['settings.warehouseId', 'settings.locationId']);
    expect(await read()).toEqual(before);
    await changed({ odooUrl: 'http://127.0.0.1:9' });
    await changed({ warehouseId: 987_654 });
    await changed({ warehouseId: null, odooUrl: before.settings.odooUrl });
  });

  test('is for managers', async () => {
    const body = { version: 1, settings: { bulkLimit: 5 } };
    expect((await api(rig, 'PATCH', '/v1/settings', { role: 'viewer', body })).status).toBe(403);
    expect((await api(rig, 'POST', '/v1/settings/restore', { role: 'viewer', body: { version: 1 } })).status).toBe(403);
  });

  test('is in the log, with who did it', async () => {
    await changed({ variantLimit: 33 });
    const { logs } = await rig.logs({ code: 'SETTINGS_CHANGED', limit: '1' });
    expect(logs[0]).toMatchObject({ by: 'ada', message: 'Settings changed: variantLimit from 100 to 33.' });
  });
});

describe('the history', () => {
  test('says who changed what from which value to which, newest first, in pages', async () => {
    await changed({ productMode: 'template' });
    await changed({ productMode: 'variant', stockPolicy: 'always' });
    type Page = { versions: (View & { restored: number | null })[]; next: number | null };
    const page = async (query: Record<string, string>) =>
      (await api<Page>(rig, 'GET', '/v1/settings/history', { role: 'viewer', query })).body;
    const { versions, next } = await page({ limit: '2' });
    expect(versions.map(({ by, changes }) => ({ by, changes }))).toEqual([
      {
        by: 'ada',
        changes: [
          { path: 'productMode', from: 'template', to: 'variant' },
          { path: 'stockPolicy', from: 'never', to: 'always' },
        ],
      },
      { by: 'ada', changes: [{ path: 'productMode', from: 'variant', to: 'template' }] },
    ]);
    const all = [...versions.map(({ version }) => version)];
    for (let below = next; below !== null; ) {
      const more = await page({ limit: '2', below: String(below) });
      all.push(...more.versions.map(({ version }) => version));
      below = more.next;
    }
    const { version } = await read();
    expect(all).toEqual(Array.from({ length: version }, (_, index) => version - index));
  });

  test('a former version is brought back as a new one', async () => {
    const before = await read();
    await changed({ bulkLimit: 77, statusMapping: { '1': null, '7': 'CANCEL' } });
    const body = { version: before.version };
    const answer = await api<View>(rig, 'POST', '/v1/settings/restore', { body, subject: 'grace' });
    expect(answer.body).toMatchObject({ version: before.version + 2, by: 'grace' });
    expect(answer.body.settings).toEqual(before.settings);
    expect((await read()).settings).toEqual(before.settings);
    const { body: history } = await api<{ versions: object[] }>(rig, 'GET', '/v1/settings/history');
    expect(history.versions[0]).toMatchObject({ restored: before.version, by: 'grace' });
  });

  test('what never was cannot be brought back, nor over a change that was not seen', async () => {
    const { version } = await read();
    const restore = (body: object) => api<View>(rig, 'POST', '/v1/settings/restore', { body });
    expect(await restore({ version: 9_999 })).toMatchObject({ status: 404, body: { code: 'NOT_FOUND' } });
    expect(await restore({ version: 1, current: version - 1 })).toMatchObject({
      ...{ status: 409, body: { code: 'CONFLICT', current: { version } } },
    });
  });
});

test('what failed for a setting is tried at once when it is changed', async () => {
  const good = rig.credentials.database;
  await changed({ odooDatabase: 'nowhere' });
  await rig.post([anEvent('customer', '900', aCustomer({ email: `lost.${rig.tag}@example.com` }))]);
  await rig.idle();
  const failures = async () => (await api<{ failures: { code: string }[] }>(rig, 'GET', '/v1/failures')).body.failures;
  expect(await failures()).toMatchObject([{ code: 'ODOO_DATABASE' }]);
  await changed({ odooDatabase: good });
  await rig.idle();
  await expect.poll(failures, { timeout: 60_000 }).toEqual([]);
});

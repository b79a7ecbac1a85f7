/** Everything is lost and brought back; afterwards nothing is made twice, and nothing is done at all. */
import { execFile } from 'node:child_process';
import { appendFile, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from 'vitest';
import { ensureTable } from '../../infra/local/aws/tables.ts';
import { type TableSpec, tables } from '../../infra/topology.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent, anOrder, aProduct } from '../support/snapshots.ts';

let rig: Rig;
let folder: string;
let file: string;
beforeAll(async () => {
  rig = await startRig();
  folder = await mkdtemp(join(tmpdir(), 'backup-'));
  file = join(folder, 'main.ndjson');
});
afterAll(async () => {
  await rig?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function script(name: string, ...args: string[]): Promise<{ code: number; out: string }> {
  const file = fileURLToPath(new URL(`../../cli/${name}.ts`, import.meta.url));
  const command = ['--import', 'tsx', file, '--connection', rig.connection, ...args];
  const env = { ...process.env, ODOO_PASSWORD: rig.credentials.password };
  try {
    const { stdout } = await promisify(execFile)(process.execPath, command, { env });
    return { code: 0, out: stdout };
  } catch (error) {
    const { code, stderr } = error as { code: number; stderr: string };
    return { code, out: stderr };
  }
}

const backup = (...args: string[]) => script('backup', ...args);
/** As after the loss of an account: with the login, and with the secret that the store has. */
async function pairAnew(...args: string[]) {
  const { url, database, user } = rig.credentials;
  const odoo = ['--odoo-url', url, '--odoo-database', database, '--odoo-user', user];
  expect(await script('pair', ...odoo, '--secret', rig.secret, ...args)).toMatchObject({ code: 0 });
}

const customer = aCustomer({ email: 'backed.up@example.com' });
const events = () => [
  anEvent('customer', '1', customer),
  anEvent('product', '2', aProduct({ model: `backed-up` })),
  anEvent('order', '3', anOrder({ orderId: '3', customer: aCustomer({ email: 'guest.backed.up@example.com' }) })),
];
const inOdoo = async () =>
  Promise.all(
    ['res.partner', 'product.template', 'sale.order'].map((model) => rig.odoo.call(model, 'search_count', [[]])),
  );

/** All items of all tables; what is left are the secrets. */
async function loseEverything() {
  const { writeItems } = await import('../../lib/store/documents.ts');
  const { tableName } = await import('../../lib/environment.ts');
  for (const [name, { key }] of Object.entries<TableSpec>(tables)) {
    const names = [key.partition, ...(key.sort === undefined ? [] : [key.sort])].map(([attribute]) => attribute);
    for await (const items of pagesOf(tableName(name))) {
      const keys = items.map((item) => Object.fromEntries(names.map((one) => [one, item[one]])));
      await writeItems(
        tableName(name),
        keys.map((one) => ({ delete: one })),
      );
    }
  }
}

async function* pagesOf(TableName: string) {
  const { paginateScan } = await import('@aws-sdk/lib-dynamodb');
  const { documents } = await import('../../lib/store/documents.ts');
  for await (const page of paginateScan({ client: documents }, { TableName })) yield page.Items ?? [];
}

/** As a table was at a point in time: AWS restores it into one of another name. @returns its name */
async function restoredTable(name: keyof typeof tables): Promise<string> {
  const { documents, writeItems } = await import('../../lib/store/documents.ts');
  const { tableName } = await import('../../lib/environment.ts');
  const restored = `${tableName(name)}-restored`;
  await ensureTable(documents, restored, tables[name]);
  for await (const items of pagesOf(tableName(name))) {
    await writeItems(
      restored,
      items.map((item) => ({ put: item })),
    );
  }
  return restored;
}

test('a backup that was restored leaves nothing to be done', async () => {
  const { readSettings } = await import('../../lib/store/connections.ts');
  const { connectionNames } = await import('../../lib/store/settings.ts');
  await rig.configure({ logRetentionDays: 30, deletePolicies: { order: 'keep' } });
  const settings = await readSettings(rig.connection);
  await rig.sync(events());
  const before = await inOdoo();
  expect((await backup('save', file)).out).toMatch(/^\d+ mappings and the settings/);
  const saved = await readFile(file, 'utf8');
  expect(saved).not.toContain(rig.secret);
  expect(saved).not.toContain(`"${rig.credentials.password}"`);

  await loseEverything();
  expect(await readSettings(rig.connection)).toBeUndefined();
  expect(await connectionNames()).toEqual([]);
  const restored = await backup('restore', file);
  const count = saved.trim().split('\n').length - 1;
  expect(restored.out).toBe(`${count} mappings restored, 0 left as they were; the settings were restored.\n`);
  expect(await readSettings(rig.connection)).toEqual(settings);
  // Whoever looks after every connection finds it again.
  expect(await connectionNames()).toEqual([rig.connection]);
  expect(await rig.sync(events())).toEqual([]);
  expect(await inOdoo()).toEqual(before);
  expect((await backup('restore', file)).out).toBe(
    `0 mappings restored, ${count} left as they were; the settings were as in the backup already.\n`,
  );
});

describe('a table that AWS has restored to a point in time', () => {
  afterEach(() => vi.unstubAllEnvs());

  test('gives its mappings by a backup of it, and its settings, too', async () => {
    const { readSettings } = await import('../../lib/store/connections.ts');
    const settings = await readSettings(rig.connection);
    const before = await inOdoo();
    const mappings = await restoredTable('mappings');
    const connections = await restoredTable('connections');
    await loseEverything();
    await rig.configure({});

    vi.stubEnv('TABLE_MAPPINGS', mappings);
    expect((await backup('save', file)).out).toMatch(/^[1-9]\d* mappings and the settings/);
    vi.stubEnv('TABLE_CONNECTIONS', connections);
    const whole = join(folder, 'with-settings.ndjson');
    expect((await backup('save', whole)).code).toBe(0);
    vi.unstubAllEnvs();

    expect((await backup('restore', file)).out).toMatch(
      /^[1-9]\d* mappings restored, 0 left .* as in the backup already/,
    );
    expect(await rig.sync(events())).toEqual([]);
    expect(await inOdoo()).toEqual(before);
    expect((await backup('restore', '--replace-settings', whole)).out).toMatch(/^0 mappings restored/);
    expect(await readSettings(rig.connection)).toEqual(settings);
    await rm(whole);
  });
});

describe('paired before it is restored, as the runbook says', () => {
  const decided = { statusMapping: { '5': 'DONE' }, deletePolicies: { order: 'keep' }, minIntervalMs: 7 } as const;
  const settingsNow = async () => {
    const { readSettings } = await import('../../lib/store/connections.ts');
    return readSettings(rig.connection);
  };
  beforeEach(async () => {
    await rig.configure(decided);
    expect((await backup('save', file)).code).toBe(0);
    await loseEverything();
  });

  test('settings that only pairing has made give way, but for what it was told', async () => {
    const exportUrl = 'https://shop.example/export';
    await pairAnew('--export-url', exportUrl);
    const before = await inOdoo();
    const { out } = await backup('restore', file);
    expect(out).toContain('the settings were restored, with what pairing was told: exportUrl.\n');
    expect(await settingsNow()).toMatchObject({ ...decided, exportUrl, odooUrl: rig.credentials.url });
    expect(await rig.sync(events())).toEqual([]);
    expect(await inOdoo()).toEqual(before);
  });

  test('settings that a person has changed since stay, and the other ones come if they are asked for', async () => {
    await pairAnew();
    const version = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body.version;
    const body = { version, settings: { stockPolicy: 'always' } };
    expect((await api(rig, 'PATCH', '/v1/settings', { body, subject: 'ada' })).status).toBe(200);
    const kept = await backup('restore', file);
    expect(kept.out).toContain('the settings were NOT restored: ada has changed them since');
    expect(kept.out).toContain('--replace-settings');
    expect(await settingsNow()).toMatchObject({ stockPolicy: 'always', deletePolicies: {} });

    expect((await backup('restore', '--replace-settings', file)).out).toContain('the settings were restored');
    expect(await settingsNow()).toMatchObject({ ...decided, stockPolicy: 'never' });
    const { body: history } = await api<{ versions: { by: string }[] }>(rig, 'GET', '/v1/settings/history');
    expect(history.versions.map(({ by }) => by)).toEqual(['backup', 'ada', 'command line']);
  });

  test('mappings are not restored beside another Odoo database: there their ids are other records', async () => {
    await pairAnew('--odoo-database', 'another');
    expect(await backup('restore', file)).toEqual({
      code: 1,
      out: expect.stringContaining(`of the Odoo database "${rig.credentials.database}"`),
    });
  });
});

test('without a backup known records are found again, not made twice', async () => {
  const before = await inOdoo();
  await loseEverything();
  // Paired anew.
  await rig.configure({});
  await rig.sync(events());
  expect(await inOdoo()).toEqual(before);
});

test('a backup that fails leaves the one before as it is', async () => {
  const saved = await readFile(file, 'utf8');
  const unknown = await backup('--connection', 'nobody', 'save', file);
  expect(unknown).toEqual({ code: 1, out: 'There is no connection "nobody".\n' });
  expect(await readFile(file, 'utf8')).toBe(saved);
  expect(await readdir(folder)).toEqual(['main.ndjson']);
});

test('what is no backup of this connection is refused, with the line', async () => {
  const [head = '', ...rest] = (await readFile(file, 'utf8')).split('\n');
  const other = join(folder, 'other.ndjson');
  await writeFile(other, [head.replace(rig.connection, 'neighbour'), ...rest].join('\n'));
  expect(await backup('restore', other)).toEqual({
    code: 1,
    out: expect.stringContaining('line 1 is of the connection'),
  });
  await appendFile(file, '{"kind":"mapping","item":{"scope":"x');
  expect(await backup('restore', file)).toEqual({ code: 1, out: expect.stringContaining('is no JSON') });
  expect(await backup('restore', join(folder, 'nowhere'))).toMatchObject({ code: 1 });
});

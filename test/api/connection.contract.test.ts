/** The connection test and the login, against the sandbox or a real Odoo. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import http from 'node:http';
import https from 'node:https';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startProxy } from '../../infra/local/chaos/proxy.ts';
import type { TestReport } from '../../lib/connection/test.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

let rig: Rig;
const servers: http.Server[] = [];

beforeAll(async () => {
  rig = await startRig();
});
afterAll(async () => {
  for (const server of servers) server.close();
  await rig?.stop();
});

const testing = (body: object = {}) => api<TestReport>(rig, 'POST', '/v1/connection/test', { body });
const steps = async (body: object = {}) => (await testing(body)).body.steps;
const step = async (name: string, body: object = {}) => (await steps(body)).find((one) => one.name === name);
const statuses = (all: TestReport['steps']) => Object.fromEntries(all.map(({ name, status }) => [name, status]));

async function serve(server: http.Server): Promise<number> {
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return (server.address() as AddressInfo).port;
}
const answering = (status: number, headers: http.OutgoingHttpHeaders, body: string) =>
  http.createServer((_, response) => response.writeHead(status, headers).end(body));

describe('POST /v1/connection/test', () => {
  test('walks from the name to the rights, and finds nothing wrong with a good connection', async () => {
    const { status, body } = await testing();
    expect(status).toBe(200);
    expect(body.steps.filter((one) => one.status === 'failed')).toEqual([]);
    expect(body.ok).toBe(true);
    expect([...new Set(body.steps.map(({ name }) => name))]).toEqual([
      ...[
        'dns',
        'connection',
        'http',
        'version',
        'database',
        'login',
        'transport',
        'apps',
        'languages',
        'currency',
        'pricelists',
      ],
      'rights',
    ]);
    const rights = body.steps.filter(({ name }) => name === 'rights');
    expect(rights.map(({ model }) => model)).toEqual(
      expect.arrayContaining(['res.partner', 'product.template', 'sale.order', 'account.tax']),
    );
    expect(body.milliseconds).toBeLessThan(25_000);
  });

  test('is given what the user lacks, model by model, with the group that mends it', async () => {
    const { body } = await testing({ user: 'weak@example.com', password: 'weak' });
    expect(body.ok).toBe(false);
    expect(statuses(body.steps)).toMatchObject({ login: 'ok', apps: 'ok' });
    const partner = body.steps.find(({ model }) => model === 'res.partner');
    expect(partner).toMatchObject({ name: 'rights', status: 'failed', code: 'ODOO_ACCESS' });
    expect(partner?.detail).toContain('may not create, write');
    expect(partner?.remedy).toContain('Contact Creation');
    // Without it taxes that Odoo has already are used all the same.
    expect(body.steps.find(({ model }) => model === 'account.tax')).toMatchObject({ status: 'warning' });
  });

  test('says that the key is wrong, and looks no further', async () => {
    const all = await steps({ user: rig.credentials.user, password: 'wrong' });
    expect(statuses(all)).toMatchObject({ database: 'ok', login: 'failed', apps: 'skipped', rights: 'skipped' });
    expect(all.find(({ name }) => name === 'login')).toMatchObject({ code: 'ODOO_AUTH', remedy: expect.any(String) });
  });

  test('says that there is no such database', async () => {
    const all = await steps({ odooDatabase: 'nowhere' });
    expect(statuses(all)).toMatchObject({ version: 'ok', database: 'failed', login: 'skipped' });
    expect(all.find(({ name }) => name === 'database')?.code).toBe('ODOO_DATABASE');
  });

  test('says that nothing listens there', async () => {
    const closed = await serve(http.createServer());
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await step('connection', { odooUrl: `http://127.0.0.1:${closed}` })).toMatchObject({
      ...{ status: 'failed', code: 'ODOO_UNREACHABLE', detail: `Nothing listens on 127.0.0.1:${closed}.` },
    });
  });

  test('says that there is no such name', async () => {
    const all = await steps({ odooUrl: 'https://odoo.invalid' });
    expect(all[0]).toMatchObject({ name: 'dns', status: 'failed', code: 'ODOO_UNREACHABLE' });
    expect(all.slice(1).every(({ status }) => status === 'skipped')).toBe(true);
    expect(all.map(({ name }) => name).slice(0, 4)).toEqual(['dns', 'connection', 'http', 'version']);
  });

  test.each([
    ['a page that is no Odoo', answering(200, { 'content-type': 'text/html' }, '<html>Hello</html>'), /is no Odoo/],
    ['another server', answering(404, { 'content-type': 'text/html' }, 'nothing'), /is no Odoo \(HTTP status 404\)/],
    ['an Odoo that is down', answering(502, {}, 'Bad Gateway'), /status 502/],
    [
      'a redirect',
      answering(301, { location: 'https://shop.example.com/x?token=1' }, ''),
      /https:\/\/shop.example.com\./,
    ],
  ])('recognizes %s', async (_, server, detail) => {
    const odooUrl = `http://127.0.0.1:${await serve(server)}`;
    const http = await step('http', { odooUrl });
    expect(http).toMatchObject({ status: 'failed', detail: expect.stringMatching(detail) });
    expect(http?.remedy?.length).toBeGreaterThan(10);
  });

  test('recognizes a certificate that nobody trusts, and a server without one', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'certificate-'));
    const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
    execFileSync(
      'openssl',
      [
        ...'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost'.split(' '),
      ].concat(...[['-keyout', key, '-out', cert]]),
      { stdio: 'ignore' },
    );
    const secure = await serve(https.createServer({ key: readFileSync(key), cert: readFileSync(cert) }));
    rmSync(folder, { recursive: true });
    expect(await step('connection', { odooUrl: `https://localhost:${secure}` })).toMatchObject({
      ...{ status: 'failed', code: 'ODOO_UNREACHABLE', detail: expect.stringContaining('self-signed') },
    });
    const plain = await serve(answering(200, {}, ''));
    expect((await step('connection', { odooUrl: `https://localhost:${plain}` }))?.detail).toContain('speak TLS');
  });

  test('sends a key that is kept to nobody but the Odoo it is kept for', async () => {
    const bodies: string[] = [];
    const spy = http.createServer((request, response) => {
      request.on('data', (chunk) => bodies.push(String(chunk)));
      request.on('end', () =>
        response
          .writeHead(200, { 'content-type': 'text/xml' })
          .end(
            '<methodResponse><params><param><value><struct><member><name>server_version</name><value><string>19.0' +
              '</string></value></member></struct></value></param></params></methodResponse>',
          ),
      );
    });
    const port = await serve(spy);
    const all = await steps({ odooUrl: `http://localhost:${port}` });
    expect(statuses(all)).toMatchObject({ version: 'ok', login: 'failed' });
    expect(all.find(({ name }) => name === 'login')?.code).toBe('CONNECTION_UNCONFIGURED');
    expect(bodies.length).toBeGreaterThan(0);
    expect(bodies.join()).not.toContain(rig.credentials.password);
  });

  test('saves nothing, and is for managers', async () => {
    const read = async () => (await api(rig, 'GET', '/v1/settings')).body;
    const before = await read();
    await testing({ odooUrl: 'https://odoo.invalid', odooDatabase: 'other', user: 'me', password: 'mine' });
    expect(await read()).toEqual(before);
    expect((await api(rig, 'POST', '/v1/connection/test', { role: 'viewer', body: {} })).status).toBe(403);
    const answer = await api(rig, 'POST', '/v1/connection/test', { body: { odooUrl: 'http://a:b@example.com' } });
    expect(answer).toMatchObject({ status: 422, body: { code: 'VALUE_REFUSED', errors: [{ path: 'odooUrl' }] } });
  });
});

describe('PUT /v1/connection/odoo-login', () => {
  const set = (user: string, password: string) =>
    api(rig, 'PUT', '/v1/connection/odoo-login', { body: { user, password }, subject: 'ada' });

  test('is used from then on, releases what waited for it, and is never read back', async () => {
    const { user, password } = rig.credentials;
    await set(user, 'a-wrong-key-1');
    await rig.sync([anEvent('customer', '77', aCustomer({ email: `login.${rig.tag}@example.com` }))]);
    const failures = async () => (await api<{ failures: object[] }>(rig, 'GET', '/v1/failures')).body.failures;
    await expect.poll(failures, { timeout: 60_000 }).toMatchObject([{ code: 'ODOO_AUTH' }]);
    const answer = await set(user, password);
    expect(answer).toMatchObject({ status: 200, body: { isSet: true, user, by: 'ada', setAt: expect.any(String) } });
    expect(answer.text).not.toContain(`"${password}"`);
    await expect.poll(failures, { timeout: 60_000 }).toEqual([]);
    const settings = await api<{ login: object }>(rig, 'GET', '/v1/settings');
    expect(settings.body.login).toMatchObject({ isSet: true, user, by: 'ada' });
    const { logs } = await rig.logs({ code: 'LOGIN_CHANGED' });
    expect(logs).toHaveLength(2);
    expect(JSON.stringify([logs, rig.lines])).not.toContain('a-wrong-key-1');
  });

  test('is kept for the address it was entered for, host, port and scheme: another one must be given it anew', async () => {
    const { user, password, url } = rig.credentials;
    await set(user, password);
    const { version } = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body;
    const others = [
      ['hostname', 'localhost'],
      ['port', '9'],
      ['protocol', 'https:'],
    ] as const;
    for (const [index, [part, value]] of others.entries()) {
      const elsewhere = new URL(url);
      elsewhere[part] = value;
      const settings = { odooUrl: elsewhere.href };
      await api(rig, 'PATCH', '/v1/settings', { body: { version: version + index, settings } });
      const record = `moved-${part}`;
      await rig.sync([anEvent('customer', record, aCustomer({ email: `${record}.${rig.tag}@example.com` }))]);
      const { logs } = await rig.logs({ level: 'error', record, entity: 'customer' });
      const told = { code: 'CONNECTION_UNCONFIGURED', message: expect.stringContaining(new URL(url).origin) };
      expect(logs[0]).toMatchObject(told);
    }
    const back = { version: version + others.length, settings: { odooUrl: url } };
    expect(await api(rig, 'PATCH', '/v1/settings', { body: back })).toMatchObject({ status: 200 });
  });

  test('that the command line paired is kept for its Odoo, too', async () => {
    const { user, password, url, database } = rig.credentials;
    const { pair } = await import('../../lib/store/pairing.ts');
    const settings = { odooUrl: url, odooDatabase: database };
    await pair(rig.connection, { settings, odooLogin: { user, password } });
    const { version } = (await api<{ version: number }>(rig, 'GET', '/v1/settings')).body;
    const bodies: Buffer[] = [];
    const spy = await startProxy({ target: () => url, before: (body) => void bodies.push(body) });
    try {
      const elsewhere = { version, settings: { odooUrl: spy.url } };
      expect(await api(rig, 'PATCH', '/v1/settings', { body: elsewhere })).toMatchObject({ status: 200 });
      await rig.sync([anEvent('customer', 'spied', aCustomer({ email: `spied.${rig.tag}@example.com` }))]);
      await api(rig, 'POST', '/v1/connection/test', { body: {} });
      await api(rig, 'GET', '/v1/odoo/warehouses');
      expect(bodies.filter((body) => body.includes(password))).toEqual([]);
    } finally {
      await spy.stop();
      await api(rig, 'PATCH', '/v1/settings', { body: { version: version + 1, settings } });
    }
  });

  test('is for managers, and takes nothing empty', async () => {
    const body = { user: 'me', password: 'mine' };
    expect((await api(rig, 'PUT', '/v1/connection/odoo-login', { role: 'viewer', body })).status).toBe(403);
    expect(await set('me', '')).toMatchObject({ status: 400, body: { errors: [{ path: 'password' }] } });
  });
});

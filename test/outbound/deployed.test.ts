/** The whole path as deployed, where nothing allows private addresses: whoever sets a URL gets at nothing inside. */
import { createServer } from 'node:http';
import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { close, listen } from '../../infra/local/aws/listen.ts';
import { type ApiAnswer, api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { aCustomer, anEvent } from '../support/snapshots.ts';

let rig: Rig;
let inside: { url: string; reached: string[]; close: () => Promise<void> };

beforeAll(async () => {
  rig = await startRig({ env: { PRIVATE_ADDRESSES: '' } });
  const reached: string[] = [];
  const server = createServer((request, response) => {
    reached.push(`${request.method} ${request.url}`);
    response.writeHead(200, { 'content-type': 'text/xml' }).end('<methodResponse>');
  });
  inside = { url: await listen(server), reached, close: () => close(server) };
});
afterAll(async () => {
  await rig?.stop();
  await inside?.close();
});
beforeEach(() => {
  inside.reached.length = 0;
});

interface Refused {
  code: string;
  errors: { path: string; reason: string }[];
}
const change = (settings: object): Promise<ApiAnswer<Refused>> =>
  api(rig, 'PATCH', '/v1/settings', { body: { version: 1, settings } });

describe('settings', () => {
  test.each([
    ['odooUrl', 'http://169.254.169.254/latest'],
    ['odooUrl', 'http://2130706433:8069'],
    ['exportUrl', 'http://[::ffff:10.0.0.1]/index.php'],
    ['exportUrl', 'http://localhost:3900/'],
  ])('%s cannot be %s', async (path, url) => {
    const { status, body } = await change({ [path]: url });
    expect([status, body.code]).toEqual([422, 'VALUE_REFUSED']);
    const reason = 'must have a host that can be reached from the internet';
    expect(body.errors).toContainEqual({ path: `settings.${path}`, reason });
  });
});

describe('the test of a connection', () => {
  test('refuses an address that is written out', async () => {
    const body = { odooUrl: inside.url, odooDatabase: 'x', user: 'u', password: 'p' };
    const answer = await api<Refused>(rig, 'POST', '/v1/connection/test', { body });
    expect([answer.status, answer.body.code]).toEqual([422, 'VALUE_REFUSED']);
    expect(inside.reached).toEqual([]);
  });
});

test('events of a connection whose Odoo is inside are parked with the cause; Odoo is never asked', async () => {
  await rig.sync([anEvent('customer', '1', aCustomer({ email: `a.${rig.tag}@example.com` }))]);
  const { body } = await api<{ failures: { code: string; message: string }[] }>(rig, 'GET', '/v1/failures');
  expect(body.failures).toMatchObject([
    { code: 'ADDRESS_PRIVATE', message: '127.0.0.1 is no address of the internet.' },
  ]);
  expect(rig.lines.filter(({ message, failed }) => message === 'odoo call' && failed === undefined)).toEqual([]);
});

test('a store that is inside is neither flushed nor read', async () => {
  await rig.configure({ exportUrl: `${inside.url}/export`, flushMinutes: 1 });
  const started = await api<{ runs: { id: string }[] }>(rig, 'POST', '/v1/runs', {
    body: { entity: 'customer', mode: 'full' },
  });
  const id = started.body.runs[0]?.id ?? '';
  await expect
    .poll(async () => (await api(rig, 'GET', `/v1/runs/${id}`)).body, { timeout: 60_000 })
    .toMatchObject({ problem: { code: 'ADDRESS_PRIVATE' } });
  await expect
    .poll(() => rig.lines.filter(({ message }) => message === 'store not flushed'), { timeout: 60_000 })
    .toContainEqual(expect.objectContaining({ code: 'ADDRESS_PRIVATE' }));
  expect(inside.reached).toEqual([]);
});

/** An Odoo that learns JSON-2 by an upgrade, and forgets it when the upgrade is taken back, while functions are warm. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type SandboxOptions, startSandbox } from '../../infra/local/sandbox/index.ts';
import { readPulse } from '../../lib/store/pulse.ts';
import { api } from '../support/api.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { anEvent, aProduct } from '../support/snapshots.ts';

let rig: Rig;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'transport-'));
  rig = await startRig({ sandbox: { dataDir, version: 17 } });
  await rig.setOdooPassword(rig.sandbox?.apiKey ?? '');
});
afterAll(async () => {
  await rig?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const product = (model: string) => anEvent('product', model, aProduct({ model, shippable: false }));
const met = async () => {
  const { version, transport } = await readPulse(rig.connection);
  return [version, transport];
};

async function replaceBy(version: SandboxOptions['version']) {
  await rig.sandbox?.stop();
  const { url, ...credentials } = rig.credentials;
  rig.sandbox = await startSandbox({ ...credentials, dataDir, version, port: Number(new URL(url).port) });
}

async function arrives(model: string) {
  await rig.sync([product(model)]);
  await expect
    .poll(async () => (await rig.logs({ record: model, code: 'CREATED' })).logs, { timeout: 60_000 })
    .toHaveLength(1);
}

test('is reached over XML-RPC, then over JSON-2, then over XML-RPC again, by itself', async () => {
  await arrives('first');
  expect(await met()).toEqual(['17.0', 'XML-RPC']);
  await replaceBy(19);
  await arrives('second');
  await arrives('third');
  expect(await met()).toEqual(['19.0', 'JSON-2']);
  await replaceBy(17);
  await arrives('fourth');
  expect((await met())[1]).toBe('XML-RPC');
  expect((await rig.logs({ code: 'CREATED' })).logs).toHaveLength(4);
});

test('as the settings say, if they say so', async () => {
  await replaceBy(19);
  await rig.configure({ transport: 'json2' });
  await arrives('fifth');
  expect(await met()).toEqual(['19.0', 'JSON-2']);
  await rig.configure({ transport: 'xmlrpc' });
  await arrives('sixth');
  expect((await met())[1]).toBe('XML-RPC');
});

test('an Odoo that does not speak what the settings say is told apart from one that is down', async () => {
  await replaceBy(17);
  await rig.configure({ transport: 'json2' });
  const { body } = await api<{ steps: object[] }>(rig, 'POST', '/v1/connection/test', { body: {} });
  const says = expect.stringContaining('does not speak JSON-2');
  expect(body.steps).toContainEqual(expect.objectContaining({ name: 'version', status: 'failed', detail: says }));
});

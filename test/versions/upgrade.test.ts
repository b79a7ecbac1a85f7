/** An Odoo that is upgraded while functions are warm: they know its former language for up to an hour. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { startSandbox } from '../../infra/local/sandbox/index.ts';
import { forgetDialect, readDialect } from '../../lib/odoo/dialect.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { anEvent, aProduct } from '../support/snapshots.ts';

let rig: Rig;
let dataDir: string;
beforeAll(async () => {
  dataDir = await mkdtemp(join(tmpdir(), 'upgrade-'));
  rig = await startRig({ sandbox: { dataDir, version: 17 } });
});
afterAll(async () => {
  await rig?.stop();
  await rm(dataDir, { recursive: true, force: true });
});

const models = ['first', 'second'];
const product = (model: string) => anEvent('product', model, aProduct({ model, shippable: false }));

test('what is sent in words that Odoo no longer knows is sent again in those it knows now', async () => {
  await rig.sync([product('first')]);
  await rig.sandbox?.stop();
  const { url, ...credentials } = rig.credentials;
  rig.sandbox = await startSandbox({ ...credentials, dataDir, version: 18, port: Number(new URL(url).port) });
  await rig.sync([product('second')]);
  const found = () =>
    rig.odoo.call('product.template', 'search_count', [
      [
        ['default_code', 'in', models],
        ['type', '=', 'service'],
      ],
    ]);
  forgetDialect(rig.credentials);
  expect((await readDialect(rig.credentials, rig.odoo)).version).toBe('18.0');
  await expect.poll(found, { timeout: 60_000 }).toBe(2);
  await rig.idle();
  const { logs } = await rig.logs({ record: 'second' });
  expect(logs.map(({ code }) => code)).toEqual(['CREATED', 'ODOO_FIELD_UNKNOWN']);
});

/** What only a sandbox can do: survive a kill, count calls, play faults. */
import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type Sandbox, startSandbox } from '../../infra/local/sandbox/index.ts';
import { faultOf, OdooWire } from '../support/odoo-wire.ts';

describe('a killed sandbox', () => {
  let directory: string;
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), 'sandbox-'));
  });
  const children: ChildProcess[] = [];
  afterAll(async () => {
    for (const child of children) child.kill('SIGKILL');
    await rm(directory, { recursive: true, force: true });
  });

  /** Starts a sandbox in a process of its own, to be killed. */
  async function spawned(): Promise<{ process: ChildProcess; url: string }> {
    const module = new URL('../../infra/local/sandbox/index.ts', import.meta.url).href;
    const script = `import(${JSON.stringify(module)}).then(async ({ startSandbox }) =>
      console.log((await startSandbox({ dataDir: ${JSON.stringify(directory)} })).url));`;
    const child = spawn(process.execPath, ['--import', 'tsx', '-e', script], { stdio: ['ignore', 'pipe', 'inherit'] });
    children.push(child);
    const url = await new Promise<string>((resolve, reject) => {
      child.stdout?.once('data', (line: Buffer) => resolve(line.toString().trim()));
      child.once('exit', () => reject(new Error('the sandbox did not start')));
    });
    return { process: child, url };
  }

  const connect = (url: string) =>
    OdooWire.connect({ url, database: 'sandbox', login: 'connector@example.com', password: 'connector' });

  it('has everything it answered for, deletions and numbers included', async () => {
    const first = await spawned();
    const before = await connect(first.url);
    const answers: (number | false)[] = [];
    for (let index = 0; index < 20; index++) {
      const { ids } = await before.load('res.partner', ['id', 'name'], [[`kill.p${index}`, `Partner ${index}`]]);
      answers.push((ids || [])[0] ?? false);
    }
    await before.call('res.partner', 'unlink', [[answers[0] || 0]]);
    await before.load('res.partner', ['id', 'name'], [['kill.refused', '']]);
    const order = await before.create('sale.order', { partner_id: answers[1] || 0 });
    const { name } = await before.one('sale.order', order, ['name']);
    const [journal = 0] = await before.call<number[]>('account.journal', 'search', [[['type', '=', 'bank']]]);
    const payment = {
      ...{ amount: 1, date: '2026-11-28', payment_type: 'inbound', partner_type: 'customer' },
      ...{ journal_id: journal, partner_id: answers[1] || 0 },
    };
    const paid = await before.one('account.payment', await before.create('account.payment', payment), ['name']);
    first.process.kill('SIGKILL');
    await new Promise((resolve) => first.process.once('close', resolve));

    const again = await startSandbox({ dataDir: directory });
    try {
      const after = await connect(again.url);
      expect(await after.call('res.partner', 'search_count', [[['name', '=like', 'Partner %']]])).toBe(19);
      expect(await after.idOf('kill.p0')).toBeNull();
      expect(await after.idOf('kill.p7')).toBe(answers[7]);
      expect(await after.idOf('kill.refused')).toBeNull();
      const { ids } = await after.load('res.partner', ['id', 'name'], [['kill.p7', 'Same']]);
      expect(ids).toEqual([answers[7]]);
      const next = await after.one('sale.order', await after.create('sale.order', { partner_id: answers[1] || 0 }), [
        'name',
      ]);
      expect([name, next.name]).toEqual(['S00001', 'S00002']);
      // A number with a year in it, and so a stroke.
      const id = await after.create('account.payment', payment);
      expect((await after.one('account.payment', id, ['name'])).name).not.toBe(paid.name);
    } finally {
      await again.stop();
    }
  });
});

describe('a sandbox under test', () => {
  let sandbox: Sandbox;
  let odoo: OdooWire;
  beforeAll(async () => {
    sandbox = await startSandbox();
    odoo = await OdooWire.connect(sandbox);
  });
  afterAll(() => sandbox.stop());

  const load = (id: string) => odoo.load('res.partner', ['id', 'name'], [[`faults.${id}`, id]]);

  it('counts the calls it answers', async () => {
    const before = sandbox.calls;
    await load('counted');
    await odoo.call('res.partner', 'search_count', [[]]);
    expect(sandbox.calls - before).toBe(2);
    expect(sandbox.callsByMethod()).toMatchObject({ 'res.partner.load': 1, 'res.partner.search_count': 1 });
  });

  it('cuts the connection before or after the work', async () => {
    sandbox.inject({ method: 'load', kind: 'cut-before' });
    await expect(load('before')).rejects.toThrow();
    expect(await odoo.idOf('faults.before')).toBeNull();
    sandbox.inject({ model: 'res.partner', method: 'load', kind: 'cut-after' });
    await expect(load('after')).rejects.toThrow();
    const id = await odoo.idOf('faults.after');
    expect(id).not.toBeNull();
    expect((await load('after')).ids).toEqual([id]);
  });

  it('answers as a proxy in front of a dead Odoo', async () => {
    sandbox.inject({ kind: 'http-502-html', times: 2 });
    await expect(load('proxy')).rejects.toThrow();
    await expect(load('proxy')).rejects.toThrow();
    expect((await load('proxy')).ids).toHaveLength(1);
  });

  it('loses races as Odoo does', async () => {
    sandbox.inject({ method: 'load', kind: 'serialization' });
    const fault = await faultOf(load('race'));
    expect([fault.code, fault.lastLine]).toEqual([
      1,
      'psycopg2.errors.SerializationFailure: could not serialize access due to concurrent update',
    ]);
    sandbox.inject({ method: 'load', kind: 'serialization-message' });
    expect(await load('race')).toMatchObject({
      ids: false,
      messages: [{ type: 'error', message: 'could not serialize access due to concurrent update\n' }],
    });
    expect(await odoo.idOf('faults.race')).toBeNull();
  });

  it('takes its time when asked to', async () => {
    sandbox.inject({ method: 'search_count', kind: 'slow', ms: 150 });
    const start = performance.now();
    await odoo.call('res.partner', 'search_count', [[]]);
    expect(performance.now() - start).toBeGreaterThanOrEqual(140);
  });
});

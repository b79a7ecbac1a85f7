/** The command line, as a person calls it, over the API of a running stack. */
import { execFile } from 'node:child_process';
import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { mintToken } from '../../lib/access/token.ts';
import { type Rig, startRig } from '../support/rig.ts';
import { openExporter } from '../support/runs.ts';

let rig: Rig;
let token: string;
beforeAll(async () => {
  rig = await startRig();
  const { connection, secret } = rig;
  token = await mintToken({ connection, secret, role: 'manager', subject: 'ada', lifetimeSeconds: 86_400 });
});
afterAll(() => rig?.stop());

const bin = fileURLToPath(new URL('../../cli/bin.mjs', import.meta.url));
const run = promisify(execFile);

const cli = (...args: string[]) =>
  called([bin, ...args], { ...process.env, OPENCART_ODOO_URL: rig.stack.url, OPENCART_ODOO_TOKEN: token });

/** A command that works in AWS itself, with nothing of it in the environment but what is given. */
async function inAws(name: string, args: readonly string[], env: NodeJS.ProcessEnv) {
  const { PATH, HOME } = process.env;
  const script = fileURLToPath(new URL(`../../cli/${name}.ts`, import.meta.url));
  return called(['--import', 'tsx', script, ...args], { PATH, HOME, ...env });
}

async function called(command: string[], env: NodeJS.ProcessEnv): Promise<{ code: number; out: string; err: string }> {
  try {
    const { stdout, stderr } = await run(process.execPath, command, { env });
    return { code: 0, out: stdout, err: stderr };
  } catch (error) {
    const { code, stdout, stderr } = error as { code: number; stdout: string; stderr: string };
    return { code, out: stdout, err: stderr };
  }
}

test('looks first, does what was shown, and tells what there is', async () => {
  await openExporter(rig, { customers: 3 });
  const looked = await cli('runs', 'start', 'customers', '--preview', '--watch');
  expect(looked).toMatchObject({ code: 0, out: expect.stringMatching(/customer full preview .*3\/3.*3 created/) });
  const id = looked.out.slice(0, 26);
  const shown = await cli('runs', 'preview', id);
  expect(shown.out).toMatch(/create {2}customer 2 {2}No2/);
  expect(shown.out).toContain(`email: null → c2.${rig.tag}@example.com`);
  const done = await cli('runs', 'apply', id, '--watch');
  expect(done).toMatchObject({ code: 0, out: expect.stringMatching(/completed {2}3 created/) });
  const again = await cli('runs', 'start', 'customer', '--watch');
  expect(again.out).toMatch(/completed {2}3 unchanged/);
  expect((await cli('runs', 'list', '-n', '1')).out).toContain('3 unchanged');
  expect((await cli('failures')).out).toBe('Nothing waits.\n');
  expect((await cli('logs', '--entity', 'customer', '--code', 'CREATED')).out.trim().split('\n')).toHaveLength(3);
});

test('exports mappings, and imports what was changed in them', async () => {
  const { out } = await cli('mappings', 'export', 'customer');
  const lines = out.trim().split(/\r?\n/);
  expect(lines[0]).toMatch(/entity.*recordId.*odooId/);
  expect(lines).toHaveLength(4);
  const file = join(tmpdir(), `mappings-${rig.tag}.csv`);
  await writeFile(file, out);
  expect((await cli('mappings', 'import', 'customer', file)).out).toBe(
    '0 mapped, 3 as they were, 0 without an Odoo id.\n',
  );
});

test('an import that was nonsense is undone', async () => {
  expect((await cli('mappings', 'resets')).out).toBe('Nothing was reset or imported.\n');
  const before = (await cli('mappings', 'export', 'customer')).out;
  const [, one, two] = before
    .trim()
    .split(/\r?\n/)
    .map((line) => line.split(','));
  const file = join(tmpdir(), `nonsense-${rig.tag}.csv`);
  await writeFile(file, `recordId,odooId\n${one?.[1]},${two?.[4]}\n${two?.[1]},${one?.[4]}\n`);
  const done = await cli('mappings', 'import', 'customer', file);
  expect(done.out).toContain('2 mapped');
  const id = /mappings undo (\S+)/.exec(done.out)?.[1] ?? '';
  expect((await cli('mappings', 'resets')).out).toContain(`${id}  `);
  const undone = await cli('mappings', 'undo', id);
  expect(undone).toMatchObject({
    code: 0,
    out: expect.stringMatching(/import of customer by ada: 2 records, restored\n$/),
  });
  expect((await cli('mappings', 'export', 'customer')).out).toBe(before);
  expect(await cli('mappings', 'undo', 'nothing')).toMatchObject({
    code: 1,
    err: expect.stringContaining('no reset or import'),
  });
});

test('says what is wrong with what it was told, and ends accordingly', async () => {
  expect(await cli('runs', 'start', 'refunds')).toMatchObject({
    code: 2,
    err: expect.stringContaining('Entities: all'),
  });
  expect(await cli('runs', 'watch', '01JDXXXXXXXXXXXXXXXXXXXXXX')).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('There is no run') },
  });
  expect(await cli('mappings', 'import', 'customer', '/nowhere.csv')).toMatchObject({ code: 2 });
  expect(await cli('replay')).toMatchObject({ code: 2, err: expect.stringContaining('Say which') });
  expect(await cli('runs', 'start', 'customer', '--mode', 'fast')).toMatchObject({
    ...{ code: 2, err: expect.stringMatching(/^mode: .*"sweep"/) },
  });
  // Who names a connection does not mean that of a token that happens to be in the environment.
  expect(await cli('failures', '--connection', 'nobody')).toMatchObject({
    ...{ code: 2, err: expect.stringContaining('no connection "nobody"') },
  });
  expect(await cli('failures', '--token', 'none')).toMatchObject({
    ...{ code: 1, err: expect.stringContaining('wrong, or has expired') },
  });
  expect(await cli('failures', '--url', 'here')).toMatchObject({ code: 2, err: expect.stringContaining('"here"') });
  const elsewhere = await cli('failures', '--url', 'http://127.0.0.1:1');
  expect(elsewhere).toMatchObject({ code: 1, err: expect.stringContaining('cannot be reached') });
});

test('--local works on the stack of this machine, with nothing in the environment', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'local-'));
  const { PATH, HOME } = process.env;
  const local = (name: string, ...args: string[]) => {
    const script = fileURLToPath(new URL(`../../cli/${name}.ts`, import.meta.url));
    return called(['--import', 'tsx', script, '--local', ...args], { PATH, HOME, LOCAL_DATA: folder });
  };
  const none = await local('main', 'failures');
  expect(none).toMatchObject({ code: 2, err: expect.stringContaining('npm start') });

  vi.stubEnv('LOCAL_DATA', folder);
  const { tellEnvironment } = await import('../../infra/local/local-environment.ts');
  const takeAway = tellEnvironment({ ...rig.stack.env, OPENCART_ODOO_URL: rig.stack.url, OPENCART_ODOO_TOKEN: token });
  const { connection } = rig;
  expect(await local('main', 'failures')).toMatchObject({ code: 0, out: 'Nothing waits.\n' });
  expect((await local('main', 'token', '--connection', connection)).out).toMatch(/^ey/);
  expect((await local('pair', '--connection', connection)).out).toContain(rig.secret);
  const file = join(folder, 'saved.ndjson');
  expect((await local('backup', '--connection', connection, 'save', file)).out).toContain('the settings of');
  takeAway();
  expect(await local('main', 'failures')).toMatchObject({ code: 2 });
});

test('what works in AWS itself says what it lacks', async () => {
  const pair = ['--connection', 'main', '--odoo-user', 'ada'];
  const token = ['token', '--connection', 'main'];
  const tables = { TABLE_CONNECTIONS: 'connections', TABLE_MAPPINGS: 'mappings' };
  for (const [name, args, env, says] of [
    ['pair', [], {}, 'Say which connection'],
    ['pair', ['--connecton', 'main'], {}, '--connecton'],
    ['pair', pair, {}, 'TABLE_CONNECTIONS is not set'],
    ['backup', ['--connection', 'main', 'save', '/nowhere/main.ndjson'], {}, 'TABLE_CONNECTIONS is not set'],
    // A name that is guessed is that of another deployment's secret.
    ['pair', pair, tables, 'SECRET_PREFIX is not set'],
    ['main', token, tables, 'SECRET_PREFIX is not set'],
    ['main', token, {}, 'SECRET_PREFIX is not set'],
    ['main', ['failures', '--url', rig.stack.url, '--connection', 'main'], tables, 'SECRET_PREFIX is not set'],
    ['main', token, { SECRET_PREFIX: 'second' }, 'Say which region'],
  ] as const) {
    const { code, err } = await inAws(name, args, env);
    expect(err, name).toContain(says);
    expect(err, name).not.toMatch(/\n\s+at /);
    expect(code, name).toBe(2);
  }
});

test('of two deployments that share a region each has its own secrets', async () => {
  const { connection, secret } = rig;
  const second = { ...process.env, SECRET_PREFIX: 'second' };
  const url = ['--url', rig.stack.url, '--connection', connection];
  const paired = await inAws('pair', ['--connection', connection], second);
  expect(paired).toMatchObject({ code: 0, out: expect.stringContaining('whsec_') });
  expect(paired.out).not.toContain(secret);
  // The API is the first one's, which goes on with the secret that it had.
  expect(await inAws('main', ['failures', ...url], second)).toMatchObject({ code: 1 });
  expect(await inAws('main', ['failures', ...url], process.env)).toMatchObject({ code: 0 });
});

test('prints no sign that a terminal would obey, whoever wrote it', async () => {
  const { park } = await import('../../lib/store/failures.ts');
  const { appendLog } = await import('../../lib/store/log.ts');
  const { ConnectorError } = await import('../../lib/errors/index.ts');
  const evil = 'Odoo refuses \u001b[2J\u001b]0;title\u0007\u009b31mred\rover\nforged \u0000line';
  const about = { connection: rig.connection, entity: 'customer', recordId: 'evil', eventId: 'evil' };
  const error = new ConnectorError('ODOO_REFUSED', evil, { subject: 'a\u001b[1mb' });
  await park({ ...about, sequence: 1, error, body: '{}' });
  await appendLog(rig.connection, [{ level: 'error', code: 'EVIL', message: evil, entity: 'customer' }], 1);
  for (const args of [
    ['failures'],
    ['failures', '--cause', 'ODOO_REFUSED:a\u001b[1mb'],
    ['logs', '--code', 'EVIL'],
    ['runs', 'start', 'e\u001b[5mvil'],
  ]) {
    const { out, err } = await cli(...args);
    expect(out + err, args.join(' ')).toMatch(/\S/);
    expect((out + err).replaceAll('\n', ''), args.join(' ')).not.toMatch(/\p{Cc}/u);
    expect(out + err).not.toMatch(/^forged/m);
  }
  expect((await cli('logs', '--code', 'EVIL')).out).toMatch(/Odoo refuses .*red over forged +line/);
});

import { execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { snapshots } from '../../lib/opencart/snapshot-schemas.ts';

// npm run test:opencart: the tests of the store's extension. Needs PHP, PHPUnit and MariaDB, installs none of them
// and says what is missing. The database is one of its own, and gone afterwards.
const here = import.meta.dirname;
const packages: Record<string, string> = {
  php: 'php-cli php-mysql php-curl php-mbstring php-xml',
  phpunit: 'phpunit',
  mariadbd: 'mariadb-server',
  'mariadb-install-db': 'mariadb-server',
  'mariadb-admin': 'mariadb-client',
};
const extensions = ['mysqli', 'curl', 'mbstring', 'json', 'dom'];

function missing(): string[] {
  const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin'];
  const programs = Object.keys(packages).filter((name) => !folders.some((folder) => existsSync(join(folder, name))));
  if (programs.includes('php')) return programs;
  const loaded = new Set(execFileSync('php', ['-m'], { encoding: 'utf8' }).toLowerCase().split('\n'));
  return [...programs, ...extensions.filter((name) => !loaded.has(name)).map((name) => `PHP's ${name}`)];
}

/** `php -l` of every file. @returns what it complains about */
function syntaxErrors(): string[] {
  const files = readdirSync(join(here, '..'), { recursive: true, encoding: 'utf8' }).filter((name) =>
    name.endsWith('.php'),
  );
  return files.flatMap((name) => {
    const { status, stdout, stderr } = spawnSync('php', ['-d', 'display_errors=stderr', '-l', join(here, '..', name)], {
      encoding: 'utf8',
    });
    return status === 0 && stderr === '' ? [] : [`${name}: ${stderr || stdout}`];
  });
}

/** The snapshots that PHP made, by the schemas of the connector. @returns what it would refuse */
function refused(file: string): { checked: number; problems: string[] } {
  const made: Record<string, Record<string, unknown>> = JSON.parse(readFileSync(file, 'utf8'));
  const checks = Object.entries(snapshots).flatMap(([entity, schema]) =>
    Object.entries(made[entity] ?? {}).map(([id, data]) => ({
      what: `${entity} ${id}`,
      result: schema.safeParse(data),
    })),
  );
  const problems = checks.flatMap(({ what, result }) =>
    result.success ? [] : result.error.issues.map(({ path, message }) => `${what} ${path.join('.')}: ${message}`),
  );
  return { checked: checks.length, problems };
}

async function withDatabase<T>(folder: string, work: (socket: string) => T): Promise<T> {
  const [data, socket] = [join(folder, 'data'), join(folder, 'socket')];
  const own = ['--no-defaults', `--datadir=${data}`, ...(process.getuid?.() === 0 ? ['--user=root'] : [])];
  const path = { ...process.env, PATH: `${process.env.PATH}${delimiter}/usr/sbin` };
  execFileSync('mariadb-install-db', [...own, '--auth-root-authentication-method=normal', '--skip-test-db'], {
    env: path,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const server = spawn(
    'mariadbd',
    [...own, `--socket=${socket}`, '--skip-networking', '--innodb-flush-log-at-trx-commit=0'],
    { env: path, stdio: 'ignore' },
  );
  const ended = new Promise((resolve) => server.once('exit', resolve));
  try {
    const ping = () => spawnSync('mariadb-admin', ['-uroot', `--socket=${socket}`, 'ping'], { stdio: 'ignore' }).status;
    for (let tries = 0; ping() !== 0; tries++) {
      if (tries === 300 || server.exitCode !== null) throw new Error('The database does not start.');
      await sleep(50);
    }
    return work(socket);
  } finally {
    server.kill('SIGTERM');
    await ended;
  }
}

const lacking = missing();
if (lacking.length > 0) {
  const needed = [...new Set(lacking.map((name) => packages[name] ?? packages.php))].join(' ');
  console.error(`Missing: ${lacking.join(', ')}.\nOn Debian or Ubuntu: apt-get install ${needed}`);
  process.exit(1);
}

const wrong = syntaxErrors();
for (const problem of wrong) console.error(problem);
// A database that is thrown away is fastest in memory.
const folder = mkdtempSync(join(existsSync('/dev/shm') ? '/dev/shm' : tmpdir(), 'odoo-connector-'));
try {
  const made = join(folder, 'snapshots.json');
  const status = await withDatabase(folder, (socket) => {
    const env = { ...process.env, ODOO_CONNECTOR_TEST_SOCKET: socket, ODOO_CONNECTOR_SNAPSHOTS: made };
    const args = ['-c', join(here, 'phpunit.xml'), ...process.argv.slice(2)];
    return spawnSync('phpunit', args, { env, stdio: 'inherit' }).status;
  });
  const isFiltered = process.argv.some((argument) => argument.startsWith('--filter'));
  const { checked, problems } = existsSync(made) ? refused(made) : { checked: 0, problems: [] };
  for (const problem of problems) console.error(`The connector would refuse ${problem}`);
  if (!isFiltered || checked > 0)
    console.log(`The connector takes ${checked - problems.length} of ${checked} snapshots.`);
  const isWell = status === 0 && wrong.length === 0 && problems.length === 0 && (isFiltered || checked > 0);
  process.exitCode = isWell ? 0 : 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

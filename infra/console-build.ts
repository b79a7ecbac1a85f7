/** The console's files for who serves or deploys them: built when they are missing or older than what they are made of. */
import { execFile } from 'node:child_process';
import { readdir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const root = (path: string) => fileURLToPath(new URL(`../${path}`, import.meta.url));

export const consoleFolder = root('dist/console');
/** The packages of the store's extension, where `npm run build:opencart` was run. */
export const extensionFolder = root('dist/opencart');

/** What the console is made of. */
const sources = ['console', 'lib/errors', 'package-lock.json'];

/**
 * Builds the console unless it is as new as its sources.
 * @param say told before it is built, which takes some seconds
 */
export async function buildConsole(say: (text: string) => void): Promise<void> {
  const built = await stat(join(consoleFolder, 'index.html')).catch(() => undefined);
  const newest = Math.max(...(await Promise.all(sources.map((path) => newestIn(root(path))))));
  if (built !== undefined && built.mtimeMs >= newest) return;
  say('Building the console …');
  const vite = [root('node_modules/vite/bin/vite.js'), 'build', '--config', root('console/vite.config.ts')];
  // In a process of its own: what is made must not depend on the NODE_ENV of who asks, such as a test.
  await run(process.execPath, [...vite, '--logLevel', 'warn'], { env: { ...process.env, NODE_ENV: 'production' } });
}

/** When the file, or the youngest one in the folder, was last changed. */
async function newestIn(path: string): Promise<number> {
  const { mtimeMs, isDirectory } = await stat(path).then((one) => ({
    mtimeMs: one.mtimeMs,
    isDirectory: one.isDirectory(),
  }));
  if (!isDirectory) return mtimeMs;
  const entries = await readdir(path, { withFileTypes: true, recursive: true });
  const times = entries.map(async (entry) => (await stat(join(entry.parentPath, entry.name))).mtimeMs);
  return Math.max(mtimeMs, ...(await Promise.all(times)));
}

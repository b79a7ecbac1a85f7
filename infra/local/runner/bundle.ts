import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { esbuildOptions } from '../../bundling.ts';

const root = fileURLToPath(new URL('../../../', import.meta.url));

/** Bundles each source file once, as for the deployment, and answers where the bundles are. */
export async function bundle(entries: Iterable<string>, folder: string): Promise<Map<string, URL>> {
  await mkdir(folder, { recursive: true });
  const distinct = [...new Set(entries)];
  // One build for all of them, which reads what they share only once: that is most of what they are made of.
  const { outfile: _, ...options } = esbuildOptions('', '');
  await build({
    ...options,
    absWorkingDir: root,
    entryPoints: Object.fromEntries(distinct.map((entry) => [nameOf(entry), resolve(root, entry)])),
    outdir: folder,
    outExtension: { '.js': '.mjs' },
  });
  return bundlesIn(folder, distinct);
}

/** Where the bundles are that were made into a folder. */
export const bundlesIn = (folder: string, entries: Iterable<string>): Map<string, URL> =>
  new Map([...entries].map((entry) => [entry, pathToFileURL(join(folder, `${nameOf(entry)}.mjs`))]));

const nameOf = (entry: string) => entry.replace(/\.\w+$/, '').replace(/\W+/g, '-');

/** Which packages are in what is shipped, and under which licence: read from what the bundler has put in. */
import { readFile } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type BuildOptions, build } from 'esbuild';
import { esbuildOptions } from '../bundling.ts';
import { functions } from '../topology.ts';

export interface BundledPackage {
  name: string;
  version: string;
  /** As its `package.json` says, an SPDX expression. */
  licence: string;
  /** What it is part of. */
  in: readonly ('console' | 'functions')[];
}

/** Licences that ask for no more than being named. */
export const allowedLicences: ReadonlySet<string> = new Set([
  ...['MIT', 'MIT-0', 'ISC', '0BSD', 'BSD-2-Clause', 'BSD-3-Clause'],
  ...['Apache-2.0', 'BlueOak-1.0.0', 'Unlicense', 'CC0-1.0'],
]);

const root = fileURLToPath(new URL('../../', import.meta.url));
const inRoot = (path: string) => join(root, path);

/** Every package of which a file is bundled into a function or into the console. */
export async function bundledPackages(): Promise<BundledPackage[]> {
  const entries = [...new Set(Object.values(functions).map(({ entry }) => inRoot(entry)))];
  const { entryPoints: _, outfile: __, ...options } = esbuildOptions('', '');
  const [ofFunctions, ofConsole] = await Promise.all([
    foldersIn({ ...options, entryPoints: entries }),
    foldersIn({
      bundle: true,
      entryPoints: [inRoot('console/src/main.tsx')],
      jsx: 'automatic',
      format: 'esm',
      loader: { '.svg': 'empty', '.woff2': 'empty' },
      // What it imports is asked, not what the build makes of it.
      external: ['virtual:*'],
      logLevel: 'error',
    }),
  ]);
  const folders = [...new Set([...ofFunctions, ...ofConsole])].sort();
  return Promise.all(
    folders.map(async (folder) => ({
      ...(await described(folder)),
      in: [
        ...(ofConsole.has(folder) ? (['console'] as const) : []),
        ...(ofFunctions.has(folder) ? (['functions'] as const) : []),
      ],
    })),
  );
}

/** The folders of the packages that a bundle is made of. */
async function foldersIn(options: BuildOptions): Promise<Set<string>> {
  const built = await build({
    ...{ ...options, absWorkingDir: root, preserveSymlinks: true, splitting: false },
    ...{ write: false, metafile: true, outdir: inRoot('dist/none') },
  });
  const inputs = Object.keys((built.metafile as { inputs: object }).inputs);
  return new Set(inputs.flatMap((input) => folderOf(input) ?? []));
}

/** `node_modules/a/node_modules/@b/c/x.js` is of the package in `node_modules/a/node_modules/@b/c`. */
function folderOf(input: string): string | undefined {
  return /^(.*node_modules\/(?:@[^/]+\/)?[^/]+)\//.exec(input.replaceAll(sep, '/'))?.[1];
}

async function described(folder: string): Promise<Omit<BundledPackage, 'in'>> {
  const path = join(root, folder, 'package.json');
  const { name, version, license } = JSON.parse(await readFile(path, 'utf8')) as Record<string, string>;
  return { name: name ?? dirname(folder), version: version ?? '', licence: license ?? 'not said' };
}

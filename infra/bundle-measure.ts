/** How large each function's bundle is, and how long a fresh Node takes to load it. */
import { execFile } from 'node:child_process';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { promisify } from 'node:util';
import { gzipSync } from 'node:zlib';
import { build } from 'esbuild';
import { esbuildOptions } from './bundling.ts';
import { type FunctionSpec, functions } from './topology.ts';

export interface Measurement {
  entry: string;
  functions: string[];
  kilobytes: number;
  gzipKilobytes: number;
  coldImportMs: number;
}

const run = promisify(execFile);
const root = fileURLToPath(new URL('../', import.meta.url));
const timesMeasured = 5;

/** Loads a bundle the way Lambda does before it calls the handler, and prints the milliseconds. */
const timer = `
  const started = performance.now();
  const { handler } = await import(process.argv[1]);
  const elapsed = performance.now() - started;
  if (typeof handler !== 'function') throw new Error('It exports no function "handler".');
  process.stdout.write(String(elapsed), () => process.exit());
`;

/** Names that a function's module may read while it loads: they only have to be there. */
function stubEnvironment({ grants, env }: FunctionSpec, name: string): NodeJS.ProcessEnv {
  const tableNames = Object.keys(grants.tables ?? {}).map((table) => [`TABLE_${table.toUpperCase()}`, table]);
  return {
    PATH: process.env.PATH,
    AWS_REGION: 'eu-central-1',
    AWS_ACCESS_KEY_ID: 'none',
    AWS_SECRET_ACCESS_KEY: 'none',
    POWERTOOLS_SERVICE_NAME: name,
    POWERTOOLS_METRICS_NAMESPACE: 'OpenCartOdoo',
    SECRET_PREFIX: 'opencart-odoo',
    QUEUE_URLS: '{}',
    DEAD_LETTER_URLS: '{}',
    ...Object.fromEntries(tableNames),
    ...env,
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

async function measure(outfile: string, names: string[], spec: FunctionSpec): Promise<Measurement> {
  await build({ ...esbuildOptions(join(root, spec.entry), outfile) });
  const code = await readFile(outfile);
  const env = stubEnvironment(spec, names[0] ?? '');
  const times: number[] = [];
  // One after the other: in parallel they would slow each other down.
  for (let time = 0; time < timesMeasured; time++) {
    const args = ['--input-type=module', '--eval', timer, pathToFileURL(outfile).href];
    times.push(Number((await run(process.execPath, args, { env })).stdout));
  }
  return {
    entry: spec.entry,
    functions: names,
    kilobytes: Math.round(code.length / 102.4) / 10,
    gzipKilobytes: Math.round(gzipSync(code).length / 102.4) / 10,
    coldImportMs: Math.round(median(times)),
  };
}

/** Measures each source file once: functions that share one share its bundle. */
export async function measureBundles(): Promise<Measurement[]> {
  const byEntry = new Map<string, string[]>();
  for (const [name, { entry }] of Object.entries(functions)) byEntry.set(entry, [...(byEntry.get(entry) ?? []), name]);
  const directory = await mkdtemp(join(tmpdir(), 'bundles-'));
  try {
    const measured: Measurement[] = [];
    for (const [index, names] of [...byEntry.values()].entries()) {
      const spec = functions[names[0] ?? ''];
      if (spec) measured.push(await measure(join(directory, `${index}.mjs`), names, spec));
    }
    return measured;
  } finally {
    await rm(directory, { recursive: true });
  }
}

/** One full run over many products on a sandbox: whether calls, seconds and memory grow as they should. */
import { setTimeout as sleep } from 'node:timers/promises';
import * as z from 'zod';
import { startRun } from '../../../lib/runs/start.ts';
import { isGoingOn, readRun } from '../../../lib/store/runs.ts';
import { Child } from '../child.ts';
import { odooTarget } from '../odoo-target.ts';
import type { Connector } from './connector.ts';
import { Exporter } from './exporter.ts';
import { rounded } from './measure.ts';

/** How far the run was, and what it had taken until then. */
export interface GrowthPoint {
  records: number;
  calls: number;
  seconds: number;
  /** Of the process in which the function runs, once it is that far. */
  memoryMB: number;
}

/** Less than what is deployed: what is kept needlessly would end the function. */
const MEMORY_MB = 256;
const POLL_MS = 200;

export async function measureGrowth(
  connector: Connector,
  bundles: string,
  count: number,
  tell: (text: string) => void,
): Promise<GrowthPoint[]> {
  const connection = `growth_${Date.now().toString(36)}`;
  const exporter = new Exporter(count, connection);
  const sandbox = new Child(new URL('../sandbox-child.ts', import.meta.url), { port: 0 });
  const bulk = new Child(new URL('./bulk-child.ts', import.meta.url), { bundles, memoryMB: MEMORY_MB });
  try {
    await exporter.start();
    await connector.pairAlso(connection, odooTarget.parse(await sandbox.ready), exporter.url);
    await bulk.ready;
    const started = await startRun(connection, { entity: 'product', mode: 'full' }, 'bench');
    const [run] = 'runs' in started ? started.runs : [];
    if (run === undefined) throw new Error('The run did not start.');
    return await watch({ connection, id: run.id }, bulk, tell);
  } finally {
    await Promise.all([bulk.kill(), sandbox.kill(), exporter.stop()]);
  }
}

async function watch(key: { connection: string; id: string }, bulk: Child, tell: (text: string) => void) {
  const points: GrowthPoint[] = [];
  const began = performance.now();
  for (;;) {
    const run = await readRun(key);
    if (run === undefined) throw new Error('The run is gone.');
    const { counts, odooCalls, state, problem } = run;
    const last = points.at(-1)?.records ?? 0;
    if (counts.seen > last) {
      const memoryMB = rounded(z.number().parse(await bulk.ask('memory')), 1);
      const seconds = rounded((performance.now() - began) / 1_000, 1);
      points.push({ records: counts.seen, calls: odooCalls, seconds, memoryMB });
      if (Math.floor(counts.seen / 10_000) > Math.floor(last / 10_000)) {
        tell(`${counts.seen} products, ${odooCalls} calls, ${seconds} s, ${memoryMB} MB`);
      }
    }
    if (!isGoingOn(run)) {
      if (state !== 'completed' || counts.created !== counts.seen) {
        throw new Error(`The run has ended as ${state}, ${JSON.stringify(counts)}: ${problem?.message ?? ''}`);
      }
      return thinned(points);
    }
    await sleep(POLL_MS);
  }
}

const MOST_POINTS = 100;

/** As many as a plot shows, the last one among them. */
function thinned(points: readonly GrowthPoint[]): GrowthPoint[] {
  const step = Math.ceil(points.length / MOST_POINTS);
  return points.filter((_, index) => (points.length - 1 - index) % step === 0);
}

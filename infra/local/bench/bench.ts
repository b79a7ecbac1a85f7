/** The whole bench: everything is started, measured and stopped. */
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { NO_CHATTER } from '../../../lib/odoo/client.ts';
import { measureBundles } from '../../bundle-measure.ts';
import { functions } from '../../topology.ts';
import { Child } from '../child.ts';
import { type OdooTarget, odooTarget } from '../odoo-target.ts';
import { bundleFunctions } from '../runner/index.ts';
import { Client } from './client.ts';
import { Connector, type SpeedSettings } from './connector.ts';
import { type CpuResult, measureCpu } from './cpu.ts';
import { type GrowthPoint, measureGrowth } from './growth.ts';
import { prepare } from './known.ts';
import { type Amounts, type Bench, type EntityResult, measure, median, rounded } from './measure.ts';
import * as make from './records.ts';
import { workloads } from './workloads.ts';

export interface BenchOptions extends Amounts {
  /** Absent: the sandbox, as a process of its own. */
  odoo: OdooTarget | undefined;
  /** Names of the workloads. */
  entities: readonly string[];
  /** Those of the connector that decide how fast it is. */
  settings?: SpeedSettings;
  /** Products of the run whose growth is measured; 0: none. */
  growth: number;
  /** Whether bundles and CPU are measured, too. */
  engine: boolean;
  /** A folder that `bundleFunctions` has filled, for who has one. */
  bundles?: string;
  tell: (text: string) => void;
}

/** What `npm run bench -- --json` prints. */
export interface BenchResult extends Partial<CpuResult> {
  odoo: string;
  settings: SpeedSettings;
  entities: EntityResult[];
  /** One order of a known customer and known products, posted to the API, to CONFIRM. */
  realtimeOrder: { calls: number; ms: number };
  /** The same products again: calls, and reads of mappings per hundred. */
  unchanged: { records: number; calls: number; dynamoReads: number };
  /** The largest bundle, and the slowest import. */
  bundleKB?: number;
  initMs?: number;
  /** The most that the function's process took in the run of `growth`. */
  memoryMB?: number;
  growth?: GrowthPoint[];
}

export async function runBench(options: BenchOptions): Promise<BenchResult> {
  const { tell } = options;
  const bundles = options.bundles ?? (await mkdtemp(join(tmpdir(), 'connector-bench-')));
  const sandbox =
    options.odoo === undefined ? new Child(new URL('../sandbox-child.ts', import.meta.url), { port: 0 }) : undefined;
  // Whatever ends this process, nothing it has started stays behind.
  process.once('exit', () => sandbox?.killNow());
  try {
    if (bundles !== options.bundles) await bundleFunctions(functions, bundles);
    const odoo = options.odoo ?? odooTarget.parse(await sandbox?.ready);
    const shared = `bench_${Date.now().toString(36)}`;
    const connector = await Connector.start(shared, odoo, bundles, options.settings);
    const client = await Client.logIn(odoo);
    const batches = await Client.logIn(odoo, options.settings?.chatter === false ? NO_CHATTER : {});
    try {
      tell(`Odoo at ${odoo.url}; external ids begin with opencart_${shared}`);
      const known = await prepare(connector, client, shared);
      return await measureAll({ connector, client, batches, known, shared }, odoo, bundles, options);
    } finally {
      client.close();
      batches.close();
      await connector.stop();
    }
  } finally {
    await sandbox?.kill();
    if (bundles !== options.bundles) await rm(bundles, { recursive: true, force: true });
  }
}

async function measureAll(
  bench: Bench,
  odoo: OdooTarget,
  bundles: string,
  options: BenchOptions,
): Promise<BenchResult> {
  const { tell, growth } = options;
  const entities: EntityResult[] = [];
  for (const workload of workloads.filter(({ name }) => options.entities.includes(name))) {
    const result = await measure(bench, workload, options);
    entities.push(result);
    tell(sentenceOf(result));
  }
  tell('one order in real time, and what is unchanged');
  const result: BenchResult = {
    odoo: odoo.url,
    settings: options.settings ?? {},
    entities,
    realtimeOrder: await realtimeOrder(bench, options.rounds),
    unchanged: await unchanged(bench, options.records),
  };
  if (options.engine) {
    tell('CPU and bundles');
    const kind = options.odoo === undefined ? 'sandbox' : 'real';
    Object.assign(result, await measureCpu(bench.connector, odoo, bench.shared, kind), await largestBundle());
  }
  if (growth === 0) return result;
  tell(`a run over ${growth} products`);
  const points = await measureGrowth(bench.connector, bundles, growth, tell);
  return { ...result, memoryMB: Math.max(...points.map(({ memoryMB }) => memoryMB)), growth: points };
}

const sentenceOf = ({ entity, callsPerRecord, recordsPerSecond, naive, limit, ...result }: EntityResult): string =>
  `${entity}: ${callsPerRecord} calls per record, ${recordsPerSecond} records/s; ` +
  `one by one ${naive.recordsPerSecond} (× ${result.ratioToNaive}), limit ${limit.recordsPerSecond} (× ${result.ratioToLimit})`;

/** From the store's signed request to the queue idle again, the batching window included. */
async function realtimeOrder({ connector, shared }: Bench, rounds: number) {
  const first = make.order(`${shared}-known`, shared, '1');
  const place = (round: number) => {
    const orderId = `${shared}-known${round}`;
    return connector.post('order', { recordId: orderId, data: { ...first, orderId } });
  };
  await place(0);
  const taken = [];
  for (let round = 1; round <= rounds; round += 1) taken.push(await place(round));
  const ms = Math.round(median(taken.map(({ seconds }) => seconds)) * 1_000);
  return { calls: median(taken.map(({ calls }) => calls)), ms };
}

async function unchanged({ connector, shared }: Bench, count: number) {
  const products = Array.from({ length: count }, (_, index) => {
    const recordId = `${shared}-same${index}`;
    return { recordId, data: make.product(recordId, shared) };
  });
  await connector.sync('product', products);
  const { calls, records, dynamoDb } = await connector.sync('product', products);
  return { records, calls, dynamoReads: rounded((dynamoDb.batchReads / records) * 100, 2) };
}

async function largestBundle() {
  const measured = await measureBundles();
  return {
    bundleKB: Math.max(...measured.map(({ kilobytes }) => kilobytes)),
    initMs: Math.max(...measured.map(({ coldImportMs }) => coldImportMs)),
  };
}

/** What an event costs the connector itself, whatever Odoo and AWS take. */
import { Child } from '../child.ts';
import type { OdooTarget } from '../odoo-target.ts';
import type { Apart, Connector } from './connector.ts';
import { median, rounded } from './measure.ts';
import type { BenchRecord } from './records.ts';
import { type AnyWorkload, workloads } from './workloads.ts';

export interface CpuResult {
  /** Reading, checking, planning and XML-RPC, without AWS; the mean of the workloads. */
  perEventCpuMs: number;
  /** The same by workload, and for the whole function with logging, SQS and DynamoDB. */
  cpuMs: Record<string, { engine: number; function: number; unchanged: number }>;
}

/** The others are made of the same parts. */
const MEASURED = new Set(['customer', 'product', 'order-confirm']);
const BATCH = 100;
/**
 * Batches until V8 has compiled for speed what is called often: the first hundred take three times as long. A real
 * Odoo would be kept busy with that for a quarter of an hour.
 */
const WARM_UP = { sandbox: 12, real: 3 };
const BATCHES = 3;

export async function measureCpu(
  connector: Connector,
  odoo: OdooTarget,
  shared: string,
  kind: keyof typeof WARM_UP,
): Promise<CpuResult> {
  const warmUp = WARM_UP[kind];
  const cpuMs: CpuResult['cpuMs'] = {};
  for (const workload of workloads.filter(({ name }) => MEASURED.has(name))) {
    const engine = await engineOf(workload, odoo, connector);
    const whole = await connector.apart(workload.entity);
    try {
      const batch = recordsOf(workload, shared);
      cpuMs[workload.name] = {
        engine: await perEvent(engine, warmUp, () => batch('e')),
        function: await perEvent(whole, warmUp, () => batch('f')),
        unchanged: await perEvent(engine, warmUp, () => batch('same', true)),
      };
    } finally {
      await engine.stop();
      await whole.stop();
    }
  }
  const engines = Object.values(cpuMs).map((one) => one.engine);
  return { perEventCpuMs: rounded(engines.reduce((sum, one) => sum + one, 0) / engines.length, 2), cpuMs };
}

/** Batches of new records, or always the same ones. */
function recordsOf(workload: AnyWorkload, shared: string) {
  let made = 0;
  return (what: string, same = false): BenchRecord<object>[] => {
    if (!same) made += 1;
    return Array.from({ length: BATCH }, (_, index) => {
      const recordId = `${shared}-${workload.name}-${what}${same ? '' : made}-${index}`;
      return { recordId, data: workload.make(recordId, shared) };
    });
  };
}

async function perEvent(apart: Apart, warmUp: number, batch: () => readonly BenchRecord<object>[]): Promise<number> {
  const taken: number[] = [];
  for (let index = 0; index < warmUp + BATCHES; index += 1) taken.push(await apart.sync(batch()));
  return rounded(median(taken.slice(warmUp)) / BATCH, 2);
}

async function engineOf({ entity }: AnyWorkload, odoo: OdooTarget, connector: Connector): Promise<Apart> {
  const options = { odoo, connection: connector.connection, entity };
  const child = new Child(new URL('./engine-child.ts', import.meta.url), options);
  await child.ready;
  return connector.through(entity, child);
}

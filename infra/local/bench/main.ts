/** `npm run bench`: how fast the connector is, beside one call per record and beside raw batches. */
import '../quiet.ts';
import { writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { odooFromEnvironment } from '../odoo-target.ts';
import { runBench } from './bench.ts';
import { plotGrowth } from './plot.ts';
import { tableOf } from './table.ts';
import { workloads } from './workloads.ts';

const names = workloads.map(({ name }) => name);

const USAGE = `npm run bench -- [--json] [--rounds 3] [--records 200] [--naive 20] [--entity ${names.join(',')}]
                 [--at-once 1] [--no-chatter] [--growth 2000] [--plot file.svg]

Takes the sandbox, or the Odoo named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD.
--naive: records that are brought one by one, which takes long; --at-once: the connector's setting
callsAtOnce; --no-chatter: its setting chatter off; --growth: products of a run on the sandbox whose calls, seconds and memory are noted on the way (0: none), --plot: where to draw them.`;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const optionsSchema = z.object({
  rounds: whole(1, 100).default(3),
  records: whole(1, 10_000).default(200),
  naive: whole(1, 10_000).default(20),
  atOnce: whole(1, 2).default(1),
  growth: whole(0, 1_000_000).default(2_000),
  entity: z
    .string()
    .default(names.join(','))
    .transform((list) => list.split(','))
    .pipe(z.array(z.enum(names))),
  plot: z.string().optional(),
});

function readOptions() {
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      'no-chatter': { type: 'boolean', default: false },
      ...{ rounds: text, records: text, naive: text, 'at-once': text, growth: text, entity: text, plot: text },
    },
  });
  const { json, help, 'at-once': atOnce, 'no-chatter': noChatter } = values;
  return { ...optionsSchema.parse({ ...values, atOnce }), chatter: !noChatter, json, help };
}

const started = Date.now();
const tell = (text: string) => {
  const seconds = ((Date.now() - started) / 1_000).toFixed(1).padStart(6);
  process.stderr.write(`${seconds} s  ${text}\n`);
};

/** Resolves when it is written: the process ends soon after. */
const print = (text: string): Promise<void> =>
  new Promise((resolve) => process.stdout.write(`${text}\n`, () => resolve()));

async function main(): Promise<void> {
  const { json, help, rounds, records, naive, atOnce, chatter, growth, entity, plot } = readOptions();
  if (help) return print(USAGE);
  const odoo = odooFromEnvironment();
  const amounts = { rounds, records, naiveRecords: naive };
  const result = await runBench({
    ...amounts,
    settings: { callsAtOnce: atOnce, chatter },
    odoo,
    entities: entity,
    growth,
    engine: true,
    tell,
  });
  if (plot !== undefined && result.growth !== undefined) await writeFile(plot, plotGrowth(result.growth));
  await print(json ? JSON.stringify(result) : tableOf(result));
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));

main().then(
  // Not by itself: an agent's idle connections would keep the process for a while.
  () => process.exit(0),
  (error: unknown) => {
    tell(error instanceof z.ZodError ? `${z.prettifyError(error)}\n\n${USAGE}` : describe(error));
    process.exit(1);
  },
);

const describe = (error: unknown): string => (error instanceof Error ? (error.stack ?? error.message) : String(error));

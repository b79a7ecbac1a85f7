/** `npm run demo`: one shot from the demo store to Odoo; exits with 0 only if Odoo holds everything, to the cent. */
import './quiet.ts';
import './this-machine.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { commandLine } from './command-line.ts';
import { type DemoResult, runDemo } from './demo-run.ts';
import { odooFromEnvironment } from './odoo-target.ts';

const USAGE = `npm run demo -- [--json] [--orders 60] [--seed 1] [--kills 0] [--patience seconds]

Takes the sandbox, or the Odoo named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD.`;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const optionsSchema = z.object({
  orders: whole(1, 100_000).default(60),
  seed: whole(0, 2 ** 31).default(1),
  kills: whole(0, 1_000).default(0),
  patience: whole(1, 86_400).optional(),
});

function readOptions() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...{ orders: { type: 'string' }, seed: { type: 'string' } },
      ...{ kills: { type: 'string' }, patience: { type: 'string' } },
    },
  });
  return { ...optionsSchema.parse(values), json: values.json, help: values.help };
}

function isComplete(result: DemoResult): boolean {
  const { orders, ordersEqual, centsOff, duplicates, lost, failures } = result;
  return ordersEqual === orders && centsOff + duplicates + lost + failures === 0;
}

commandLine(USAGE, async ({ tell, print }) => {
  const { json, help, orders, seed, kills, patience } = readOptions();
  if (help) {
    await print(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'connector-demo-'));
  const patienceSeconds = patience ?? Math.ceil(180 + orders / 2 + kills * 60);
  const odoo = odooFromEnvironment();
  const run = runDemo({ folder, orders, seed, kills, odoo, patienceSeconds, tell });
  run.catch(() => tell(`kept for a closer look: ${folder}`));
  const { result, problems } = await run;
  const table = Object.entries(result).map(([name, value]) => `${name.padEnd(12)} ${value}`);
  await print(json ? JSON.stringify(result) : table.join('\n'));
  const complete = isComplete(result) && problems.length === 0;
  if (complete) await rm(folder, { recursive: true, force: true });
  else tell(`kept for a closer look: ${folder}`);
  return complete ? 0 : 1;
});

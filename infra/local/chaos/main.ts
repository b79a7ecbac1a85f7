/** `npm run chaos`: everything goes wrong; exits with 0 only if nothing is lost, double or wrong. */
import '../quiet.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { commandLine } from '../command-line.ts';
import { odooFromEnvironment } from '../odoo-target.ts';
import { isClean, runChaos } from './run.ts';

const USAGE = `npm run chaos -- [--json] [--events 1000] [--seed 1] [--kills events/50] [--patience seconds]

Takes the sandbox, or the Odoo named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD.`;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const optionsSchema = z.object({
  events: whole(150, 1_000_000).default(1_000),
  seed: whole(0, 2 ** 31).default(1),
  kills: whole(0, 10_000).optional(),
  patience: whole(1, 86_400).optional(),
});
const PATIENCE_SECONDS = 300;

function readOptions() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      ...{ events: { type: 'string' }, seed: { type: 'string' } },
      ...{ kills: { type: 'string' }, patience: { type: 'string' } },
    },
  });
  return { ...optionsSchema.parse(values), json: values.json, help: values.help };
}

commandLine(USAGE, async ({ tell, print }) => {
  const { json, help, events, seed, kills = Math.ceil(events / 50), patience = PATIENCE_SECONDS } = readOptions();
  if (help) {
    await print(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'connector-chaos-'));
  const odoo = odooFromEnvironment();
  const run = runChaos({ folder, events, seed, kills, odoo, patienceSeconds: patience, tell });
  run.catch(() => tell(`kept for a closer look: ${folder}`));
  const { result, problems, counts } = await run;
  const table = (values: object) => Object.entries(values).map(([name, value]) => `${name.padEnd(28)} ${value}`);
  await print(json ? JSON.stringify(result) : table(result).join('\n'));
  for (const line of table(counts).sort()) tell(line);
  const clean = isClean(result) && problems.length === result.parkedExplained;
  if (clean) await rm(folder, { recursive: true, force: true });
  else tell(`kept for a closer look: ${folder}`);
  return clean ? 0 : 1;
});

/** `npm run chaos`: everything goes wrong; exits with 0 only if nothing is lost, double or wrong. */
import '../quiet.ts';
import '../this-machine.ts';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { commandLine } from '../command-line.ts';
import { odooFromEnvironment } from '../odoo-target.ts';
import { isClean, runChaos } from './run.ts';
import { scenarios } from './scenarios/index.ts';

const USAGE = `npm run chaos -- [--json] [--events 1000] [--seed 1] [--kills events/50] [--patience seconds]
npm run chaos -- [--json] --scenario soak|poison|fairness|flood [--events n]

Takes the sandbox, or the Odoo named by ODOO_URL, ODOO_DB, ODOO_USER and ODOO_PASSWORD.`;

const whole = (least: number, most: number) => z.coerce.number().int().min(least).max(most);
const optionsSchema = z.object({
  scenario: z.enum(Object.keys(scenarios) as (keyof typeof scenarios)[]).optional(),
  events: whole(1, 1_000_000).optional(),
  seed: whole(0, 2 ** 31).default(1),
  kills: whole(0, 10_000).optional(),
  patience: whole(1, 86_400).optional(),
});
const EVENTS = 1_000;
const EVENTS_PER_KILL = 50;
const PATIENCE_SECONDS = 300;

function readOptions() {
  const { values } = parseArgs({
    options: {
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
      scenario: { type: 'string' },
      ...{ events: { type: 'string' }, seed: { type: 'string' } },
      ...{ kills: { type: 'string' }, patience: { type: 'string' } },
    },
  });
  return { ...optionsSchema.parse(values), json: values.json, help: values.help };
}

commandLine(USAGE, async ({ tell, print }) => {
  const { json, help, scenario, ...options } = readOptions();
  if (help) {
    await print(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'connector-chaos-'));
  const run = scenario === undefined ? everything(folder, options, tell) : one(scenario, folder, options, tell);
  run.catch(() => tell(`kept for a closer look: ${folder}`));
  const { result, problems, clean } = await run;
  for (const problem of problems) tell(problem);
  await print(json ? JSON.stringify(result) : table(result).join('\n'));
  if (clean) await rm(folder, { recursive: true, force: true });
  else tell(`kept for a closer look: ${folder}`);
  return clean ? 0 : 1;
});

type Options = Omit<ReturnType<typeof readOptions>, 'json' | 'help' | 'scenario'>;

async function everything(folder: string, options: Options, tell: (text: string) => void) {
  const { events = EVENTS, seed, patience = PATIENCE_SECONDS } = options;
  const { kills = Math.ceil(events / EVENTS_PER_KILL) } = options;
  const odoo = odooFromEnvironment();
  const { result, problems, counts } = await runChaos({
    ...{ folder, events, seed, kills, odoo, patienceSeconds: patience, tell },
  });
  for (const line of table(counts).sort()) tell(line);
  return { result, problems, clean: isClean(result) && problems.length === result.parkedExplained };
}

async function one(name: keyof typeof scenarios, folder: string, options: Options, tell: (text: string) => void) {
  const outcome = await scenarios[name]({ folder, odoo: odooFromEnvironment(), events: options.events, tell });
  return { ...outcome, clean: outcome.problems.length === 0 };
}

const table = (values: object): string[] =>
  Object.entries(values).map(([name, value]) => `${name.padEnd(28)} ${value}`);

import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { AnswerOf, ApiClient } from '../../lib/api/client.ts';
import { applyRun, cancelRun, getPreview, getRun, listRuns, resumeRun, startRuns } from '../../lib/api/routes/runs.ts';
import { fieldProblems } from '../../lib/errors/zod.ts';
import { runEntities, runRequest } from '../../lib/runs/request.ts';
import { apiOf, count, withApi } from '../api.ts';
import { previewLines } from '../preview.ts';
import { progressLine } from '../progress.ts';
import { inOneLine, say } from '../say.ts';
import { told, UsageError } from '../told.ts';

export type Run = AnswerOf<typeof listRuns>['runs'][number];

const WATCH_MS = 1_000;
const OVER = new Set<Run['state']>(['completed', 'failed', 'cancelled', 'skipped']);

export function addRuns(program: Command): void {
  const runs = program.command('runs').description('bulk syncs from the store’s tables');
  withApi(runs.command('start <entity>'))
    .description('sync an entity, or "all"')
    .option('--mode <mode>', 'full, incremental, sweep or ids', 'full')
    .option('--ids <ids>', 'with --mode ids: record ids, with commas')
    .option('-p, --preview', 'only look what would be done')
    .option('-w, --watch', 'show the progress until it is over')
    .action((entity, { mode, ids, preview, watch, ...options }) =>
      told(async () => {
        const api = await apiOf(options);
        const asked = runRequest.safeParse({
          entity: singular(entity),
          mode,
          ...(ids === undefined ? {} : { ids: ids.split(',') }),
          ...(preview === true ? { preview } : {}),
        });
        if (!asked.success) {
          const problems = fieldProblems(asked.error).map(({ path, reason }) => `${path}: ${reason}`);
          throw new UsageError([...problems, `Entities: all, ${runEntities.join(', ')}`].join('\n'));
        }
        const { runs: started } = await api.ask(startRuns, { body: asked.data });
        for (const run of started) await show(api, run.id, watch === true);
      }),
    );
  withApi(runs.command('preview <id>'))
    .description('what a preview has shown, record by record')
    .action((id, options) => told(async () => printPreview(await apiOf(options), id)));
  withApi(runs.command('apply <id>'))
    .description('do what a preview has shown')
    .option('--group', 'all previews that were asked for together')
    .option('-w, --watch', 'show the progress until it is over')
    .action((id, { group, watch, ...options }) =>
      told(async () => {
        const api = await apiOf(options);
        const request = { params: { id }, body: { group: group === true } };
        const { runs: started } = await api.ask(applyRun, request);
        for (const run of started) await show(api, run.id, watch === true);
      }),
    );
  withApi(runs.command('list'))
    .description('runs with their progress, newest first')
    .option('-n, --limit <runs>', 'how many', count, 20)
    .action(({ limit, ...options }) =>
      told(async () => {
        const { runs: listed } = await (await apiOf(options)).ask(listRuns, { query: { limit } });
        say(...listed.map(progressLine));
      }),
    );
  withApi(runs.command('watch <id>'))
    .description('show the progress of a run until it is over')
    .action((id, options) => told(async () => show(await apiOf(options), id, true)));
  for (const [name, route, what] of [
    ['cancel', cancelRun, 'end a run after the page that is being worked on'],
    ['resume', resumeRun, 'set a run going again at the page where it stands'],
  ] as const) {
    withApi(runs.command(`${name} <id>`))
      .description(what)
      .action((id, options) =>
        told(async () => say(progressLine(await (await apiOf(options)).ask(route, { params: { id } })))),
      );
  }
}

/** `orders` is `order`, as one says it. */
function singular(word: string): string {
  const plurals = [/ies$/, /es$/, /s$/].map((ending, index) => word.replace(ending, index === 0 ? 'y' : ''));
  return runEntities.find((name) => name === word || plurals.includes(name)) ?? word;
}

async function printPreview(api: ApiClient, id: string): Promise<void> {
  for (let cursor: number | null = 0; cursor !== null; ) {
    const page: AnswerOf<typeof getPreview> = await api.ask(getPreview, { params: { id }, query: { cursor } });
    for (const record of page.records) say(...previewLines(record));
    cursor = page.next;
  }
}

/** One line that is written over in a terminal; elsewhere a line for each change. */
async function show(api: ApiClient, id: string, watch: boolean): Promise<void> {
  for (let before = ''; ; ) {
    const run = await api.ask(getRun, { params: { id } });
    const line = progressLine(run);
    const isOver = OVER.has(run.state) || !watch;
    if (process.stdout.isTTY) process.stdout.write(`\r\u001b[K${inOneLine(line)}${isOver ? '\n' : ''}`);
    else if (line !== before) say(line);
    if (isOver) {
      if (run.state === 'failed') process.exitCode = 1;
      return;
    }
    before = line;
    await sleep(WATCH_MS);
  }
}

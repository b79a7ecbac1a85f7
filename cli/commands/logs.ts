import { setTimeout as sleep } from 'node:timers/promises';
import type { Command } from 'commander';
import type { AnswerOf, ApiClient } from '../../lib/api/client.ts';
import { listLogs } from '../../lib/api/routes/logs.ts';
import { apiOf, count, withApi } from '../api.ts';
import { say } from '../say.ts';
import { told } from '../told.ts';

type Row = AnswerOf<typeof listLogs>['logs'][number];

interface Filter {
  entity?: string;
  record?: string;
  level?: Row['level'];
  code?: string;
}

const FOLLOW_MS = 2_000;
const FOLLOW_ROWS = 500;

export function addLogs(program: Command): void {
  withApi(program.command('logs'))
    .description('what happened, newest last')
    .option('--entity <entity>')
    .option('--record <id>')
    .option('--level <level>', 'info, warning or error')
    .option('--code <code>')
    .option('-n, --limit <rows>', 'rows of the past', count, 20)
    .option('-f, --follow', 'go on with what happens from now on')
    .action(({ limit, follow, url, token, connection, ...filter }) =>
      told(async () => {
        const api = await apiOf({ url, token, connection });
        const { logs } = await api.ask(listLogs, { query: { ...filter, limit } });
        say(...logs.toReversed().map(line));
        if (follow) await followLogs(api, filter, logs[0]?.id ?? '');
      }),
    );
}

/** Until Ctrl-C. */
async function followLogs(api: ApiClient, filter: Filter, after: string): Promise<void> {
  for (let newest = after; ; ) {
    await sleep(FOLLOW_MS);
    const { logs } = await api.ask(listLogs, { query: { ...filter, limit: FOLLOW_ROWS } });
    const fresh = logs.filter(({ id }) => id > newest).toReversed();
    say(...fresh.map(line));
    newest = fresh.at(-1)?.id ?? newest;
  }
}

const line = ({ time, level, code, message, remedy }: Row): string =>
  [
    time.slice(0, 19).replace('T', ' '),
    level.padEnd(7),
    code.padEnd(18),
    remedy ? `${message} ${remedy}` : message,
  ].join('  ');

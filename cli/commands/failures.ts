import type { Command } from 'commander';
import type * as z from 'zod';
import {
  dismissCause,
  dismissFailure,
  listCauses,
  listFailures,
  replayFailures,
} from '../../lib/api/routes/failures.ts';
import { apiOf, count, withApi } from '../api.ts';
import { say } from '../say.ts';
import { told, UsageError } from '../told.ts';

export function addFailures(program: Command): void {
  withApi(program.command('failures'))
    .description('what keeps records from Odoo: a line per cause, or per record of one cause')
    .option('--cause <cause>', 'the records of this cause')
    .option('-n, --limit <lines>', 'how many', count, 50)
    .action(({ cause, limit, ...options }) =>
      told(async () => {
        const api = await apiOf(options);
        if (cause === undefined) {
          const { causes } = await api.ask(listCauses, { query: { limit } });
          for (const { records, cause: name, message, remedy } of causes) {
            say(`${String(records).padStart(6)}  ${name}`, `        ${message}`, `        ${remedy}`);
          }
          if (causes.length === 0) say('Nothing waits.');
          return;
        }
        const { failures } = await api.ask(listFailures, { query: { cause, limit } });
        for (const { entity, recordId, attempts, message } of failures) {
          say(`${entity} ${recordId}  ${attempts}x  ${message}`);
        }
      }),
    );
  withApi(program.command('replay [entity] [record]'))
    .description('send parked events again: of one record, one cause, or all')
    .option('--cause <cause>')
    .option('--all')
    .action((entity, record, { cause, all, ...options }) =>
      told(async () => {
        const api = await apiOf(options);
        const what = whatOf(entity, record, cause, all);
        let sent = 0;
        for (let cursor: string | undefined; ; ) {
          const body = 'entity' in what || cursor === undefined ? what : { ...what, cursor };
          const answer = await api.ask(replayFailures, { body });
          sent += answer.sent;
          if (answer.next === null) break;
          cursor = answer.next;
        }
        say(`${sent} sent.`);
      }),
    );
  withApi(program.command('dismiss [entity] [record]'))
    .description('give up parked events: of one record, or one cause')
    .option('--cause <cause>')
    .action((entity, record, { cause, ...options }) =>
      told(async () => {
        const api = await apiOf(options);
        if (entity !== undefined && record !== undefined) {
          await api.ask(dismissFailure, { params: { entity, recordId: record } });
        } else if (cause !== undefined) {
          await api.ask(dismissCause, { body: { cause } });
        } else {
          throw new UsageError('Say which: <entity> <record>, or --cause <cause>.');
        }
        say('Dismissed.');
      }),
    );
}

function whatOf(
  entity?: string,
  recordId?: string,
  cause?: string,
  all?: boolean,
): z.input<typeof replayFailures.body & {}> {
  if (entity !== undefined && recordId !== undefined) return { entity, recordId };
  if (cause !== undefined) return { cause };
  if (all === true) return { all: true as const };
  throw new UsageError('Say which: <entity> <record>, --cause <cause>, or --all.');
}

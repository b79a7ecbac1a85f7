import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import type { AnswerOf } from '../../lib/api/client.ts';
import { exportMappings, importMappings, listResets, undoReset } from '../../lib/api/routes/mappings.ts';
import { apiOf, withApi } from '../api.ts';
import { say } from '../say.ts';
import { told, UsageError } from '../told.ts';

type Reset = AnswerOf<typeof undoReset>;

export function addMappings(program: Command): void {
  const mappings = program.command('mappings').description('which record of the store is which in Odoo');
  withApi(mappings.command('export <entity>'))
    .description('print the mappings of an entity as CSV')
    .action((entity, options) =>
      told(async () => {
        const api = await apiOf(options);
        for (let cursor: string | undefined; ; ) {
          const query = cursor === undefined ? {} : { cursor };
          const part = await api.askFile(exportMappings, { params: { entity }, query });
          // A file is as it is; a terminal is for people.
          if (process.stdout.isTTY) say(...part.text.trimEnd().split('\n'));
          else process.stdout.write(part.text);
          if (part.next === undefined) return;
          cursor = part.next;
        }
      }),
    );
  withApi(mappings.command('import <entity> <file>'))
    .description('map by hand what a CSV file says in its columns recordId and odooId')
    .action((entity, file, options) =>
      told(async () => {
        const csv = await readFile(file, 'utf8').catch((error: Error) => {
          throw new UsageError(error.message);
        });
        const api = await apiOf(options);
        const done = await api.ask(importMappings, { params: { entity }, body: { csv } });
        say(`${done.mapped} mapped, ${done.unchanged} as they were, ${done.skipped} without an Odoo id.`);
        if (done.undo !== null) say(`Was it wrong? For 30 days: opencart-odoo mappings undo ${done.undo}`);
      }),
    );
  withApi(mappings.command('resets'))
    .description('resets and imports of the last 30 days, newest first')
    .action((options) =>
      told(async () => {
        const { resets } = await (await apiOf(options)).ask(listResets, {});
        say(...resets.map(lineOf));
        if (resets.length === 0) say('Nothing was reset or imported.');
      }),
    );
  withApi(mappings.command('undo <id>'))
    .description('bring back what a reset has removed, or an import has written over')
    .action((id, options) =>
      told(async () => {
        const api = await apiOf(options);
        // A call does as much as it has time for; it goes on where it stopped.
        for (let reset: Reset | undefined; reset?.state !== 'restored'; ) {
          reset = await api.ask(undoReset, { params: { id } });
          say(lineOf(reset));
        }
      }),
    );
}

function lineOf({ id, kind, scope, counts, by, startedAt, state, kept }: Reset): string {
  const records = Object.values(counts).reduce((sum, count) => sum + count, 0);
  const stayed = kept === 0 ? '' : `, ${kept} had been mapped anew and stayed so`;
  return `${id}  ${startedAt}  ${kind} of ${scope} by ${by}: ${records} records, ${state}${stayed}`;
}

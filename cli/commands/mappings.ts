import { readFile } from 'node:fs/promises';
import type { Command } from 'commander';
import { exportMappings, importMappings } from '../../lib/api/routes/mappings.ts';
import { apiOf, withApi } from '../api.ts';
import { told, UsageError } from '../told.ts';

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
          process.stdout.write(part.text);
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
        console.log(`${done.mapped} mapped, ${done.unchanged} as they were, ${done.skipped} without an Odoo id.`);
      }),
    );
}

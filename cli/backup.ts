/** `npm run backup`: a copy of a connection in a file, and back, in the AWS that the environment names. */
import '../infra/local/quiet.ts';
import './local.ts';
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import { createInterface } from 'node:readline/promises';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { Command } from 'commander';
import { backupLines, restoreLines } from '../lib/mappings/backup.ts';
import type { RestoredSettings } from '../lib/mappings/restore-settings.ts';
import { say } from './say.ts';
import { told } from './told.ts';

async function save(file: string, { connection }: { connection: string }): Promise<void> {
  let lines = 0;
  async function* content() {
    for await (const line of backupLines(connection)) {
      lines += 1;
      yield `${line}\n`;
    }
  }
  // An earlier backup in that file stays until this one is whole.
  const part = `${file}.part`;
  try {
    await pipeline(Readable.from(content()), createWriteStream(part, { mode: 0o600 }));
    await rename(part, file);
  } catch (error) {
    await rm(part, { force: true });
    throw error;
  }
  say(`${lines - 1} mappings and the settings of "${connection}" are in ${file}.`);
}

async function restore(file: string, options: { connection: string; replaceSettings?: boolean }): Promise<void> {
  const input = createReadStream(file, 'utf8');
  const lines = createInterface({ input, crlfDelay: Infinity });
  const { connection, replaceSettings = false } = options;
  const { settings, mappings, kept } = await restoreLines(connection, lines, { replaceSettings });
  say(`${mappings} mappings restored, ${kept} left as they were; ${sentenceOf(settings)}`);
}

function sentenceOf(settings: RestoredSettings): string {
  switch (settings.state) {
    case 'restored': {
      const told = settings.told.length === 0 ? '' : `, with what pairing was told: ${settings.told.join(', ')}`;
      return `the settings were restored${told}.`;
    }
    case 'same':
      return 'the settings were as in the backup already.';
    case 'kept':
      return (
        `the settings were NOT restored: ${settings.by} has changed them since, at ${settings.at}. ` +
        'With --replace-settings those of the backup take their place; the history keeps both.'
      );
    case 'none':
      return 'the backup has no settings.';
  }
}

const program = new Command('backup')
  .description(
    'Settings and mappings of a connection, without secrets. Needs AWS credentials, and TABLE_CONNECTIONS and ' +
      'TABLE_MAPPINGS set to the outputs of the deployment; or --local, for the stack of npm start.',
  )
  .requiredOption('--connection <name>', 'which connection');
program
  .command('save <file>')
  .description('write them into a file, one JSON per line')
  .action((file) => save(file, program.opts()));
program
  .command('restore <file>')
  .description(
    'bring back what is missing; what is there is newer, and stays, but for settings that only pairing has made',
  )
  .option('--replace-settings', 'also settings that somebody has changed since')
  .action((file, options) => restore(file, { ...program.opts(), ...options }));

await told(async () => {
  await program.parseAsync();
});

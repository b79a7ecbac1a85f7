/** The connector on the command line: a small client of its own API. */
import '../infra/local/quiet.ts';
import './local.ts';
import { Command } from 'commander';
import manifest from '../package.json' with { type: 'json' };
import { addFailures } from './commands/failures.ts';
import { addLogs } from './commands/logs.ts';
import { addMappings } from './commands/mappings.ts';
import { addRuns } from './commands/runs.ts';
import { addToken } from './commands/token.ts';

const program = new Command('opencart-odoo')
  .description('Runs, failures, mappings and the log of the connector, through its API')
  .version(manifest.version)
  .addHelpText('after', '\nWith --local a command asks the stack of npm start.');
addRuns(program);
addFailures(program);
addMappings(program);
addLogs(program);
addToken(program);
await program.parseAsync();

/** What scripts need to work on the stack that runs on this machine: told in a file, as each start has other ports. */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { dataFolder } from './data-folder.ts';

const file = join(dataFolder, 'environment.json');

/** Keeps it while the stack runs. @returns what takes it away */
export function tellEnvironment(variables: Readonly<Record<string, string>>): () => void {
  // A token is in it.
  writeFileSync(file, JSON.stringify(variables, null, 2), { mode: 0o600 });
  return () => rmSync(file, { force: true });
}

/** @returns undefined where no stack runs */
export function toldEnvironment(): Record<string, string> | undefined {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as Record<string, string>;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

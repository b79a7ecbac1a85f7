/** `npm run reset`: empties what `npm start` has kept. */
import { rm } from 'node:fs/promises';
import { dataFolder, isInUse } from './data-folder.ts';

if (await isInUse(dataFolder)) {
  process.stderr.write(`A stack runs on ${dataFolder}: stop it first.\n`);
  process.exitCode = 1;
} else {
  await rm(dataFolder, { recursive: true, force: true });
  process.stdout.write('The local stack starts over: its data is gone.\n');
}

/**
 * `--local`, of every command: works on the stack of `npm start` instead of AWS. Imported before whatever makes an AWS
 * client, as that takes its endpoint from the environment.
 */
import { toldEnvironment } from '../infra/local/local-environment.ts';

const FLAG = '--local';

if (process.argv.includes(FLAG)) {
  const told = toldEnvironment();
  if (told === undefined) {
    console.error(`${FLAG}: no stack runs on this machine. Start it: npm start`);
    process.exit(2);
  }
  Object.assign(process.env, told);
  process.argv = process.argv.filter((argument) => argument !== FLAG);
}

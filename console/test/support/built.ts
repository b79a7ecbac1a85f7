import { buildConsole } from '../../../infra/console-build.ts';

/** What is tested is what is deployed. */
export default async function setup(): Promise<void> {
  await buildConsole(console.log);
}

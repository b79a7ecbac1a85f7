/** The Odoo sandbox in a process of its own. */
import * as z from 'zod';
import { serve } from './child-side.ts';
import { startSandbox } from './sandbox/index.ts';

const optionsSchema = z.object({ dataDir: z.string(), port: z.number() });

await serve(async (given) => {
  const sandbox = await startSandbox(optionsSchema.parse(given));
  const { url, database, login, password } = sandbox;
  return { ready: { url, database, login, password }, answers: { stop: () => sandbox.stop() } };
});

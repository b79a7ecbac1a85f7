/** The Odoo sandbox in a process of its own. */
import * as z from 'zod';
import { serve } from './child-side.ts';
import { startSandbox } from './sandbox/index.ts';

const optionsSchema = z.object({ dataDir: z.string().optional(), port: z.number() });

await serve(async (given) => {
  const { dataDir, port } = optionsSchema.parse(given);
  const sandbox = await startSandbox({ port, ...(dataDir === undefined ? {} : { dataDir }) });
  const { url, database, login, password } = sandbox;
  return { ready: { url, database, login, password }, answers: { stop: () => sandbox.stop() } };
});

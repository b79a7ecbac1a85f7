/** The local stack in a process of its own. */
import * as z from 'zod';
import { pair } from '../../lib/store/pairing.ts';
import { say, serve } from './child-side.ts';
import { odooTarget, pairingWith } from './odoo-target.ts';
import { openFailures } from './open-failures.ts';
import { startStack } from './runner/index.ts';

const optionsSchema = z.object({ dataDir: z.string(), port: z.number() });
const pairing = z.object({ connection: z.string(), webhookSecret: z.string(), odoo: odooTarget });

await serve(async (given) => {
  const options = optionsSchema.parse(given);
  const stack = await startStack({ ...options, onLog: (source, line) => say({ kind: 'line', source, line }) });
  // What follows reads names and endpoints from the environment, as the functions do.
  Object.assign(process.env, stack.env);
  return {
    ready: { url: stack.url },
    answers: {
      counts: () => stack.queueCounts(),
      async pair(argument) {
        const { connection, webhookSecret, odoo } = pairing.parse(argument);
        await pair(connection, { ...pairingWith(odoo), webhookSecret });
      },
      failures: (connection) => openFailures(z.string().parse(connection)),
      stop: () => stack.stop(),
    },
  };
});

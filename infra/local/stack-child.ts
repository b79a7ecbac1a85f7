/** The local stack in a process of its own. */
import * as z from 'zod';
import type { ConnectionSettings } from '../../lib/store/connections.ts';
import { pair } from '../../lib/store/pairing.ts';
import { functions } from '../topology.ts';
import { say, serve } from './child-side.ts';
import { odooTarget, pairingWith } from './odoo-target.ts';
import { openFailures } from './open-failures.ts';
import { startStack } from './runner/index.ts';

const endpoints = z.object({ DYNAMODB: z.string(), SQS: z.string(), SECRETS_MANAGER: z.string() });
/** What differs from the stack of `npm start`. */
export const stackVariant = z.object({
  /** Services in other processes, instead of embedded ones. */
  services: endpoints.optional(),
  through: endpoints.omit({ SECRETS_MANAGER: true }).exactOptional(),
  bundles: z.string().exactOptional(),
  onDemand: z.boolean().exactOptional(),
  scheduleSeconds: z.number().exactOptional(),
  queue: z.object({ visibilitySeconds: z.number() }).exactOptional(),
  reports: z.boolean().exactOptional(),
  /** Of all functions, at most. */
  timeoutSeconds: z.number().default(Number.POSITIVE_INFINITY),
  /** More for the environment of all functions. */
  env: z.record(z.string(), z.string()).default({}),
});
export type StackVariant = z.input<typeof stackVariant>;

const optionsSchema = stackVariant.extend({ dataDir: z.string(), port: z.number() });
const pairing = z.object({
  ...{ connection: z.string(), webhookSecret: z.string(), odoo: odooTarget },
  settings: z.custom<Partial<ConnectionSettings>>().optional(),
});

await serve(async (given) => {
  const { services, timeoutSeconds, env, ...options } = optionsSchema.parse(given);
  for (const [name, url] of Object.entries(services ?? {})) process.env[`AWS_ENDPOINT_URL_${name}`] = url;
  const varied = Object.entries(functions).map(([name, spec]) => {
    const timeout = Math.min(spec.timeoutSeconds, timeoutSeconds);
    return [name, { ...spec, timeoutSeconds: timeout, env: { ...spec.env, ...env } }];
  });
  const stack = await startStack({
    ...options,
    functions: Object.fromEntries(varied),
    onLog: (source, line) => say({ kind: 'line', source, line }),
  });
  // What follows reads names and endpoints from the environment, as the functions do.
  Object.assign(process.env, stack.env);
  return {
    ready: { url: stack.url },
    answers: {
      counts: () => stack.queueCounts(),
      async pair(argument) {
        const { connection, webhookSecret, odoo, settings } = pairing.parse(argument);
        const known = pairingWith(odoo);
        await pair(connection, { ...known, settings: { ...known.settings, ...settings }, webhookSecret });
      },
      crash: async () => stack.crash(),
      setClocks: async (aheadMs) => stack.setClocks(z.array(z.number()).parse(aheadMs)),
      failures: (connection) => openFailures(z.string().parse(connection)),
      stop: () => stack.stop(),
    },
  };
});

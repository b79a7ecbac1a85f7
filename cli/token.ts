/** `npm run token`: prints a bearer token for the API. */
import { parseArgs } from 'node:util';
import * as z from 'zod';
import { mintToken, roles } from '../lib/access/token.ts';
import { fieldProblems } from '../lib/errors/zod.ts';
import { connectionName } from '../lib/store/connections.ts';
import { Secrets } from '../lib/store/secrets.ts';

const USAGE = `npm run -s token -- --connection main [--role viewer|manager] [--minutes 60]

Prints a bearer token for the API. Needs AWS credentials that may read the connection's secret.`;

const optionsSchema = z.object({
  connection: connectionName,
  role: z.enum(roles).default('viewer'),
  minutes: z.coerce.number().int().min(1).max(720).default(60),
});

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      connection: { type: 'string' },
      role: { type: 'string' },
      minutes: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    console.log(USAGE);
    return;
  }
  const parsed = optionsSchema.safeParse(values);
  if (!parsed.success) {
    for (const { path, reason } of fieldProblems(parsed.error)) console.error(`--${path}: ${reason}`);
    console.error(`\n${USAGE}`);
    process.exitCode = 2;
    return;
  }
  const { connection, role, minutes } = parsed.data;
  const secret = await new Secrets().store(connection);
  if (secret === undefined) {
    console.error(`There is no connection "${connection}". Pair it first: npm run pair`);
    process.exitCode = 1;
    return;
  }
  const subject = process.env.USER ?? 'command line';
  console.log(
    await mintToken({ connection, secret: secret.webhookSecret, role, subject, lifetimeSeconds: minutes * 60 }),
  );
}

await main();

import type { Command } from 'commander';
import * as z from 'zod';
import { mintToken, roles } from '../../lib/access/token.ts';
import { fieldProblems } from '../../lib/errors/zod.ts';
import { connectionName } from '../../lib/store/connections.ts';
import { Secrets } from '../../lib/store/secrets.ts';
import { told, UsageError } from '../told.ts';

const optionsSchema = z.object({
  connection: connectionName,
  role: z.enum(roles),
  minutes: z.coerce.number().int().min(1).max(720),
});

export function addToken(program: Command): void {
  program
    .command('token')
    .description(
      'print a bearer token for the API; needs AWS credentials that may read the connection’s secret, and ' +
        'SECRET_PREFIX set to the output SecretPrefix of the deployment',
    )
    .requiredOption('--connection <name>')
    .option('--role <role>', roles.join(' or '), 'viewer')
    .option('--minutes <minutes>', 'how long it is good for, at most 720', '60')
    .action((options) => told(() => printToken(options)));
}

async function printToken(options: unknown): Promise<void> {
  const parsed = optionsSchema.safeParse(options);
  if (!parsed.success) {
    const problems = fieldProblems(parsed.error).map(({ path, reason }) => `--${path}: ${reason}`);
    throw new UsageError(problems.join('\n'));
  }
  const { connection, role, minutes } = parsed.data;
  const secret = await new Secrets().store(connection);
  if (secret === undefined) {
    throw new UsageError(`There is no connection "${connection}". Pair it first: npm run pair`);
  }
  const subject = process.env.USER ?? 'command line';
  const token = { connection, secret: secret.webhookSecret, role, subject, lifetimeSeconds: minutes * 60 };
  console.log(await mintToken(token));
}

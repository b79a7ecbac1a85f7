/** Where the API is and who asks, from the options of a command or the environment. */
import { type Command, InvalidArgumentError } from 'commander';
import { mintToken } from '../lib/access/token.ts';
import { ApiClient } from '../lib/api/client.ts';
import { Secrets } from '../lib/store/secrets.ts';
import { UsageError } from './told.ts';

export interface ApiOptions {
  url?: string;
  token?: string;
  connection?: string;
}

const TOKEN_SECONDS = 900;

/** Adds the options by which a command finds the API. */
export function withApi(command: Command): Command {
  return command
    .option('--url <url>', 'base of the API (or OPENCART_ODOO_URL)')
    .option('--token <token>', 'bearer token (or OPENCART_ODOO_TOKEN)')
    .option(
      '--connection <name>',
      'instead of a token: mint one, with AWS credentials that may read its secret, and SECRET_PREFIX',
    );
}

/** @throws UsageError if neither says where, or who */
export async function apiOf(options: ApiOptions): Promise<ApiClient> {
  // What is set to nothing is not set.
  const url = options.url || process.env.OPENCART_ODOO_URL;
  if (!url) throw new UsageError('Say where the API is: --url, or OPENCART_ODOO_URL.');
  if (!URL.canParse(url)) throw new UsageError(`Where the API is must be a URL: "${url}" is none.`);
  // Who names a connection does not mean that of a token that happens to be in the environment.
  const token = options.token || (await ownToken(options.connection)) || process.env.OPENCART_ODOO_TOKEN;
  if (!token) throw new UsageError('Say who you are: --token, OPENCART_ODOO_TOKEN, or --connection.');
  return new ApiClient(url, token);
}

async function ownToken(connection: string | undefined): Promise<string | undefined> {
  if (connection === undefined) return undefined;
  const secret = await new Secrets().store(connection);
  if (secret === undefined) throw new UsageError(`There is no connection "${connection}". Pair it: npm run pair`);
  const subject = process.env.USER ?? 'command line';
  const options = { connection, subject, secret: secret.webhookSecret, lifetimeSeconds: TOKEN_SECONDS };
  return mintToken({ ...options, role: 'manager' });
}

/** Parses a count given on the command line. */
export function count(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError('must be a whole number from 1 on');
  return value;
}

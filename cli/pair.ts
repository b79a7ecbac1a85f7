/** `npm run pair`: makes or changes a connection, in the AWS that the environment names. */
import '../infra/local/quiet.ts';
import './local.ts';
import { createInterface } from 'node:readline/promises';
import { parseArgs } from 'node:util';
import { type PairingData, pairingCode, pairingData } from '../lib/access/pairing-code.ts';
import { secretPrefix, tableName } from '../lib/environment.ts';
import { pair } from '../lib/store/pairing.ts';
import { told, UsageError } from './told.ts';

const USAGE = `npm run pair -- --connection main --odoo-url https://example.odoo.com --odoo-database example --odoo-user connector@example.com

Makes the connection, or changes what is given. Asks for the Odoo password or API key (or reads it from ODOO_PASSWORD),
and prints the code to be pasted into the store's extension, or the secret if it is not told the endpoint.

  --endpoint url   the API's address, the output ApiUrl of the deployment: makes the code
  --console url    the console's address, if it is another one
  --export-url url the store's export endpoint, where bulk syncs read it; the extension's page tells it
  --secret whsec_… the secret that the store's extension has generated, instead of a new one
  --rotate         give the store a new secret; the former one stays valid until the next rotation
  --interval-ms n  least time between two calls to Odoo (default: 1000 on odoo.com, else 0)
  --local          on the stack of npm start, instead of AWS

Needs AWS credentials, and TABLE_CONNECTIONS and SECRET_PREFIX set to the outputs ConnectionsTable and SecretPrefix of
the deployment; or --local.`;

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      connection: { type: 'string' },
      'odoo-url': { type: 'string' },
      'odoo-database': { type: 'string' },
      'odoo-user': { type: 'string' },
      'interval-ms': { type: 'string' },
      endpoint: { type: 'string' },
      console: { type: 'string' },
      'export-url': { type: 'string' },
      secret: { type: 'string' },
      rotate: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  const { connection, rotate, help } = values;
  if (help) {
    console.log(USAGE);
    return;
  }
  if (connection === undefined) throw new UsageError(`Say which connection: --connection main.\n\n${USAGE}`);
  // Before a password is asked for in vain.
  tableName('connections');
  secretPrefix();
  const user = values['odoo-user'];
  const settings = {
    ...(values['odoo-url'] === undefined ? {} : { odooUrl: values['odoo-url'] }),
    ...(values['odoo-database'] === undefined ? {} : { odooDatabase: values['odoo-database'] }),
    ...(values['export-url'] === undefined ? {} : { exportUrl: values['export-url'] }),
    ...(values['interval-ms'] === undefined ? {} : { minIntervalMs: Number(values['interval-ms']) }),
  };
  const odooLogin = user === undefined ? {} : { odooLogin: { user, password: await askPassword(user) } };
  const given = values.secret === undefined ? {} : { webhookSecret: values.secret };
  const secret = await pair(connection, { settings, rotate, ...given, ...odooLogin });
  const { endpoint, console: consoleUrl } = values;
  const told =
    endpoint === undefined
      ? `Enter this secret in the store:\n\n  ${secret}`
      : `Paste this code into the store's extension:\n\n  ${codeFor({ endpoint, connection, secret }, consoleUrl)}`;
  console.log(`Connection "${connection}" is ready. ${told}\n`);
}

const codeFor = (data: PairingData, consoleUrl: string | undefined) =>
  pairingCode(pairingData.parse({ ...data, ...(consoleUrl === undefined ? {} : { console: consoleUrl }) }));

async function askPassword(user: string): Promise<string> {
  const { ODOO_PASSWORD } = process.env;
  if (ODOO_PASSWORD) return ODOO_PASSWORD;
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return await new Promise((resolve, reject) => {
      terminal.once('close', () => reject(new UsageError('\nNo password was given: type it, or set ODOO_PASSWORD.')));
      terminal.question(`Odoo password or API key of ${user}: `).then(resolve, reject);
    });
  } finally {
    terminal.close();
  }
}

await told(main);

/** `npm start`: the whole pipeline on this machine, until Ctrl-C. */
import './quiet.ts';
import { mintToken } from '../../lib/access/token.ts';
import { buildConsole, consoleFolder, extensionFolder } from '../console-build.ts';
import { consoleFiles } from './console-files.ts';
import { consoleParents } from './console-parents.ts';
import { dataFolder, isLocked, stackFolder } from './data-folder.ts';
import { readErrorLine, readLogLine } from './function-log.ts';
import { tellEnvironment } from './local-environment.ts';
import { odooFromEnvironment } from './odoo-target.ts';
import { outcomeLine } from './outcome-line.ts';
import { startStack } from './runner/index.ts';
import { startRunningStore } from './running-store.ts';
import { CONNECTION, type ConnectedOdoo, connect, openOdoo } from './start-connection.ts';
import { stopOnSignals } from './stop-on-signals.ts';
import { EXPORT_PATH } from './store/export.ts';

const TOKEN_SECONDS = 12 * 3_600;

const say = (text: string) => process.stdout.write(`${text}\n`);

function sayLine(source: string, line: string): void {
  const told = readLogLine(line);
  const text = told === undefined ? undefined : outcomeLine(told, new Date());
  if (text !== undefined) say(text);
  const error = readErrorLine(line);
  if (error !== undefined) process.stderr.write(`error in ${source}: ${error}\n`);
}

/** Deployed, this is an e-mail. */
const sayNotice = ({ subject, message }: { subject: string; message: string }): void =>
  void process.stdout.write(`\nTo whom it concerns: ${subject}\n${message}\n\n`);

async function main(): Promise<void> {
  const port = portFrom(process.env.PORT);
  const started: (() => Promise<unknown>)[] = [];
  const stop = async () => {
    for (let step = started.pop(); step !== undefined; step = started.pop()) await step();
  };
  stopOnSignals(stop, say);
  try {
    await buildConsole(say);
    const site = consoleFiles(consoleFolder, { parents: consoleParents() }, extensionFolder);
    const odoo = await openOdoo(odooFromEnvironment(), dataFolder, port + 2);
    started.push(odoo.stop);
    const stack = await startStack({
      dataDir: stackFolder(dataFolder),
      port,
      onLog: sayLine,
      onNotice: sayNotice,
      site,
    });
    started.push(stack.stop);
    // What this process reads and writes itself is where the functions read and write it.
    Object.assign(process.env, stack.env);
    const secret = await connect(odoo.target, `http://localhost:${port + 1}${EXPORT_PATH}`);
    const endpoint = { url: stack.url, connection: CONNECTION, secret };
    const store = await startRunningStore(endpoint, dataFolder, port + 1, odoo.real, sizeFrom(process.env));
    started.push(store.stop);
    const token = await ownToken(secret);
    const told = tellEnvironment({ ...stack.env, OPENCART_ODOO_URL: stack.url, OPENCART_ODOO_TOKEN: token });
    started.push(async () => told());
    say(introduction(port, odoo, token));
    await store.open();
  } catch (error) {
    await stop();
    throw error;
  }
}

const ownToken = (secret: string): Promise<string> =>
  mintToken({
    ...{ connection: CONNECTION, secret, subject: 'npm start' },
    ...{ role: 'manager', lifetimeSeconds: TOKEN_SECONDS },
  });

function introduction(port: number, { target, real }: ConnectedOdoo, token: string): string {
  return `
Console      http://localhost:${port}/#token=${token}
Demo store   http://localhost:${port + 1}/
Odoo         ${target.url} (${real ? `database ${target.database}` : 'the sandbox'})

Place three more orders:
  curl -X POST 'http://localhost:${port + 1}/orders?count=3'

Read the log (this token is good for ${TOKEN_SECONDS / 3_600} hours):
  curl -H 'Authorization: Bearer ${token}' 'http://localhost:${port}/v1/logs?limit=20'

Sync everything the store has, and watch:
  curl -X POST -H 'Authorization: Bearer ${token}' -d '{"entity":"all","mode":"full"}' 'http://localhost:${port}/v1/runs'
  curl -H 'Authorization: Bearer ${token}' 'http://localhost:${port}/v1/runs'

The command line, in another terminal:
  npx opencart-odoo failures --local
  npm run backup -- --local --connection ${CONNECTION} save ${CONNECTION}.ndjson

Ctrl-C stops; everything is kept for the next start. \`npm run reset\` starts over.
`;
}

/** Of a new demo store. */
function sizeFrom({ STORE_CUSTOMERS, STORE_PRODUCTS }: NodeJS.ProcessEnv) {
  const size = (name: string, text: string | undefined) => {
    if (text === undefined) return {};
    const count = Number(text);
    if (Number.isInteger(count) && count > 0 && count <= 1_000_000) return { [name]: count };
    throw new Error(`STORE_${name.toUpperCase()} is "${text}": it must be a number up to a million.`);
  };
  return { ...size('customers', STORE_CUSTOMERS), ...size('products', STORE_PRODUCTS) };
}

function portFrom(text = '3900'): number {
  const port = Number(text);
  if (Number.isInteger(port) && port > 0 && port <= 65_533) return port;
  throw new Error(`PORT is "${text}": it must be a number up to 65533.`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${reasonOf(error)}\n`);
  process.exit(1);
});

function reasonOf(error: unknown): string {
  if (isLocked(error)) return `Another stack runs on ${dataFolder}. Stop it first.`;
  const { code, port } = error as { code?: string; port?: number };
  if (code === 'EADDRINUSE') return `Port ${port} is taken: choose another with PORT=… npm start.`;
  return error instanceof Error ? error.message : String(error);
}

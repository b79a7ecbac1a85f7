/** What the recorders share: the real Odoo named by the environment, and how recordings are kept. */
import { writeFileSync } from 'node:fs';
import xmlrpc from 'xmlrpc';

export type Json = string | number | boolean | null | Json[] | { [key: string]: Json };
export type Struct = Record<string, Json>;

const env = (name: string): string => {
  const value = process.env[name];
  if (!value) throw new Error(`${name} is not set: the recorder needs a real Odoo`);
  return value;
};

const base = env('ODOO_URL').replace(/\/$/, '');
const [database, login, password] = [env('ODOO_DB'), env('ODOO_USER'), env('ODOO_PASSWORD')];

function rpc<T>(service: string, method: string, params: Json[]): Promise<T> {
  const create = base.startsWith('https:') ? xmlrpc.createSecureClient : xmlrpc.createClient;
  const client = create(`${base}/xmlrpc/2/${service}`);
  return new Promise((resolve, reject) => {
    client.methodCall(method, params, (error: object | null, value: T) => (error ? reject(error) : resolve(value)));
  });
}

/** What Odoo tells about itself without a login. */
export const version = () => rpc<Struct>('common', 'version', []);

const uid = await rpc<number>('common', 'authenticate', [database, login, password, {}]);
/** Calls a method of the Odoo that is recorded, as the connector's user. */
export const call = <T>(model: string, method: string, args: Json[], kwargs: Struct = {}) =>
  rpc<T>('object', 'execute_kw', [database, uid, password, model, method, args, kwargs]);

/** One entry per line keeps the recordings readable in a diff and compact on disk. */
function write(name: string, [open, close]: string, lines: string[]): void {
  writeFileSync(new URL(`./recorded/${name}.json`, import.meta.url), `${open}\n${lines.join(',\n')}\n${close}\n`);
  console.log(`${name}: ${lines.length}`);
}

export const saveMap = (name: string, entries: [string, Json][]) =>
  write(
    name,
    '{}',
    entries.map(([key, value]) => `${JSON.stringify(key)}: ${JSON.stringify(value)}`),
  );

export const saveList = (name: string, entries: Json[]) =>
  write(
    name,
    '[]',
    entries.map((entry) => JSON.stringify(entry)),
  );

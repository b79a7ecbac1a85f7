import type { Odoo, OdooRecord } from '../odoo/client.ts';

const MODEL = 'res.users.apikeys';

/** An API key as Odoo tells of it; nobody is ever told the key itself again. */
export interface ToldKey {
  name: string;
  /** What it is good for: `rpc`, or null for everything. */
  scope: string | null;
  /** ISO 8601. */
  createdAt: string;
  /** ISO 8601; undefined: it never ends. */
  expiresAt?: string;
}

/** How a key is recognized among those of its user. */
export interface KeySign {
  /** The name that it was given, where the connector made it. */
  name?: string | undefined;
  /** ISO 8601; when it was entered, so it was made before. */
  setAt: string;
}

/**
 * The key in use, as Odoo 18 and later tell it.
 * @returns undefined where Odoo knows no end of keys, or tells of none
 */
export async function readKey(odoo: Odoo, sign: KeySign): Promise<ToldKey | undefined> {
  const fields = (await odoo.call(MODEL, 'fields_get', [['expiration_date'], ['type']])) as object;
  if (!('expiration_date' in fields)) return undefined;
  const uid = await odoo.logIn();
  const wanted = ['name', 'scope', 'create_date', 'expiration_date'];
  const keys = (await odoo.searchRead(MODEL, [['user_id', '=', uid]], wanted, { order: 'id desc' })).map(keyOf);
  const made = sign.name === undefined ? undefined : keys.find(({ name }) => name === sign.name);
  // A key is copied as soon as it is made, for it is shown only once.
  return made ?? keys.find(({ createdAt }) => createdAt <= sign.setAt) ?? keys[0];
}

const keyOf = ({ name, scope, create_date: made, expiration_date: until }: OdooRecord): ToldKey => ({
  ...{ name: String(name), scope: typeof scope === 'string' ? scope : null, createdAt: iso(made) },
  ...(typeof until === 'string' ? { expiresAt: iso(until) } : {}),
});

/** Odoo's times are in UTC, without saying so. */
const iso = (time: unknown): string =>
  typeof time === 'string' ? new Date(`${time.replace(' ', 'T')}Z`).toISOString() : new Date(0).toISOString();

/** Odoo's clock may be a little ahead of ours, and refuses a minute too much. */
const MARGIN_MS = 3_600_000;

/**
 * Has Odoo make another key, that is good for as long as the one before was.
 * @throws ConnectorError ODOO_MODEL_UNKNOWN where Odoo cannot; ODOO_REFUSED, ODOO_ACCESS where it may not
 */
export async function makeKey(odoo: Odoo, key: string, old: ToldKey, name: string): Promise<string> {
  const lifetime = old.expiresAt === undefined ? 0 : Date.parse(old.expiresAt) - Date.parse(old.createdAt);
  const until = new Date(Date.now() + lifetime - MARGIN_MS).toISOString().slice(0, 19).replace('T', ' ');
  return String(await odoo.call(MODEL, 'generate', [key, old.scope, name, until]));
}

/** @throws ConnectorError ODOO_AUTH where there is no such key any more */
export async function revokeKey(odoo: Odoo, key: string): Promise<void> {
  await odoo.call(MODEL, 'revoke', [key]);
}

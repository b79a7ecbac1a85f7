import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { isApiKey } from '../odoo/api-key.ts';
import { documents } from './documents.ts';
import { Secrets } from './secrets.ts';

/** When the Odoo login of a connection was set and by whom; the login itself is a secret. */
export interface LoginNote {
  /** ISO 8601. */
  setAt: string;
  by: string;
  /** It is an API key, not a password. */
  isKey?: boolean;
  /** When the key expires, if its Odoo has told. */
  expiresAt?: string | undefined;
  /** Odoo has told that it never does. */
  neverExpires?: boolean | undefined;
  /** What it is called in Odoo, if the connector has made it. */
  keyName?: string | undefined;
}

const ITEM = 'odoo-login';

/** Odoo Online gives a key three months at most. */
const MONTHS_ASSUMED = 3;

/** Notes that somebody has set a login. */
export async function noteNewLogin(connection: string, by: string, password: string): Promise<LoginNote> {
  const note: LoginNote = { setAt: new Date().toISOString(), by, isKey: isApiKey(password) };
  await noteLogin(connection, note);
  return note;
}

export async function noteLogin(connection: string, note: LoginNote): Promise<void> {
  await documents.send(
    new PutCommand({ TableName: tableName('connections'), Item: { connection, item: ITEM, ...note } }),
  );
}

export async function readLoginNote(connection: string): Promise<LoginNote | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('connections'), Key: { connection, item: ITEM } }),
  );
  if (Item === undefined) return undefined;
  const { setAt, by, isKey, expiresAt, neverExpires, keyName } = Item;
  return {
    ...{ setAt: String(setAt), by: String(by), isKey: isKey === true },
    ...(typeof expiresAt === 'string' ? { expiresAt } : {}),
    ...(neverExpires === true ? { neverExpires } : {}),
    ...(typeof keyName === 'string' ? { keyName } : {}),
  };
}

/** When a key ends: as Odoo has told, or three months after it was set. */
export interface KeyExpiry {
  /** ISO 8601. */
  at: string;
  is: 'told' | 'assumed';
}

/** Undefined for a password, for a key that never expires, and for a login of which nothing was noted. */
export function keyExpiry(note: LoginNote | undefined): KeyExpiry | undefined {
  if (note?.isKey !== true || note.neverExpires === true) return undefined;
  if (note.expiresAt !== undefined) return { at: note.expiresAt, is: 'told' };
  const assumed = new Date(note.setAt);
  assumed.setUTCMonth(assumed.getUTCMonth() + MONTHS_ASSUMED);
  return { at: assumed.toISOString(), is: 'assumed' };
}

const DAY_MS = 86_400_000;
/** A key is to be renewed so long before it ends. */
const WARNING_DAYS = 14;

/** Days until a key ends, begun ones included; none or less: it has ended. */
export const daysLeft = ({ at }: KeyExpiry, now = Date.now()): number => Math.ceil((Date.parse(at) - now) / DAY_MS);

export const isEndingSoon = (expiry: KeyExpiry, now = Date.now()): boolean => daysLeft(expiry, now) <= WARNING_DAYS;

/** What may be shown of a login. */
export interface LoginView {
  isSet: boolean;
  user: string | null;
  /** ISO 8601. */
  setAt: string | null;
  by: string | null;
}

const secrets = new Secrets();

/** A password that was set a moment ago is seen at once: this asks, whatever is kept. */
export async function showLogin(connection: string): Promise<LoginView> {
  secrets.forget(connection);
  const [login, note] = await Promise.all([secrets.odoo(connection), readLoginNote(connection)]);
  if (login === undefined) return { isSet: false, user: null, setAt: null, by: null };
  return { isSet: true, user: login.user, setAt: note?.setAt ?? null, by: note?.by ?? null };
}

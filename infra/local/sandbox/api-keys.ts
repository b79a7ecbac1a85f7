/** The API keys of users: how they are found, made and revoked over RPC. */
import { accessDenied, PythonError, UserError } from './faults.ts';
import type { Orm } from './orm.ts';
import type { Store } from './store.ts';
import type { Row, Value, Wire } from './types.ts';

const MODEL = 'res.users.apikeys';

/**
 * Whether keys can be renewed over RPC: `absent` in Odoo 16 to 18 and early builds of 19; later ones refuse it
 * to whoever is no administrator, unless the system parameter `base.enable_programmatic_api_keys` is set.
 */
export type KeyRenewal = 'absent' | 'refused' | 'allowed';

/** How long a user of the connector's groups may have a key. */
const LONGEST_DAYS = 90;
const DAY_MS = 86_400_000;
const MOST_KEYS = 10;

/** A key as its user sees it; the key itself is in no field that could be read. */
export const keyRow = (id: number, user: number, name: string, key: string, days: number): Row => ({
  ...{ id, name, user_id: user, scope: 'rpc', key },
  ...{ create_date: moment(0), expiration_date: moment(days) },
});

const moment = (days: number): string =>
  new Date(Date.now() + days * DAY_MS).toISOString().slice(0, 19).replace('T', ' ');

const isLive = ({ expiration_date: until }: Row): boolean => typeof until !== 'string' || until >= moment(0);

function find(store: Store, key: Value | undefined): Row | undefined {
  return [...store.rows(MODEL)].find((row) => row.key === key && isLive(row));
}

/** The id of the user that a key belongs to; undefined: there is no such key, or no longer. */
export const ownerOf = (store: Store, key: Value | undefined): number | undefined =>
  find(store, key)?.user_id as number | undefined;

/** Moves the life of a key back by so many days. */
export function age(store: Store, id: number, days: number): void {
  const row = store.get(MODEL, id);
  if (row === undefined) return;
  const earlier = (time: Value | undefined) =>
    moment((Date.parse(`${String(time).replace(' ', 'T')}Z`) - Date.now()) / DAY_MS - days);
  store.put(MODEL, { ...row, create_date: earlier(row.create_date), expiration_date: earlier(row.expiration_date) });
  store.commit();
}

type KeyMethod = (orm: Orm, bound: Record<string, Value | undefined>) => Wire;

const generate: KeyMethod = (orm, { key, scope, name, expiration_date: until }) => {
  const { store, uid } = orm.session;
  ensureAllowed(orm);
  if ([...store.rows(MODEL)].filter((row) => row.user_id === uid && isLive(row)).length >= MOST_KEYS) {
    throw new UserError(`Limit of ${MOST_KEYS} API keys is reached for programmatic creation`);
  }
  if (ownerOf(store, key) !== uid) {
    throw accessDenied();
  }
  if (typeof until !== 'string') throw new UserError('The API key must have an expiration date');
  if (until > moment(LONGEST_DAYS)) throw new UserError(`You cannot exceed ${LONGEST_DAYS}.0 days.`);
  const id = store.nextId(MODEL);
  const made = Array.from({ length: 40 }, () => Math.floor(Math.random() * 16).toString(16)).join('');
  store.put(MODEL, { ...keyRow(id, uid, String(name), made, 0), scope: scope ?? false, expiration_date: until });
  return made;
};

const revoke: KeyMethod = (orm, { key }) => {
  ensureAllowed(orm);
  const row = find(orm.session.store, key);
  if (row === undefined) throw accessDenied();
  orm.session.store.delete(MODEL, row.id);
  return true;
};

export const keyMethods: Readonly<Record<string, { names: string[]; run: KeyMethod }>> = {
  generate: { names: ['key', 'scope', 'name', 'expiration_date'], run: generate },
  revoke: { names: ['key'], run: revoke },
};

function ensureAllowed({ session: { keyRenewal } }: Orm): void {
  if (keyRenewal === 'refused') throw new UserError('Programmatic API keys are not enabled');
  if (keyRenewal === 'absent') throw new PythonError('AttributeError', `The method '${MODEL}.generate' does not exist`);
}

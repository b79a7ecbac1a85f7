import { GetCommand, PutCommand } from '@aws-sdk/lib-dynamodb';
import { tableName } from '../environment.ts';
import { documents } from './documents.ts';
import { Secrets } from './secrets.ts';

/** When the Odoo login of a connection was set and by whom; the login itself is a secret. */
export interface LoginNote {
  /** ISO 8601. */
  setAt: string;
  by: string;
}

const ITEM = 'odoo-login';

export async function noteLogin(connection: string, by: string): Promise<LoginNote> {
  const note: LoginNote = { setAt: new Date().toISOString(), by };
  await documents.send(
    new PutCommand({ TableName: tableName('connections'), Item: { connection, item: ITEM, ...note } }),
  );
  return note;
}

export async function readLoginNote(connection: string): Promise<LoginNote | undefined> {
  const { Item } = await documents.send(
    new GetCommand({ TableName: tableName('connections'), Key: { connection, item: ITEM } }),
  );
  return Item === undefined ? undefined : { setAt: String(Item.setAt), by: String(Item.by) };
}

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

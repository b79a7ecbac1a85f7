/**
 * Looks after the API keys: finds out when they end, renews them where Odoo allows it, else tells people in time.
 *
 *     day 0    a new key is made, proven and kept; the old one stays valid, for warm functions know it yet
 *     day 1    the old one is revoked
 */
import { asConnectorError, ConnectorError, type ErrorCode } from '../errors/index.ts';
import { isApiKey } from '../odoo/api-key.ts';
import { type CallReport, Odoo, type OdooCredentials } from '../odoo/client.ts';
import { chooseTransport } from '../odoo/transports/choose.ts';
import type { Observer } from '../queue/observe.ts';
import { forgetLogin, withLane } from '../queue/odoo.ts';
import { sideBySide } from '../side-by-side.ts';
import { noteAction } from '../store/actions.ts';
import { readSettings } from '../store/connections.ts';
import { isEndingSoon, keyExpiry, noteLogin, readLoginNote } from '../store/login.ts';
import { putSecrets } from '../store/put-secret.ts';
import { type OdooSecret, Secrets } from '../store/secrets.ts';
import { connectionNames } from '../store/settings.ts';
import { makeKey, readKey, revokeKey, type ToldKey } from './keys.ts';

/** Connections that are looked after at a time. */
const TOGETHER = 10;
/** An Odoo that hangs must not take the time that others need; tomorrow is another day. */
const ANSWER_MS = 20_000;
const BY = 'connector';

const secrets = new Secrets();

/** Of every connection, once a day. */
export async function careForKeys(observer: Observer): Promise<void> {
  const connections = await connectionNames();
  await sideBySide(connections, TOGETHER, (connection) =>
    careQuietly(connection, observer, { renews: true, timeoutMs: ANSWER_MS }),
  );
}

/** Tells when a key ends that was set a moment ago; whether Odoo answers now does not matter for what was set. */
export function lookAtKey(connection: string, observer: Observer): Promise<void> {
  return careQuietly(connection, observer, { renews: false, patienceMs: 2_000, timeoutMs: 4_000 });
}

interface Care {
  /** Where it ends soon and Odoo allows it. */
  renews: boolean;
  /** How long to wait for the lane, and for an answer of Odoo. */
  patienceMs?: number;
  timeoutMs?: number;
}

async function careQuietly(connection: string, observer: Observer, care: Care): Promise<void> {
  try {
    await careForKey(connection, observer, care);
  } catch (thrown) {
    // Tomorrow is another day; an Odoo that is down is noticed elsewhere, and must not keep the others waiting.
    const { code, message } = asConnectorError(thrown);
    observer.warn('key not looked after', { connection, code, detail: message });
  }
}

/** Does nothing where the login is a password, which never ends. */
async function careForKey(
  connection: string,
  observer: Observer,
  { renews, patienceMs = 20_000, timeoutMs }: Care,
): Promise<void> {
  secrets.forget(connection);
  // A key that is known here from before must not be the one that is revoked.
  forgetLogin(connection);
  const login = await secrets.odoo(connection);
  const settings = await readSettings(connection);
  if (settings === undefined || login === undefined || !isApiKey(login.password)) return;
  const onCall = (report: CallReport) => observer.info('odoo call', { connection, ...report });
  const laneOptions = { onCall, patienceMs, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  await withLane(connection, laneOptions, async ({ odoo, credentials, lane }) => {
    if (login.previousPassword !== undefined) await endFormer(connection, login, odoo);
    const note = await readLoginNote(connection);
    const key = note === undefined ? undefined : await readKey(odoo, { name: note.keyName, setAt: note.setAt });
    if (note !== undefined && key !== undefined) {
      await noteLogin(connection, { ...note, neverExpires: key.expiresAt === undefined, expiresAt: key.expiresAt });
    }
    const expiry = keyExpiry(await readLoginNote(connection));
    if (!renews || expiry === undefined || !isEndingSoon(expiry)) return;
    const choosing = { choice: settings.transport, pace: () => lane.turn() };
    const reason = key === undefined ? undefined : await renew({ connection, login, odoo, credentials, key, choosing });
    if (reason !== null) await warn(connection, expiry.at, reason);
  });
}

interface Renewing {
  connection: string;
  login: OdooSecret;
  odoo: Odoo;
  credentials: OdooCredentials;
  key: ToldKey;
  choosing: Parameters<typeof chooseTransport>[1];
}

/** What says that this Odoo, or this user, cannot renew keys. */
const CANNOT: ReadonlySet<ErrorCode> = new Set<ErrorCode>(['ODOO_MODEL_UNKNOWN', 'ODOO_REFUSED', 'ODOO_ACCESS']);

/** @returns null: it is renewed; else why not */
async function renew({ connection, login, odoo, credentials, key, choosing }: Renewing): Promise<string | null> {
  const name = `OpenCart connector ${connection} ${new Date().toISOString()}`;
  let password: string;
  try {
    password = await makeKey(odoo, login.password, key, name);
  } catch (error) {
    if (error instanceof ConnectorError && CANNOT.has(error.code)) return error.message;
    throw error;
  }
  await prove({ ...credentials, password }, choosing);
  await putSecrets(connection, { odoo: { ...login, password, previousPassword: login.password } });
  await noteLogin(connection, { setAt: new Date().toISOString(), by: BY, isKey: true, keyName: name });
  await noteAction(connection, BY, {
    code: 'KEY_RENEWED',
    message: 'The API key of Odoo was renewed; the one before is revoked tomorrow.',
  });
  return null;
}

/** A key that Odoo does not let in must not take the place of one that works. @throws ConnectorError */
async function prove(credentials: OdooCredentials, choosing: Renewing['choosing']): Promise<void> {
  const odoo = new Odoo({ credentials, pace: choosing.pace, transport: await chooseTransport(credentials, choosing) });
  try {
    await odoo.logIn();
  } finally {
    odoo.close();
  }
}

/** The one in use has let us in, so the one before is not needed any more. */
async function endFormer(connection: string, login: OdooSecret, odoo: Odoo): Promise<void> {
  const { previousPassword, ...kept } = login;
  await odoo.logIn();
  try {
    await revokeKey(odoo, previousPassword ?? '');
  } catch (error) {
    // It has ended, or somebody has removed it; one that cannot be revoked ends by itself.
    if (!(error instanceof ConnectorError && (error.code === 'ODOO_AUTH' || CANNOT.has(error.code)))) throw error;
  }
  await putSecrets(connection, { odoo: kept });
}

async function warn(connection: string, at: string, reason: string | undefined): Promise<void> {
  await noteAction(connection, BY, {
    level: 'warning',
    code: 'KEY_EXPIRING',
    message: `The API key of Odoo expires on ${at.slice(0, 10)}${reason === undefined ? '' : `, and cannot be renewed from here: ${reason}`}`,
    remedy:
      'Log into Odoo as the connector’s user, make a key (My Preferences, Security, New API Key), and set it here before that day.',
  });
}

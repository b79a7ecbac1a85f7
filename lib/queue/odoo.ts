import { lanePatienceMs, odooTimeoutMs, settingsKeptMs } from '../environment.ts';
import { ConnectorError, type ErrorCode } from '../errors/index.ts';
import { type CallReport, NO_CHATTER, Odoo, type OdooCredentials, Session } from '../odoo/client.ts';
import { forgetDialect, readDialect } from '../odoo/dialect.ts';
import { chooseTransport, forgetTransport } from '../odoo/transports/choose.ts';
import { type ConnectionSettings, intervalOf, readSettings } from '../store/connections.ts';
import { Lane } from '../store/lanes.ts';
import { isFor, type OdooSecret, Secrets } from '../store/secrets.ts';
import type { SyncContext } from '../sync/declare.ts';

/** What an Odoo says that has been replaced by one of another version. */
const REPLACED: ReadonlySet<string> = new Set<ErrorCode>(['ODOO_FIELD_UNKNOWN', 'ODOO_UNAVAILABLE', 'ODOO_AUTH']);

const secrets = new Secrets();
const sessions = new Map<string, Session>();
const settingsKept = new Map<string, { settings: ConnectionSettings; until: number }>();

export interface OdooAccess {
  odoo: Odoo;
  context: SyncContext;
  lane: Lane;
}

/**
 * Does something with the Odoo of a connection, holding its lane meanwhile.
 * @throws ConnectorError CONNECTION_UNCONFIGURED, LANE_BUSY, and what `work` throws
 */
export async function withOdoo<T>(
  connection: string,
  onCall: (report: CallReport) => void,
  work: (access: OdooAccess) => Promise<T>,
  {
    patienceMs = lanePatienceMs(),
    holding = [],
  }: { patienceMs?: number | undefined; holding?: readonly string[] } = {},
): Promise<T> {
  return withLane(
    connection,
    { onCall, patienceMs, holding, timeoutMs: odooTimeoutMs() },
    async ({ odoo, settings, credentials, lane }) => {
      const dialect = await readDialect(credentials, odoo);
      lane.met({ version: dialect.version, transport: odoo.transport });
      return work({ odoo, lane, context: { connection, settings, dialect, ensureLane: () => lane.ensureHeld() } });
    },
  );
}

export interface LaneOptions {
  onCall: (report: CallReport) => void;
  /** How long to wait for the lane. */
  patienceMs: number;
  /** Names of the records that are to be worked on. */
  holding?: readonly string[];
  /** How long a call may take; default: as long as Odoo itself may try. */
  timeoutMs?: number;
}

interface LaneAccess {
  odoo: Odoo;
  settings: ConnectionSettings;
  credentials: OdooCredentials;
  lane: Lane;
}

/** As `withOdoo`, for who asks something short and need not know Odoo's dialect. */
export async function withLane<T>(
  connection: string,
  { onCall, patienceMs, timeoutMs, holding }: LaneOptions,
  work: (access: LaneAccess) => Promise<T>,
): Promise<T> {
  const settings = await settingsOf(connection);
  const login = await loginOf(connection, settings);
  const lane = await Lane.take(connection, intervalOf(settings), patienceMs, holding);
  const { user, password } = login;
  const credentials = { url: settings.odooUrl, database: settings.odooDatabase, user, password };
  const observed = (report: CallReport) => {
    lane.answered(report);
    if (report.failed === 'ODOO_FIELD_UNKNOWN') forgetDialect(credentials);
    if (REPLACED.has(report.failed ?? '')) forgetTransport(credentials);
    onCall(report);
  };
  const pace = () => lane.turn();
  let odoo: Odoo | undefined;
  try {
    const transport = await chooseTransport(credentials, { choice: settings.transport, timeoutMs, pace });
    const context = settings.chatter ? {} : NO_CHATTER;
    odoo = new Odoo({ credentials, pace, onCall: observed, transport, context }, sessionOf(connection));
    return await work({ odoo, settings, credentials, lane });
  } catch (error) {
    // A refused key may have been replaced since it was read.
    if (error instanceof ConnectorError && error.code === 'ODOO_AUTH') secrets.forget(connection);
    throw error;
  } finally {
    odoo?.close();
    await lane.giveBack();
  }
}

/** @throws ConnectorError CONNECTION_UNCONFIGURED */
export async function settingsOf(connection: string): Promise<ConnectionSettings> {
  const kept = settingsKept.get(connection);
  if (kept !== undefined && kept.until > Date.now()) return kept.settings;
  const settings = await readSettings(connection);
  if (settings === undefined) throw unconfigured(connection, 'no settings');
  settingsKept.set(connection, { settings, until: Date.now() + settingsKeptMs() });
  return settings;
}

/** @throws ConnectorError CONNECTION_UNCONFIGURED */
async function loginOf(connection: string, { odooUrl }: ConnectionSettings): Promise<OdooSecret> {
  let login = await secrets.odoo(connection);
  if (login !== undefined && !isFor(login, odooUrl)) {
    // It may have been set a moment ago.
    secrets.forget(connection);
    login = await secrets.odoo(connection);
  }
  if (login === undefined) throw unconfigured(connection, 'no Odoo user and key');
  if (isFor(login, odooUrl)) return login;
  const other = login.origin ?? 'an Odoo that nobody knows any more';
  throw unconfigured(connection, `an Odoo key for ${other} only: set it again for the Odoo it is now`);
}

/** Whoever calls this Odoo next reads the login again: it may have been changed a moment ago. */
export function forgetLogin(connection: string): void {
  secrets.forget(connection);
}

function sessionOf(connection: string): Session {
  const session = sessions.get(connection) ?? new Session();
  sessions.set(connection, session);
  return session;
}

const unconfigured = (connection: string, what: string) =>
  new ConnectorError('CONNECTION_UNCONFIGURED', `The connection "${connection}" has ${what}.`, { subject: connection });

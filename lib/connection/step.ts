import { asConnectorError, type ConnectorError, catalog, type ErrorCode } from '../errors/index.ts';
import type { Odoo } from '../odoo/client.ts';
import type { ConnectionSettings } from '../store/connections.ts';

export const stepStatuses = ['ok', 'warning', 'failed', 'skipped'] as const;
export type StepStatus = (typeof stepStatuses)[number];

/** What one step of a connection test has found. */
export interface StepResult {
  name: string;
  status: StepStatus;
  detail: string;
  /** Who can mend it, and how. */
  remedy: string | null;
  /** The section in docs/errors.md. */
  code: ErrorCode | null;
  /** The Odoo model whose rights were looked at. */
  model: string | null;
}

/** What is tested. */
export interface Target {
  url: URL;
  database: string;
  user: string | undefined;
  /** Password or API key. */
  password: string | undefined;
  /** Say which rights are needed; undefined: the connection has none yet, so the defaults do. */
  settings: ConnectionSettings | undefined;
  /** Resolves when the next call may be made. */
  pace: () => Promise<void>;
}

/** What the steps share that find out whether there is an Odoo. */
export interface Reach {
  target: Target;
  /** Milliseconds since the epoch by which the test must have ended. */
  deadline: number;
}

/** What the steps share that ask it. */
export interface Look extends Reach {
  odoo: Odoo;
}

/** How long one wait of a step may take: what is left of the test, but not all of it. */
const LONGEST_WAIT_MS = 8_000;
export const waitMs = ({ deadline }: Reach): number =>
  Math.max(1, Math.min(LONGEST_WAIT_MS, Math.round(deadline - Date.now())));

type Found = Omit<StepResult, 'name'>;

const found = (status: StepStatus, detail: string, more: Partial<Found> = {}): Found => ({
  ...{ status, detail, remedy: null, code: null, model: null },
  ...more,
});

export const ok = (detail: string, more: Partial<Found> = {}): Found => found('ok', detail, more);
export const warning = (detail: string, remedy: string, more: Partial<Found> = {}): Found =>
  found('warning', detail, { remedy, ...more });
export const skipped = (detail: string, more: Partial<Found> = {}): Found => found('skipped', detail, more);

/** A code of the catalog with what it is in this case; the remedy is the catalog's unless there is a closer one. */
export const failed = (code: ErrorCode, detail: string, remedy: string = catalog[code].remedy): Found =>
  found('failed', detail, { code, remedy });

export const failedBy = (error: ConnectorError): Found => failed(error.code, error.message, error.remedy);

export interface Step<Shared extends Reach = Look> {
  name: string;
  run: (shared: Shared) => Promise<Found>;
}

/** Whatever goes wrong in a step is what it found. What was not foreseen is shown by its code only. */
export async function runStep<Shared extends Reach>({ name, run }: Step<Shared>, shared: Shared): Promise<StepResult> {
  try {
    return { name, ...(await run(shared)) };
  } catch (thrown) {
    return { name, ...failedBy(asConnectorError(thrown)) };
  }
}

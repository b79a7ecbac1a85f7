/**
 * Whoever changes a setting or a mapping says so here, and what was blocked by it is tried at once: of each
 * cause its oldest failure. When that one succeeds all others of its cause follow (lib/queue/trials.ts), so
 * that a change which mends nothing sends one event to Odoo and not thousands.
 *
 * A function that calls this needs: tables `failures` readWrite and `payloads` read, and `sendEvents`.
 */
import { chunks } from '../collections.ts';
import { settingsKeptMs } from '../environment.ts';
import type { ErrorCode } from '../errors/index.ts';
import { type Cause, causesOf, causesOfSubject, hastenTrial, isTried } from '../store/causes.ts';
import type { Observer } from './observe.ts';
import { tryOldest } from './trials.ts';

/** What a setting, a login or the Odoo behind them can mend. */
const MENDED_BY_SETTINGS: ReadonlySet<ErrorCode> = new Set<ErrorCode>([
  ...(['CONNECTION_UNCONFIGURED', 'ODOO_AUTH', 'ODOO_DATABASE', 'ODOO_ACCESS'] as const),
  ...(['ODOO_UNREACHABLE', 'ODOO_TIMEOUT', 'ODOO_UNAVAILABLE', 'ODOO_RATE_LIMITED'] as const),
  ...(['ODOO_MODEL_UNKNOWN', 'ODOO_FIELD_UNKNOWN', 'MATCH_REPORTED', 'MAPPING_MISSING'] as const),
  ...(['TAX_UNMAPPED', 'CURRENCY_UNMAPPED', 'CARRIER_UNMAPPED', 'PAYMENT_UNMAPPED'] as const),
  ...(['CURRENCY_RATE_UNKNOWN', 'WAREHOUSE_MISSING', 'NEED_REFUSED'] as const),
  ...(['ORDER_NOT_INVOICEABLE', 'DELIVERY_OPEN', 'TOTAL_MISMATCH'] as const),
]);

/** Causes can be as many as records, e.g. one per customer that a person shall decide on: the rest waits its turn. */
const MOST_TRIED = 500;
const TRIED_TOGETHER = 20;

const silent: Observer = { info: () => {}, warn: () => {}, error: () => {}, count: () => {} };

/**
 * Tries what waits for one record of the store, because its mapping has changed.
 * @param subject `<entity>/<recordId>`, e.g. `tax/86`; what is derived from that record, as `tax/86:P20`, is meant, too
 * @returns how many causes are tried
 */
export async function releaseForSubject(connection: string, subject: string, observer = silent): Promise<number> {
  return release(await causesOfSubject(connection, subject), observer);
}

/**
 * Tries what the settings or the login of a connection may have blocked, because they have changed.
 * @returns how many causes are tried
 */
export async function releaseForSettings(connection: string, observer = silent): Promise<number> {
  // Consumers that run already know the former settings a little longer.
  const delaySeconds = Math.ceil(settingsKeptMs() / 1_000) + 1;
  return releaseWaiting(connection, ({ code }) => MENDED_BY_SETTINGS.has(code), observer, delaySeconds);
}

/**
 * Tries the causes of a connection that fit.
 * @param delaySeconds until the trial is handed out
 * @returns how many causes are tried
 */
export async function releaseWaiting(
  connection: string,
  fits: (cause: Cause) => boolean,
  observer = silent,
  delaySeconds?: number,
): Promise<number> {
  const waiting: Cause[] = [];
  for await (const cause of causesOf(connection)) {
    if (fits(cause)) waiting.push(cause);
    if (waiting.length === MOST_TRIED) break;
  }
  return release(waiting, observer, delaySeconds);
}

async function release(causes: readonly Cause[], observer: Observer, delaySeconds?: number): Promise<number> {
  const blocked = causes.filter(isTried);
  let tried = 0;
  for (const batch of chunks(blocked, TRIED_TOGETHER)) {
    const outcomes = await Promise.all(
      batch.map(async (cause) => {
        // Should this trial come too early, the next one is not an hour away.
        await hastenTrial(cause.connection, cause.cause);
        return tryOldest(cause, observer, delaySeconds);
      }),
    );
    tried += outcomes.filter((outcome) => outcome === 'sent').length;
  }
  observer.info('released', { causes: tried });
  return tried;
}

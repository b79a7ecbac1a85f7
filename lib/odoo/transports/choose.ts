import { isApiKey } from '../api-key.ts';
import { json2Transport, speaksJson2 } from './json2.ts';
import type { OdooCredentials, Transport, TransportChoice } from './transport.ts';
import { xmlRpcTransport } from './xmlrpc.ts';

const KEPT_MS = 3_600_000;
const kept = new Map<string, { speaks: boolean; until: number }>();
const keyOf = ({ url, database }: OdooCredentials): string => `${url} ${database}`;

export interface Choosing {
  choice: TransportChoice;
  timeoutMs?: number | undefined;
  /** Called before Odoo is asked what it speaks. */
  pace: () => Promise<void>;
}

/**
 * The way to reach this Odoo. What it speaks is asked once an hour per warm container, so that an upgrade is
 * noticed by itself.
 *
 * @throws ConnectorError ODOO_UNREACHABLE, ODOO_TIMEOUT, and what `pace` throws
 */
export async function chooseTransport(
  credentials: OdooCredentials,
  { choice, timeoutMs, pace }: Choosing,
): Promise<Transport> {
  const isJson2 =
    choice === 'json2' ||
    // Nobody gets in by JSON-2 with a password, whatever Odoo speaks.
    (choice === 'auto' && isApiKey(credentials.password) && (await speaks(credentials, timeoutMs, pace)));
  return isJson2 ? json2Transport(credentials, timeoutMs) : xmlRpcTransport(credentials, timeoutMs);
}

/** Asks anew the next time: Odoo does not answer as it did, so it may have been replaced by another version. */
export function forgetTransport(credentials: OdooCredentials): void {
  kept.delete(keyOf(credentials));
}

async function speaks(credentials: OdooCredentials, timeoutMs: number | undefined, pace: () => Promise<void>) {
  const key = keyOf(credentials);
  const known = kept.get(key);
  if (known !== undefined && known.until > Date.now()) return known.speaks;
  await pace();
  const answer = await speaksJson2(credentials, timeoutMs);
  kept.set(key, { speaks: answer, until: Date.now() + KEPT_MS });
  return answer;
}

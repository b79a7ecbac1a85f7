/**
 * Asks the stores to send what waits in their outboxes. A store sends by itself only where its host can end the
 * response to the shopper first (FPM, LiteSpeed), and after an outage nobody else may come by for hours.
 */
import { asConnectorError } from '../errors/index.ts';
import { ExportClient } from '../opencart/export-client.ts';
import type { Observer } from '../queue/observe.ts';
import { sideBySide } from '../side-by-side.ts';
import { readSettings } from '../store/connections.ts';
import { Secrets, validSecrets } from '../store/secrets.ts';
import { connectionNames } from '../store/settings.ts';

const MINUTE_MS = 60_000;
/** Stores that are asked at a time; each sends to the connector while it is asked. */
const TOGETHER = 20;
/** The next minute asks again. */
const ANSWER_MS = 45_000;
/** Of the function's 55 seconds. */
const ROUND_MS = 50_000;
/** A store that is asked later than that could hardly answer in time. */
const LEAST_ANSWER_MS = 2_000;
/** It says two numbers. Twenty answers of what a page may have would be more than there is memory for. */
const ANSWER_BYTES = 65_536;

const secrets = new Secrets();

/** @returns how many events the stores have sent */
export async function flushStores(now: Date, observer: Observer): Promise<number> {
  const deadline = Date.now() + ROUND_MS;
  const names = await connectionNames();
  // Each minute begins elsewhere: should many stores hang, the others have their turn all the same.
  const first = (Math.floor(now.getTime() / MINUTE_MS) * TOGETHER) % Math.max(1, names.length);
  let sent = 0;
  await sideBySide([...names.slice(first), ...names.slice(0, first)], TOGETHER, async (connection) => {
    const answerMs = Math.min(ANSWER_MS, deadline - Date.now());
    if (answerMs >= LEAST_ANSWER_MS) sent += await flushStore(connection, now, observer, answerMs);
  });
  return sent;
}

async function flushStore(connection: string, now: Date, observer: Observer, answerMs: number): Promise<number> {
  try {
    const settings = await readSettings(connection);
    if (settings?.exportUrl === undefined || !isDue(settings.flushMinutes, now)) return 0;
    const valid = validSecrets(await secrets.store(connection));
    if (valid.length === 0) return 0;
    const patience = { answerMs, maxBytes: ANSWER_BYTES, pausesMs: [] };
    const endpoint = { url: settings.exportUrl, connection, secrets: [...valid] };
    const { sent, waiting } = await new ExportClient(endpoint, patience).flush();
    if (sent > 0 || waiting > 0) observer.info('store flushed', { connection, sent, waiting });
    return sent;
  } catch (thrown) {
    // Nothing is lost: the outbox keeps what it has. One store must not keep the others from being asked.
    const { code, message } = asConnectorError(thrown);
    if (code === 'STORE_REFUSED') secrets.forget(connection);
    observer.warn('store not flushed', { connection, code, detail: message });
    return 0;
  }
}

const isDue = (everyMinutes: number, now: Date): boolean =>
  everyMinutes > 0 && Math.floor(now.getTime() / MINUTE_MS) % everyMinutes === 0;

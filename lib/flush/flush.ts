/**
 * Asks the stores to send what waits in their outboxes. A store sends by itself only where its host can end the
 * response to the shopper first (FPM, LiteSpeed), and after an outage nobody else may come by for hours.
 */
import { chunks } from '../collections.ts';
import { asConnectorError } from '../errors/index.ts';
import { ExportClient } from '../opencart/export-client.ts';
import type { Observer } from '../queue/observe.ts';
import { readSettings } from '../store/connections.ts';
import { Secrets, validSecrets } from '../store/secrets.ts';
import { connectionNames } from '../store/settings.ts';

const MINUTE_MS = 60_000;
/** Stores that are asked at a time; each sends to the connector while it is asked. */
const TOGETHER = 20;
/** The next minute asks again. */
const ANSWER_MS = 45_000;

const secrets = new Secrets();

/** @returns how many events the stores have sent */
export async function flushStores(now: Date, observer: Observer): Promise<number> {
  let sent = 0;
  for (const connections of chunks(await connectionNames(), TOGETHER)) {
    const counts = await Promise.all(connections.map((connection) => flushStore(connection, now, observer)));
    sent += counts.reduce((sum, count) => sum + count, 0);
  }
  return sent;
}

async function flushStore(connection: string, now: Date, observer: Observer): Promise<number> {
  try {
    const settings = await readSettings(connection);
    if (settings?.exportUrl === undefined || !isDue(settings.flushMinutes, now)) return 0;
    const valid = validSecrets(await secrets.store(connection));
    if (valid.length === 0) return 0;
    const endpoint = { url: settings.exportUrl, connection, secrets: [...valid] };
    const { sent, waiting } = await new ExportClient(endpoint, { answerMs: ANSWER_MS, pausesMs: [] }).flush();
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

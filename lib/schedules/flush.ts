import { ConnectorError } from '../errors/index.ts';
import { ExportClient } from '../opencart/export-client.ts';
import { Secrets, validSecrets } from '../store/secrets.ts';

/** Less than the function has: it asks all stores at once. */
const ANSWER_MS = 25_000;

const kept = new Secrets();

/**
 * Lets a store send what waits in its outbox. Stores do so by themselves where their server can end the response
 * first; elsewhere the shopper would wait for it.
 *
 * @throws ConnectorError as the export client does, or CONNECTION_UNCONFIGURED without a secret
 */
export async function flushStore(connection: string, url: string): Promise<void> {
  const secrets = validSecrets(await kept.store(connection));
  if (secrets.length === 0) {
    const message = `The connection "${connection}" has no webhook secret.`;
    throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
  }
  try {
    // The next minute is soon enough to try again.
    await new ExportClient({ url, connection, secrets: [...secrets] }, { pausesMs: [], answerMs: ANSWER_MS }).flush();
  } catch (error) {
    // The store refuses what is signed with a secret that was replaced.
    if (error instanceof ConnectorError && error.code === 'STORE_REFUSED') kept.forget(connection);
    throw error;
  }
}

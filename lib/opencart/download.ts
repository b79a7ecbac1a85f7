import { asConnectorError, ConnectorError } from '../errors/index.ts';

/** Images of products are a few hundred kilobytes; Odoo shrinks them to 1920 pixels anyway. */
export const MAX_FILE_BYTES = 5_242_880;
const ANSWER_MS = 15_000;

/**
 * Fetches an image that the store refers to.
 * @throws ConnectorError FILE_UNAVAILABLE, FILE_TOO_LARGE
 */
export async function downloadImage(url: string): Promise<Buffer> {
  const name = nameOf(url);
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_MS) });
    if (!response.ok) throw unavailable(url, `the store answers ${name} with HTTP status ${response.status}`);
    const type = response.headers.get('content-type') ?? 'nothing said';
    if (!type.startsWith('image/')) throw unavailable(url, `${name} is no image but ${type.slice(0, 60)}`);
    return await readLimited(response, name, url);
  } catch (thrown) {
    if (thrown instanceof ConnectorError) throw thrown;
    throw unavailable(url, `${name} cannot be fetched`, asConnectorError(thrown));
  }
}

async function readLimited(response: Response, name: string, url: string): Promise<Buffer> {
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body ?? []) {
    bytes += part.byteLength;
    if (bytes > MAX_FILE_BYTES) {
      const message = `${name} is larger than ${MAX_FILE_BYTES / 1_048_576} MiB.`;
      throw new ConnectorError('FILE_TOO_LARGE', message, { subject: url });
    }
    parts.push(part);
  }
  return Buffer.concat(parts);
}

const unavailable = (url: string, what: string, cause?: unknown): ConnectorError =>
  new ConnectorError('FILE_UNAVAILABLE', `An image is missing: ${what}.`, {
    subject: url,
    ...(cause === undefined ? {} : { cause }),
  });

/** The last part of the path: what a person knows the file by. OpenCart leaves a `%` in a name as it is. */
function nameOf(url: string): string {
  const name = new URL(url).pathname.split('/').at(-1) || url;
  try {
    return decodeURIComponent(name);
  } catch {
    return name;
  }
}

import { asConnectorError, ConnectorError } from '../errors/index.ts';
import { type Answered, AnswerTooLarge, request } from '../outbound/request.ts';
import { fileNameIn, shownUrl } from '../shown-url.ts';

/** Images of products are a few hundred kilobytes; Odoo shrinks them to 1920 pixels anyway. */
export const MAX_FILE_BYTES = 5_242_880;
const ANSWER_MS = 15_000;
const MOST_REDIRECTS = 3;

/**
 * Fetches an image that the store refers to.
 * @throws ConnectorError FILE_UNAVAILABLE, FILE_TOO_LARGE
 */
export async function downloadImage(url: string): Promise<Buffer> {
  const name = fileNameIn(url);
  if (hasLogin(new URL(url))) throw unavailable(url, `${name} has a user or a password in its URL`);
  try {
    const { status, headers, body } = await fetched(url);
    if (status < 200 || status > 299) throw unavailable(url, `the store answers ${name} with HTTP status ${status}`);
    const type = headers['content-type'] ?? 'nothing said';
    if (!type.startsWith('image/')) throw unavailable(url, `${name} is no image but ${type.slice(0, 60)}`);
    return body;
  } catch (thrown) {
    if (thrown instanceof ConnectorError && thrown.code !== 'ADDRESS_PRIVATE') throw thrown;
    if (thrown instanceof AnswerTooLarge) {
      const message = `${name} is larger than ${MAX_FILE_BYTES / 1_048_576} MiB.`;
      throw new ConnectorError('FILE_TOO_LARGE', message, { subject: shownUrl(url) });
    }
    throw unavailable(url, `${name} cannot be fetched`, asConnectorError(thrown));
  }
}

/** Where an image has moved to is asked, too: a shop that moves to https:// or to another host leaves redirects behind. */
async function fetched(url: string): Promise<Answered> {
  const until = Date.now() + ANSWER_MS;
  let target = url;
  for (let redirects = 0; ; redirects += 1) {
    const timeoutMs = Math.max(1, until - Date.now());
    const answer = await request(target, { method: 'GET', timeoutMs, maxBytes: MAX_FILE_BYTES });
    const { location } = answer.headers;
    const isMoved = answer.status >= 300 && answer.status < 400 && location !== undefined;
    const next = isMoved && redirects < MOST_REDIRECTS ? movedTo(location, target) : undefined;
    if (next === undefined) return answer;
    target = next;
  }
}

/** Undefined where an image is not asked for. */
function movedTo(location: string, from: string): string | undefined {
  if (!URL.canParse(location, from)) return undefined;
  const url = new URL(location, from);
  return /^https?:$/.test(url.protocol) && !hasLogin(url) ? url.href : undefined;
}

const hasLogin = ({ username, password }: URL): boolean => username !== '' || password !== '';

const unavailable = (url: string, what: string, cause?: unknown): ConnectorError =>
  new ConnectorError('FILE_UNAVAILABLE', `An image is missing: ${what}.`, {
    subject: shownUrl(url),
    ...(cause === undefined ? {} : { cause }),
  });

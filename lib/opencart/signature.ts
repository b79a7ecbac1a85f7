/**
 * Signatures by the Standard Webhooks convention: HMAC-SHA256 over `id.timestamp.body`, headers
 * `webhook-id`, `webhook-timestamp`, `webhook-signature`, five minutes of tolerance.
 */
import { randomBytes } from 'node:crypto';
import { Webhook } from 'standardwebhooks';

export const SIGNATURE_TOLERANCE_SECONDS = 300;

export type SignatureHeaders = Readonly<Record<string, string | undefined>>;

/**
 * The one way in which a time is written. The library reads whatever begins with a number, so `1795466208x` would
 * have the same signature, and who overheard a request could send it again as if it were another.
 */
const TIMESTAMP = /^[1-9]\d{0,11}$/;
/** It is part of the key under which a signature is remembered. */
const MESSAGE_ID = /^\S{1,255}$/;

/** True if one of the secrets signed this body; during a rotation two secrets are valid. */
export function verifySignature(secrets: readonly string[], headers: SignatureHeaders, body: Buffer): boolean {
  if (!TIMESTAMP.test(headers['webhook-timestamp'] ?? '') || !MESSAGE_ID.test(headers['webhook-id'] ?? ''))
    return false;
  const given: Record<string, string> = {};
  for (const [name, value] of Object.entries(headers)) if (value !== undefined) given[name] = value;
  // Every secret is tried, also after one fitted, so that the time tells nothing about which it was.
  return secrets.map((secret) => verifiedBy(secret, given, body)).includes(true);
}

function verifiedBy(secret: string, headers: Record<string, string>, body: Buffer): boolean {
  try {
    new Webhook(secret).verify(body, headers, { jsonParse: false });
    return true;
  } catch {
    // The library throws for each way in which a signature can be wrong; to the sender they are all one.
    return false;
  }
}

/** The headers of a signed request, as the store's extension sends them. */
export function signatureHeaders(secret: string, id: string, at: Date, body: string): Record<string, string> {
  return {
    'webhook-id': id,
    'webhook-timestamp': String(Math.floor(at.getTime() / 1000)),
    'webhook-signature': new Webhook(secret).sign(id, at, body),
  };
}

/** A fresh secret as the convention wants it. */
export const newWebhookSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

import { createHash } from 'node:crypto';

/**
 * Guests have no id in the store: their e-mail address is who they are. Record ids stand in logs, so
 * it is a digest of the address.
 */
export function guestId(email: string): string {
  const digest = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url');
  return `guest:${digest.slice(0, 27)}`;
}

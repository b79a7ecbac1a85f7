import { hash } from 'node:crypto';

/**
 * Guests have no id in the store: their e-mail address is who they are. Record ids stand in logs, so
 * it is a digest of the address.
 */
export function guestId(email: string): string {
  const digest = hash('sha256', email.trim().toLowerCase(), 'base64url');
  return `guest:${digest.slice(0, 27)}`;
}

import { hash } from 'node:crypto';

/**
 * A fingerprint of a parsed snapshot. Schemas give their objects a fixed order of keys, so equal
 * snapshots have equal texts.
 */
export function fingerprint(value: unknown): string {
  return hash('sha256', JSON.stringify(value), 'base64url');
}

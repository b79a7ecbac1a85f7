/** What a token says of who holds it. It is read, not verified: the API does that. */

export type Role = 'viewer' | 'manager';

export interface Claims {
  connection: string;
  role: Role;
  /** Who it was given to. */
  user: string;
  /** Milliseconds since the epoch. */
  expiresAt: number;
}

/** @returns undefined for what is no token of the connector */
export function claimsOf(token: string): Claims | undefined {
  try {
    const [, payload = ''] = token.split('.');
    const bytes = Uint8Array.from(atob(payload.replaceAll('-', '+').replaceAll('_', '/')), (one) => one.charCodeAt(0));
    const { connection, role, sub, exp } = JSON.parse(new TextDecoder().decode(bytes)) as Record<string, unknown>;
    if (typeof connection !== 'string' || typeof sub !== 'string' || typeof exp !== 'number') return undefined;
    if (role !== 'viewer' && role !== 'manager') return undefined;
    return { connection, role, user: sub, expiresAt: exp * 1_000 };
  } catch {
    return undefined;
  }
}

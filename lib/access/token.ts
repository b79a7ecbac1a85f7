import { hkdfSync } from 'node:crypto';
import { decodeJwt, errors, jwtVerify, SignJWT } from 'jose';
import * as z from 'zod';
import { connectionName } from '../store/connections.ts';

/** `viewer` may look, `manager` may also change. */
export const roles = ['viewer', 'manager'] as const;
export type Role = (typeof roles)[number];

export interface TokenClaims {
  connection: string;
  role: Role;
  /** Who it was given to, for the log. */
  subject: string;
  /** Seconds since the epoch. */
  expiresAt: number;
}

const ISSUER = 'opencart-odoo';
const AUDIENCE = 'opencart-odoo-api';
const ALGORITHM = 'HS256';

const claimsSchema = z.object({
  connection: connectionName,
  role: z.enum(roles),
  sub: z.string().min(1).max(255),
  exp: z.number(),
});

/** A bearer token for the API, signed with the connection's webhook secret. */
export async function mintToken(options: {
  connection: string;
  secret: string;
  role: Role;
  subject: string;
  lifetimeSeconds: number;
}): Promise<string> {
  const { connection, secret, role, subject, lifetimeSeconds } = options;
  return new SignJWT({ connection, role })
    .setProtectedHeader({ alg: ALGORITHM })
    .setSubject(subject)
    .setIssuer(ISSUER)
    .setAudience(AUDIENCE)
    .setIssuedAt()
    .setExpirationTime(`${lifetimeSeconds} seconds`)
    .sign(tokenKey(secret));
}

/**
 * The claims of a valid token, or undefined. `secretsOf` gives the valid secrets of a connection:
 * during a rotation there are two.
 */
export async function verifyToken(
  token: string,
  secretsOf: (connection: string) => Promise<readonly string[]>,
): Promise<TokenClaims | undefined> {
  const claimed = unverifiedConnection(token);
  if (claimed === undefined) return undefined;
  for (const secret of await secretsOf(claimed)) {
    const claims = await verifiedBy(token, secret);
    if (claims !== undefined) return claims;
  }
  return undefined;
}

async function verifiedBy(token: string, secret: string): Promise<TokenClaims | undefined> {
  try {
    const { payload } = await jwtVerify(token, tokenKey(secret), {
      algorithms: [ALGORITHM],
      issuer: ISSUER,
      audience: AUDIENCE,
      requiredClaims: ['exp', 'sub'],
    });
    const { connection, role, sub, exp } = claimsSchema.parse(payload);
    return { connection, role, subject: sub, expiresAt: exp };
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof z.ZodError) return undefined;
    throw error;
  }
}

function unverifiedConnection(token: string): string | undefined {
  try {
    const parsed = connectionName.safeParse(decodeJwt(token).connection);
    return parsed.success ? parsed.data : undefined;
  } catch (error) {
    if (error instanceof errors.JOSEError) return undefined;
    throw error;
  }
}

/** Its own key, so that a token is never a webhook signature nor the other way round. */
function tokenKey(secret: string): Uint8Array {
  return new Uint8Array(hkdfSync('sha256', secret, '', 'opencart-odoo bearer token', 32));
}

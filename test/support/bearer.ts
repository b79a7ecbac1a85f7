/** Bearer tokens that nobody was given: each is wrong in one way. */
import { generateKeyPairSync, hkdfSync, type KeyObject } from 'node:crypto';
import { exportJWK, type JWTHeaderParameters, SignJWT } from 'jose';

export interface Victim {
  connection: string;
  secret: string;
}

/** As lib/access/token.ts derives it; whoever has the webhook secret can. */
const keyOf = (secret: string) => new Uint8Array(hkdfSync('sha256', secret, '', 'opencart-odoo bearer token', 32));
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url');
const seconds = (from: number) => Math.floor(Date.now() / 1000) + from;

const payloadOf = (connection: string, over: Record<string, unknown> = {}): Record<string, unknown> => ({
  ...{ connection, role: 'manager', sub: 'mallory' },
  ...{ iss: 'opencart-odoo', aud: 'opencart-odoo-api', iat: seconds(0), exp: seconds(60) },
  ...over,
});

/** Signs with the right key unless told otherwise; `undefined` in `over` leaves a claim out. */
async function sign(
  { connection, secret }: Victim,
  over: Record<string, unknown> = {},
  header: Partial<JWTHeaderParameters> = {},
  key: KeyObject | Uint8Array = keyOf(secret),
): Promise<string> {
  const claims = Object.entries(payloadOf(connection, over)).filter(([, value]) => value !== undefined);
  return new SignJWT(Object.fromEntries(claims)).setProtectedHeader({ alg: 'HS256', ...header }).sign(key);
}

/** A token that is right in everything: what is refused of the others is not refused for another reason. */
export const genuine = (victim: Victim, role: string): Promise<string> => sign(victim, { role });

async function parts(victim: Victim, role: string): Promise<[header: string, payload: string, signature: string]> {
  return (await genuine(victim, role)).split('.') as [string, string, string];
}

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const elliptic = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const edwards = generateKeyPairSync('ed25519');

/** What is wrong with a token → the `Authorization` header that says it. */
export const forgeries: Readonly<Record<string, (victim: Victim, other: Victim) => Promise<string>>> = {
  'no token': async () => 'Bearer ',
  'another scheme': async (victim) => `Basic ${await genuine(victim, 'manager')}`,
  'two tokens': async (victim, other) =>
    `Bearer ${await genuine(victim, 'manager')}, Bearer ${await genuine(other, 'manager')}`,
  'no JWT': async () => 'Bearer secret',
  'algorithm none': async ({ connection }) => `Bearer ${encoded({ alg: 'none' })}.${encoded(payloadOf(connection))}.`,
  'algorithm nOnE, with a signature': async (victim) => {
    const [, payload, signature] = await parts(victim, 'manager');
    return `Bearer ${encoded({ alg: 'nOnE' })}.${payload}.${signature}`;
  },
  'HS384 of the right key': async (victim) => `Bearer ${await sign(victim, {}, { alg: 'HS384' })}`,
  'HS512 of the right key': async (victim) => `Bearer ${await sign(victim, {}, { alg: 'HS512' })}`,
  'RS256 with its own key in the header': async (victim) =>
    `Bearer ${await sign(victim, {}, { alg: 'RS256', jwk: await exportJWK(rsa.publicKey) }, rsa.privateKey)}`,
  'ES256 with its own key in the header': async (victim) =>
    `Bearer ${await sign(victim, {}, { alg: 'ES256', jwk: await exportJWK(elliptic.publicKey) }, elliptic.privateKey)}`,
  EdDSA: async (victim) => `Bearer ${await sign(victim, {}, { alg: 'EdDSA' }, edwards.privateKey)}`,
  'HS256 with a public key as the secret': async (victim) =>
    `Bearer ${await sign(victim, {}, {}, Buffer.from(rsa.publicKey.export({ type: 'spki', format: 'pem' })))}`,
  'HS256 of a key in its own header': async (victim) => {
    const jwk = { kty: 'oct', k: Buffer.alloc(32, 1).toString('base64url') };
    return `Bearer ${await sign(victim, {}, { jwk }, Buffer.alloc(32, 1))}`;
  },
  'HS256 of an empty key': async ({ connection }) => {
    const { createHmac } = await import('node:crypto');
    const signed = `${encoded({ alg: 'HS256' })}.${encoded(payloadOf(connection))}`;
    return `Bearer ${signed}.${createHmac('sha256', '').update(signed).digest('base64url')}`;
  },
  'the webhook secret itself as the key': async (victim) =>
    `Bearer ${await sign(victim, {}, {}, Buffer.from(victim.secret))}`,
  'an extension that must be understood': async (victim) => {
    const [, payload, signature] = await parts(victim, 'manager');
    return `Bearer ${encoded({ alg: 'HS256', crit: ['exp'] })}.${payload}.${signature}`;
  },
  'another audience': async (victim) => `Bearer ${await sign(victim, { aud: 'opencart-odoo' })}`,
  'no audience': async (victim) => `Bearer ${await sign(victim, { aud: undefined })}`,
  'another issuer': async (victim) => `Bearer ${await sign(victim, { iss: 'https://example.com' })}`,
  'no issuer': async (victim) => `Bearer ${await sign(victim, { iss: undefined })}`,
  expired: async (victim) => `Bearer ${await sign(victim, { exp: seconds(-1), iat: seconds(-60) })}`,
  'no expiry': async (victim) => `Bearer ${await sign(victim, { exp: undefined })}`,
  'not yet valid': async (victim) => `Bearer ${await sign(victim, { nbf: seconds(60) })}`,
  'nobody’s name': async (victim) => `Bearer ${await sign(victim, { sub: undefined })}`,
  'no role': async (victim) => `Bearer ${await sign(victim, { role: undefined })}`,
  'a role that is none': async (victim) => `Bearer ${await sign(victim, { role: 'admin' })}`,
  'no connection': async (victim) => `Bearer ${await sign(victim, { connection: undefined })}`,
  'an impossible connection': async (victim) => `Bearer ${await sign(victim, { connection: '../odoo' })}`,
  'an unknown connection': async (victim) => `Bearer ${await sign(victim, { connection: 'nobody' })}`,
  'a connection whose secret did not sign it': async (victim, other) =>
    `Bearer ${await sign({ connection: victim.connection, secret: other.secret })}`,
  'a role that was changed afterwards': async (victim) => {
    const [header, , signature] = await parts(victim, 'viewer');
    return `Bearer ${header}.${encoded(payloadOf(victim.connection))}.${signature}`;
  },
  'a signature that was changed': async (victim) => {
    const [header, payload, signature] = await parts(victim, 'manager');
    return `Bearer ${header}.${payload}.${signature.startsWith('A') ? 'B' : 'A'}${signature.slice(1)}`;
  },
  'a signature that was cut': async (victim) => `Bearer ${(await genuine(victim, 'manager')).slice(0, -4)}`,
  'no signature': async (victim) => `Bearer ${(await parts(victim, 'manager')).slice(0, 2).join('.')}.`,
  'an encrypted form': async (victim) => `Bearer ${await genuine(victim, 'manager')}.AAAA.AAAA`,
};

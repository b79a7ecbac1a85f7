import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { type TokenClaims, verifyToken } from '../lib/access/token.ts';
import { Secrets, validSecrets } from '../lib/store/secrets.ts';
import { base } from './stack/base.ts';

type Answer = APIGatewaySimpleAuthorizerWithContextResult<Partial<TokenClaims>>;

const secrets = new Secrets();

/** Verifies bearer tokens; the claims go on to the handler. */
export const handler = base<APIGatewayRequestAuthorizerEventV2, Answer>().handler(async (event) => {
  const token = /^Bearer (\S+)$/i.exec(event.headers?.authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await claimsOf(token);
  return claims === undefined ? { isAuthorized: false, context: {} } : { isAuthorized: true, context: { ...claims } };
});

/** A token of a secret that was rotated a moment ago is valid at once. */
const claimsOf = async (token: string): Promise<TokenClaims | undefined> =>
  (await verifyToken(token, async (connection) => validSecrets(await secrets.store(connection)))) ??
  (await verifyToken(token, async (connection) => validSecrets(await secrets.storeAgain(connection))));

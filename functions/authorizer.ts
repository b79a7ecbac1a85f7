import type { APIGatewayRequestAuthorizerEventV2, APIGatewaySimpleAuthorizerWithContextResult } from 'aws-lambda';
import { type TokenClaims, verifyToken } from '../lib/access/token.ts';
import { Secrets } from '../lib/store/secrets.ts';
import { base } from './stack/base.ts';

type Answer = APIGatewaySimpleAuthorizerWithContextResult<Partial<TokenClaims>>;

const secrets = new Secrets();

async function secretsOf(connection: string): Promise<string[]> {
  const secret = await secrets.store(connection);
  return [secret?.webhookSecret, secret?.previousWebhookSecret].filter((one) => one !== undefined);
}

/** Verifies bearer tokens; the claims go on to the handler. */
export const handler = base<APIGatewayRequestAuthorizerEventV2, Answer>().handler(async (event) => {
  const token = /^Bearer (\S+)$/i.exec(event.headers?.authorization ?? '')?.[1];
  const claims = token === undefined ? undefined : await verifyToken(token, secretsOf);
  return claims === undefined ? { isAuthorized: false, context: {} } : { isAuthorized: true, context: { ...claims } };
});

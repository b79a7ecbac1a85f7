import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';
import type { Role, TokenClaims } from '../../lib/access/token.ts';
import { ConnectorError } from '../../lib/errors/index.ts';

export type Authorized = APIGatewayProxyEventV2WithLambdaAuthorizer<TokenClaims>;

export const claimsOf = (event: Authorized): TokenClaims => event.requestContext.authorizer.lambda;

/** The gateway remembers for a minute that a token was good; what is no number has expired. */
export const hasExpired = (claims: TokenClaims): boolean => !(Date.now() < claims.expiresAt * 1_000);

/** @throws ConnectorError TOKEN_REFUSED where somebody may not do what needs a role */
export function allow(claims: TokenClaims | undefined, role: Role): void {
  if (claims?.role === 'manager' || (claims?.role === 'viewer' && role === 'viewer')) return;
  throw new ConnectorError('TOKEN_REFUSED', `This needs a token with the role "${role}".`);
}

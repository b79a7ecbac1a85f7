import type { MiddlewareObj } from '@middy/core';
import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';
import type { Role, TokenClaims } from '../../lib/access/token.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import type { HttpResult } from './http.ts';

export type Authorized = APIGatewayProxyEventV2WithLambdaAuthorizer<TokenClaims>;

/**
 * Lets a request pass whose token has the role. The gateway remembers the authorizer's answer per
 * token for all routes, so the role is looked at here, per route.
 */
export function allowed(role: Role): MiddlewareObj<Authorized, HttpResult> {
  return {
    before({ event }) {
      const claims = event.requestContext.authorizer?.lambda;
      if (claims?.role === 'manager' || (claims?.role === 'viewer' && role === 'viewer')) return;
      throw new ConnectorError('TOKEN_REFUSED', `This needs a token with the role "${role}".`);
    },
  };
}

export const claimsOf = (event: Authorized): TokenClaims => event.requestContext.authorizer.lambda;

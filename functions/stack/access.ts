import type { APIGatewayProxyEventV2WithLambdaAuthorizer } from 'aws-lambda';
import type { TokenClaims } from '../../lib/access/token.ts';

export type Authorized = APIGatewayProxyEventV2WithLambdaAuthorizer<TokenClaims>;

export const claimsOf = (event: Authorized): TokenClaims => event.requestContext.authorizer.lambda;

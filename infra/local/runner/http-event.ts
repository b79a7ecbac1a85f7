/** A request as API Gateway's HTTP API hands it to a function (payload format 2.0). */

import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { APIGatewayProxyEventV2, APIGatewayRequestAuthorizerEventV2 } from 'aws-lambda';

/** A route, and the request that met it. */
export interface RoutedRequest {
  request: IncomingMessage;
  /** `POST /v1/events` */
  routeKey: string;
  pathParameters: Readonly<Record<string, string>>;
}

export type ProxyEvent = APIGatewayProxyEventV2;
export type AuthorizerEvent = APIGatewayRequestAuthorizerEventV2;
/** What an authorizer says about a caller, for the function. */
export type AuthorizerContext = Record<string, unknown>;

const textTypes = /^(text\/|application\/(.+\+)?(json|xml)\b|application\/javascript\b)/i;

/** Path and query of a request; its host does not matter. */
export function urlOf({ url = '' }: IncomingMessage): URL {
  return new URL(`http://local${url.startsWith('/') ? url : '/'}`);
}

export function proxyEvent(routed: RoutedRequest, body: Buffer, authorizer?: AuthorizerContext): ProxyEvent {
  const { request } = routed;
  const { requestContext, ...common } = commonParts(routed);
  const text = isText(request, body);
  return {
    version: '2.0',
    ...common,
    requestContext: authorizer ? Object.assign(requestContext, { authorizer: { lambda: authorizer } }) : requestContext,
    ...(body.length > 0 && { body: body.toString(text ? 'utf8' : 'base64') }),
    isBase64Encoded: body.length > 0 && !text,
  };
}

/** What the authorizer is asked with: all but the body. */
export function authorizerEvent(routed: RoutedRequest, identity: string): AuthorizerEvent {
  const common = commonParts(routed);
  return {
    version: '2.0',
    type: 'REQUEST',
    routeArn: `arn:aws:execute-api:local:000000000000:local/$default/${routed.routeKey.replace(' /', '/')}`,
    identitySource: [identity],
    cookies: [],
    queryStringParameters: {},
    ...common,
    pathParameters: { ...routed.pathParameters },
    stageVariables: {},
  };
}

function commonParts({ request, routeKey, pathParameters }: RoutedRequest) {
  const url = urlOf(request);
  const headers = Object.fromEntries(
    Object.entries(request.headersDistinct).map(([name, values = []]) => [name, values.join(',')]),
  );
  const query = [...new Set(url.searchParams.keys())].map((name) => [name, url.searchParams.getAll(name).join(',')]);
  const cookies = headers.cookie?.split(/; */);
  const now = new Date();
  return {
    routeKey,
    rawPath: url.pathname,
    rawQueryString: url.search.slice(1),
    // As the gateway does, whatever the caller says.
    headers: { ...headers, 'x-forwarded-proto': 'http' },
    ...(cookies && { cookies }),
    ...(query.length > 0 && { queryStringParameters: Object.fromEntries(query) as Record<string, string> }),
    ...(Object.keys(pathParameters).length > 0 && { pathParameters: { ...pathParameters } }),
    requestContext: {
      accountId: '000000000000',
      apiId: 'local',
      domainName: headers.host ?? 'localhost',
      domainPrefix: 'local',
      http: {
        method: request.method ?? 'GET',
        path: url.pathname,
        protocol: `HTTP/${request.httpVersion}`,
        sourceIp: request.socket.remoteAddress ?? '127.0.0.1',
        userAgent: headers['user-agent'] ?? '',
      },
      requestId: randomUUID(),
      routeKey,
      stage: '$default',
      time: now.toISOString(),
      timeEpoch: now.getTime(),
    },
  };
}

/** Anything but plain text arrives as base64: other content types, compressed bodies, bytes that are not UTF-8. */
function isText(request: IncomingMessage, body: Buffer): boolean {
  const { 'content-type': type = '', 'content-encoding': encoding = 'identity' } = request.headers;
  return textTypes.test(type) && encoding === 'identity' && Buffer.from(body.toString('utf8')).equals(body);
}

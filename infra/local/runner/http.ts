/** Plays API Gateway's HTTP API: the topology's routes, in front of the functions. */
import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { FunctionSpec } from '../../topology.ts';
import { readBody } from '../aws/read-body.ts';
import type { Site } from '../console-files.ts';
import { answerOf, gatewayAnswer, type HttpAnswer } from './http-answer.ts';
import { type AuthorizerContext, authorizerEvent, proxyEvent, type RoutedRequest, urlOf } from './http-event.ts';

export type Invoke = (functionName: string, event: unknown) => Promise<unknown>;

interface Route {
  functionName: string;
  key: string;
  method: string;
  segments: readonly string[];
  access: 'signed' | 'token';
}

interface Match {
  route: Route;
  parameters: Record<string, string>;
}

/** What API Gateway takes at most. */
const maxBodyBytes = 10 * 1024 * 1024;

/**
 * A server, not yet listening, for the routes of the functions.
 * @param site answers what is not the API's, as CloudFront does before it
 */
export function createApi(
  functions: Readonly<Record<string, FunctionSpec>>,
  invoke: Invoke,
  site: Site = () => undefined,
): Server {
  const routes = routesOf(functions);
  const authorizer = Object.keys(functions).find((name) => functions[name]?.authorizer);
  if (!authorizer && routes.some(({ access }) => access === 'token')) {
    throw new Error('A route needs a token, and no function is the authorizer');
  }
  const server = createServer((request, response) => {
    siteAnswer(request, site)
      .then((answered) => answered ?? answer(request, routes, authorizer, invoke))
      // An error here is ours or the function's; either way the gateway says no more than this.
      .catch(() => gatewayAnswer(500, 'Internal Server Error'))
      .then((answered) => send(response, answered));
  });
  server.keepAliveTimeout = 65_000;
  return server;
}

/** What is below `/v1` is the API's. */
async function siteAnswer(request: IncomingMessage, site: Site): Promise<HttpAnswer | undefined> {
  const { pathname } = urlOf(request);
  return pathname.startsWith('/v1/') ? undefined : site(request.method ?? 'GET', pathname);
}

async function answer(
  request: IncomingMessage,
  routes: readonly Route[],
  authorizer: string | undefined,
  invoke: Invoke,
): Promise<HttpAnswer> {
  const body = await readBody(request, maxBodyBytes);
  const match = findRoute(routes, request);
  if (!match) return gatewayAnswer(404, 'Not Found');
  if (!body) return gatewayAnswer(413, 'Request Too Long');
  const { route, parameters } = match;
  const routed: RoutedRequest = { request, routeKey: route.key, pathParameters: parameters };
  if (route.access === 'signed') return answerOf(await invoke(route.functionName, proxyEvent(routed, body)));

  const identity = request.headers.authorization;
  if (!identity || !authorizer) return gatewayAnswer(401, 'Unauthorized');
  const verdict = (await invoke(authorizer, authorizerEvent(routed, identity))) as Verdict;
  if (verdict?.isAuthorized !== true) return gatewayAnswer(403, 'Forbidden');
  return answerOf(await invoke(route.functionName, proxyEvent(routed, body, verdict.context ?? {})));
}

type Verdict = { isAuthorized?: unknown; context?: AuthorizerContext } | null;

function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  response.writeHead(status, {
    ...headers,
    'content-length': Buffer.byteLength(body),
    'apigw-requestid': randomUUID(),
  });
  response.end(body);
}

function routesOf(functions: Readonly<Record<string, FunctionSpec>>): Route[] {
  const routes = Object.entries(functions).flatMap(([functionName, spec]) =>
    (spec.routes ?? []).map(({ method, path, access }): Route => {
      return { functionName, key: `${method} ${path}`, method, segments: path.split('/'), access };
    }),
  );
  // As API Gateway chooses: the route with more literal segments first.
  const variables = ({ segments }: Route) => segments.filter((segment) => segment.startsWith('{')).length;
  return routes.sort((one, other) => variables(one) - variables(other));
}

function findRoute(routes: readonly Route[], request: IncomingMessage): Match | undefined {
  const segments = urlOf(request).pathname.split('/');
  for (const route of routes) {
    const parameters = route.method === request.method ? matchPath(route.segments, segments) : undefined;
    if (parameters) return { route, parameters };
  }
  return undefined;
}

/** `{name}` stands for one segment, `{name+}` for all that follow. */
function matchPath(pattern: readonly string[], segments: readonly string[]): Record<string, string> | undefined {
  const parameters: Record<string, string> = {};
  for (const [index, part] of pattern.entries()) {
    const variable = /^\{([^+}]+)(\+?)\}$/.exec(part);
    const segment = segments[index];
    if (segment === undefined) return undefined;
    if (!variable) {
      if (part !== segment) return undefined;
      continue;
    }
    const [, name = '', greedy] = variable;
    if (segment === '') return undefined;
    if (greedy) return { ...parameters, [name]: decodeURIComponent(segments.slice(index).join('/')) };
    parameters[name] = decodeURIComponent(segment);
  }
  return pattern.length === segments.length ? parameters : undefined;
}

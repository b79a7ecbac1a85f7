import type * as z from 'zod';
import type { TokenClaims } from '../../lib/access/token.ts';
import type { Route } from '../../lib/api/route.ts';
import { ConnectorError, type ErrorCode } from '../../lib/errors/index.ts';
import { checkedBy } from '../../lib/errors/zod.ts';
import { type Authorized, allow, claimsOf, hasExpired } from './access.ts';
import { limitBody, parseJson, rawBody } from './body.ts';
import { type HttpResult, httpStack } from './http.ts';
import { json } from './problem.ts';

/** What a route's contract has made of a request. */
export interface Asked<Params, Query, Body> {
  params: Params;
  query: Query;
  body: Body;
  /** Who asks, and of which connection. */
  claims: TokenClaims;
  /** Where the API was asked, without `/v1`. */
  baseUrl: string;
}

interface Served {
  route: Route;
  answer: (asked: Asked<unknown, unknown, unknown>) => Promise<HttpResult>;
}

/** What a function does for one of its routes. */
export function serves<Params extends z.ZodObject, Query extends z.ZodObject, Body extends z.ZodType>(
  route: Route<Params, Query, Body>,
  answer: (asked: Asked<z.output<Params>, z.output<Query>, z.output<Body>>) => Promise<HttpResult>,
): Served {
  // Sound: `answer` gets nothing but what the route's own schemas have parsed.
  return { route, answer } as unknown as Served;
}

/** Imports of mappings are the largest bodies. */
const MAX_BODY_BYTES = 5_242_880;

/** The handler of a function that serves these routes of the API. */
export function serve(...served: readonly Served[]) {
  const byKey = new Map(served.map((one) => [`${one.route.method} ${one.route.path}`, one]));
  return httpStack<Authorized>()
    .use(limitBody(MAX_BODY_BYTES))
    .handler(async (event) => {
      const one = byKey.get(event.routeKey);
      if (one === undefined) throw new Error(`No route ${event.routeKey} is served here.`);
      const claims = claimsOf(event);
      // As the gateway answers it from the next minute on.
      if (hasExpired(claims)) return json(403, { message: 'Forbidden' });
      // The gateway remembers the authorizer's answer per token for all routes, so the role is looked at here.
      allow(claims, one.route.role);
      const { params, query, body } = one.route;
      return one.answer({
        params: checked('PATH_INVALID', params, event.pathParameters ?? {}),
        query: checked('QUERY_INVALID', query, event.queryStringParameters ?? {}),
        body: body === undefined ? undefined : checked('BODY_INVALID', body, bodyOf(event)),
        claims,
        baseUrl: `${event.headers['x-forwarded-proto'] ?? 'https'}://${event.requestContext.domainName}`,
      });
    });
}

/** What was sent; nothing at all says as little as `{}`. */
const bodyOf = (event: Authorized): unknown => parseJson(rawBody(event).toString('utf8') || '{}');

const sentences = {
  PATH_INVALID: 'The path has a bad value.',
  QUERY_INVALID: 'A query parameter has a bad value.',
  BODY_INVALID: 'The body does not have the expected shape.',
} as const satisfies Partial<Record<ErrorCode, string>>;

function checked(code: keyof typeof sentences, schema: z.ZodType | undefined, value: unknown): unknown {
  if (schema === undefined) return undefined;
  const result = checkedBy(schema, value);
  if (result.success) return result.data;
  throw new ConnectorError(code, sentences[code], { fields: result.problems });
}

import * as z from 'zod';
import { catalog, type ErrorCode } from '../errors/index.ts';
import type { Answers, FileAnswer, Route } from './route.ts';

/** Codes that any route may refuse with. */
const COMMON: readonly ErrorCode[] = ['TOKEN_REFUSED', 'INTERNAL'];

const PROBLEM = { $ref: '#/components/schemas/Problem' };

type Json = Record<string, unknown>;

/**
 * The API as an OpenAPI 3.1 document, made of the very schemas that validate requests.
 * @param statusOf HTTP status of an error code
 */
export function openApiDocument(
  routes: readonly Route[],
  statusOf: (code: ErrorCode) => number,
  version: string,
): Json {
  const paths: Record<string, Json> = {};
  for (const route of routes) {
    paths[route.path] = { ...paths[route.path], [route.method.toLowerCase()]: operation(route, statusOf) };
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'OpenCart → Odoo connector',
      version,
      license: { name: 'MIT', identifier: 'MIT' },
      description: 'What an administrator does: settings, runs, mappings, failures, the log.',
    },
    servers: [{ url: '/' }],
    tags: [...new Set(routes.map(({ resource }) => resource))].map((name) => ({ name })),
    security: [{ token: [] }],
    paths,
    components: {
      securitySchemes: {
        token: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'JWT',
          description: 'Short-lived; `npm run token` mints one. Roles: viewer may look, manager may also change.',
        },
      },
      schemas: { Problem: problemSchema() },
    },
  };
}

function operation(route: Route, statusOf: (code: ErrorCode) => number): Json {
  const { id, resource, role, summary, description, params, query, body, answers, refusals = [] } = route;
  const inputs: ErrorCode[] = [
    ...(params === undefined ? [] : ['PATH_INVALID' as const]),
    ...(query === undefined ? [] : ['QUERY_INVALID' as const]),
    ...(body === undefined ? [] : (['BODY_INVALID', 'BODY_NOT_JSON', 'BODY_TOO_LARGE'] as const)),
  ];
  return {
    operationId: id,
    tags: [resource],
    summary,
    description: [description, `Needs the role *${role}*.`].filter(Boolean).join('\n\n'),
    ...(params === undefined && query === undefined
      ? {}
      : { parameters: [...parameters('path', params), ...parameters('query', query)] }),
    ...(body === undefined
      ? {}
      : { requestBody: { required: true, content: { 'application/json': { schema: schemaOf(body, 'input') } } } }),
    responses: { ...answersOf(answers), ...refusalsOf([...COMMON, ...inputs, ...refusals], statusOf) },
  };
}

/** A parameter per property of the schema, each with its own description. */
function parameters(place: 'path' | 'query', schema: z.ZodObject | undefined): Json[] {
  if (schema === undefined) return [];
  const { properties = {}, required = [] } = schemaOf(schema, 'input') as {
    properties?: Record<string, Json>;
    required?: string[];
  };
  return Object.entries(properties).map(([name, { description, ...rest }]) => ({
    name,
    in: place,
    required: place === 'path' || required.includes(name),
    ...(description === undefined ? {} : { description }),
    schema: rest,
  }));
}

function answersOf(answers: Answers): Json {
  return Object.fromEntries(
    Object.entries(answers).map(([status, answer]) => {
      if (answer === null) return [status, { description: 'Done; there is nothing to tell.' }];
      if ('file' in answer) {
        const types = [answer.file].flat();
        const content = Object.fromEntries(types.map((type) => [type, { schema: { type: 'string' } }]));
        return [status, { description: 'A file.', content, ...headersOf(answer) }];
      }
      return [
        status,
        { description: 'The answer.', content: { 'application/json': { schema: schemaOf(answer, 'output') } } },
      ];
    }),
  );
}

function headersOf({ headers }: FileAnswer): Json {
  if (headers === undefined) return {};
  const described = Object.entries(headers).map(([name, description]) => {
    return [name, { description, schema: { type: 'string' } }];
  });
  return { headers: Object.fromEntries(described) };
}

/** One answer per status, with the codes that it may carry. */
function refusalsOf(codes: readonly ErrorCode[], statusOf: (code: ErrorCode) => number): Json {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of new Set(codes)) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, some]) => [
      status,
      {
        description: some.map((code) => `\`${code}\`: ${catalog[code].title}.`).join(' '),
        content: { 'application/problem+json': { schema: PROBLEM } },
      },
    ]),
  );
}

function schemaOf(schema: z.ZodType, io: 'input' | 'output'): Json {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: 'any' }) as Json;
  return rest;
}

/** RFC 9457, with the members that every problem of ours has. */
function problemSchema(): Json {
  return schemaOf(
    z.object({
      type: z.string(),
      title: z.string(),
      status: z.int(),
      code: z.enum(Object.keys(catalog) as [ErrorCode, ...ErrorCode[]]),
      detail: z.string(),
      errors: z.array(z.object({ path: z.string(), reason: z.string() })).optional(),
      current: z.unknown().optional().meta({ description: 'How it is now, where that is why it was refused.' }),
    }),
    'output',
  );
}

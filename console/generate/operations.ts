/** The console's typed client, written from the OpenAPI document: a type and an address per operation. */

type Json = Record<string, unknown>;

interface Operation {
  operationId: string;
  summary?: string;
  parameters?: { name: string; in: string; required: boolean; description?: string; schema: Json }[];
  requestBody?: { content: Record<string, { schema: Json }> };
  responses: Record<string, { content?: Record<string, { schema: Json }> }>;
}

interface OpenApi {
  paths: Record<string, Record<string, Operation>>;
  components: { schemas: Record<string, Json> };
}

const HEAD = `/** Generated from the OpenAPI document by \`npm run generate:console\`; do not edit. */\n`;

/** @returns the source of `console/src/api/operations.ts` */
export function operationsSource(document: object): string {
  const { paths, components } = document as OpenApi;
  const all = Object.entries(paths)
    .flatMap(([path, methods]) => Object.entries(methods).map(([method, operation]) => ({ path, method, operation })))
    .sort((one, other) => (one.operation.operationId < other.operation.operationId ? -1 : 1));
  const schemas = Object.entries(components.schemas).map(
    ([name, schema]) => `export type ${name} = ${typeOf(schema)};`,
  );
  const types = all.map(
    ({ operation }) => `  ${commented(operation.summary)}${operation.operationId}: ${typesOf(operation)};`,
  );
  const table = all.map(({ path, method, operation }) => {
    return `  ${operation.operationId}: { method: '${method.toUpperCase()}', path: '${path}' },`;
  });
  return [
    HEAD,
    ...schemas,
    '',
    'export interface Operations {',
    ...types,
    '}',
    '',
    'export const operations = {',
    ...table,
    '} as const satisfies Record<keyof Operations, { method: string; path: string }>;',
    '',
  ].join('\n');
}

const commented = (text: string | undefined): string => (text === undefined ? '' : `/** ${text} */\n  `);

function typesOf(operation: Operation): string {
  const members = [
    `params: ${parametersOf(operation, 'path')}`,
    `query: ${parametersOf(operation, 'query')}`,
    `body: ${bodyOf(operation)}`,
    `answer: ${answerOf(operation)}`,
  ];
  return `{\n    ${members.join(';\n    ')};\n  }`;
}

function parametersOf({ parameters = [] }: Operation, place: string): string {
  const some = parameters.filter((one) => one.in === place);
  if (some.length === 0) return 'undefined';
  const members = some.map(({ name, required, schema }) => member(name, schema, required));
  return `{ ${members.join('; ')} }`;
}

function bodyOf({ requestBody }: Operation): string {
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? 'undefined' : typeOf(schema);
}

/** What it answers if it succeeds; a file is text. */
function answerOf({ responses }: Operation): string {
  const succeeded = Object.entries(responses).filter(([status]) => status.startsWith('2'));
  const types = succeeded.map(([, { content }]) => {
    if (content === undefined) return 'undefined';
    const json = content['application/json'];
    return json === undefined ? 'string' : typeOf(json.schema);
  });
  return [...new Set(types)].join(' | ');
}

const member = (name: string, schema: Json, required: boolean): string => {
  const key = /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);
  return required ? `${key}: ${typeOf(schema)}` : `${key}?: ${typeOf(schema)} | undefined`;
};

/** A JSON schema, as far as zod writes it, as a TypeScript type. */
function typeOf(schema: Json): string {
  const {
    $ref,
    const: constant,
    enum: values,
    anyOf,
    oneOf,
    allOf,
    type,
  } = schema as {
    [name: string]: unknown;
    enum?: unknown[];
    anyOf?: Json[];
    oneOf?: Json[];
    allOf?: Json[];
  };
  if (typeof $ref === 'string') return $ref.split('/').at(-1) as string;
  if (constant !== undefined) return JSON.stringify(constant);
  if (values !== undefined) return values.map((value) => JSON.stringify(value)).join(' | ');
  const some = anyOf ?? oneOf;
  if (some !== undefined) return [...new Set(some.map(typeOf))].map(inBrackets).join(' | ');
  if (allOf !== undefined) return allOf.map(typeOf).map(inBrackets).join(' & ');
  if (Array.isArray(type)) return type.map((one) => typeOf({ ...schema, type: one })).join(' | ');
  switch (type) {
    case 'string':
    case 'boolean':
    case 'null':
      return type;
    case 'integer':
    case 'number':
      return 'number';
    case 'array':
      return `${inBrackets(typeOf((schema.items ?? {}) as Json))}[]`;
    case 'object':
      return objectType(schema);
    default:
      return 'unknown';
  }
}

function objectType({ properties = {}, required = [], additionalProperties }: Json): string {
  const members = Object.entries(properties as Record<string, Json>).map(([name, schema]) =>
    member(name, schema, (required as string[]).includes(name)),
  );
  if (members.length > 0) return `{ ${members.join('; ')} }`;
  const of = typeof additionalProperties === 'object' ? typeOf(additionalProperties as Json) : 'unknown';
  return `Record<string, ${of}>`;
}

const inBrackets = (type: string): string => (/[|&]/.test(type) && !type.startsWith('{') ? `(${type})` : type);

import { Validator } from '@seriousme/openapi-schema-validator';
import { describe, expect, test } from 'vitest';
import { statusOf } from '../../functions/stack/problem.ts';
import { functions } from '../../infra/topology.ts';
import { routes } from '../../lib/api/index.ts';
import { openApiDocument } from '../../lib/api/openapi.ts';

const document = openApiDocument(routes, statusOf, '1.2.3') as {
  openapi: string;
  paths: Record<string, Record<string, { operationId: string; responses: Record<string, unknown> }>>;
};
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ key: `${method.toUpperCase()} ${path}`, ...operation })),
);

describe('the OpenAPI document', () => {
  test('is one, of version 3.1', async () => {
    const validator = new Validator();
    expect(await validator.validate(structuredClone(document))).toMatchObject({ valid: true });
    expect(validator.version).toBe('3.1');
  });

  test('has every route that is deployed for people and tools, and no other', () => {
    const deployed = Object.values(functions)
      .flatMap(({ routes: some = [] }) => some)
      .filter(({ access }) => access === 'token')
      .map(({ method, path }) => `${method} ${path}`);
    expect(operations.map(({ key }) => key).sort()).toEqual(deployed.sort());
  });

  test('names each operation once', () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
  });

  test.each(operations)('$key says what is answered, and that a token may be refused', ({ responses }) => {
    expect(Object.keys(responses).some((status) => status.startsWith('2'))).toBe(true);
    expect(responses).toHaveProperty('403');
  });
});

test('every parameter in a path is one of the route’s, and the other way round', () => {
  for (const { path, params } of routes) {
    const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
    expect(Object.keys(params?.shape ?? {}).sort()).toEqual(named.sort());
  }
});

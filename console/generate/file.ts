import { fileURLToPath } from 'node:url';
import { statusOf } from '../../functions/stack/problem.ts';
import { routes } from '../../lib/api/index.ts';
import { openApiDocument } from '../../lib/api/openapi.ts';
import { operationsSource } from './operations.ts';

/** What is committed; a test says when it is no longer what the API is. */
export const operationsFile = fileURLToPath(new URL('../src/api/operations.ts', import.meta.url));

export const operationsNow = (): string => operationsSource(openApiDocument(routes, statusOf, ''));

/** Every route that a person or a tool may use. The store's own `POST /v1/events` is signed instead. */
import type { Route } from './route.ts';
import { failureRoutes } from './routes/failures.ts';
import { logRoutes } from './routes/logs.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { openApiRoutes } from './routes/openapi.ts';

export const routes: readonly Route[] = [
  ...failureRoutes,
  ...logRoutes,
  ...mappingRoutes,
  ...openApiRoutes,
] as readonly Route[];

export const routesOf = (resource: string): Route[] => routes.filter((route) => route.resource === resource);

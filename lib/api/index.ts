/** Every route that a person or a tool may use. The store's own `POST /v1/events` is signed instead. */
import type { Route } from './route.ts';
import { connectionRoutes } from './routes/connection.ts';
import { failureRoutes } from './routes/failures.ts';
import { healthRoutes } from './routes/health.ts';
import { logRoutes } from './routes/logs.ts';
import { lookupRoutes } from './routes/lookups.ts';
import { mappingRoutes } from './routes/mappings.ts';
import { openApiRoutes } from './routes/openapi.ts';
import { runRoutes } from './routes/runs.ts';
import { settingsRoutes } from './routes/settings.ts';

export const routes: readonly Route[] = [
  ...connectionRoutes,
  ...failureRoutes,
  ...healthRoutes,
  ...logRoutes,
  ...lookupRoutes,
  ...mappingRoutes,
  ...openApiRoutes,
  ...runRoutes,
  ...settingsRoutes,
] as readonly Route[];

export const routesOf = (resource: string): Route[] => routes.filter((route) => route.resource === resource);

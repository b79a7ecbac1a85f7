/** Every route that a person or a tool may use. The store's own `POST /v1/events` is signed instead. */
import type { Route } from './route.ts';
import { logRoutes } from './routes/logs.ts';
import { runRoutes } from './routes/runs.ts';

export const routes: readonly Route[] = [...logRoutes, ...runRoutes] as readonly Route[];

export const routesOf = (resource: string): Route[] => routes.filter((route) => route.resource === resource);

import { readHealth } from '../../lib/api/routes/health.ts';
import { healthOf } from '../../lib/health/health.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';

/** How it goes. */
export const handler = serve(serves(readHealth, async ({ claims }) => json(200, await healthOf(claims.connection))));

import { routes } from '../../lib/api/index.ts';
import { openApiDocument } from '../../lib/api/openapi.ts';
import { readOpenApi } from '../../lib/api/routes/openapi.ts';
import manifest from '../../package.json' with { type: 'json' };
import { json, statusOf } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';

/** Made once per warm function: it does not change while it runs. */
const document = openApiDocument(routes, statusOf, manifest.version);

/** What the API is. */
export const handler = serve(serves(readOpenApi, async () => json(200, document)));

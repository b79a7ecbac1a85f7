/** Prints the API as an OpenAPI 3.1 document; `--json`: on one line. */
import { parseArgs } from 'node:util';
import { statusOf } from '../functions/stack/problem.ts';
import { routes } from '../lib/api/index.ts';
import { openApiDocument } from '../lib/api/openapi.ts';
import manifest from '../package.json' with { type: 'json' };

const { values } = parseArgs({ options: { json: { type: 'boolean', default: false } } });
const document = openApiDocument(routes, statusOf, manifest.version);
console.log(JSON.stringify(document, undefined, values.json ? undefined : 2));

/** What the OpenAPI document says can be asked, with something to ask it with. */
import { statusOf } from '../../functions/stack/problem.ts';
import type { Role } from '../../lib/access/token.ts';
import { routes } from '../../lib/api/index.ts';
import { openApiDocument } from '../../lib/api/openapi.ts';
import type { Method } from '../../lib/api/route.ts';

export type JsonSchema = Record<string, unknown>;

export interface Operation {
  id: string;
  method: Method;
  path: `/v1/${string}`;
  /** The least role that may ask. */
  role: Role;
  parameters: readonly { name: string; in: 'path' | 'query'; required: boolean; schema: JsonSchema }[];
  /** Of the body; undefined: it has none. */
  body: JsonSchema | undefined;
  /** Statuses that it may answer with. */
  statuses: readonly number[];
}

interface Written {
  operationId: string;
  description: string;
  parameters?: Operation['parameters'];
  requestBody?: { content: { 'application/json': { schema: JsonSchema } } };
  responses: Record<string, unknown>;
}

const document = openApiDocument(routes, statusOf, '1.0.0') as { paths: Record<string, Record<string, Written>> };

/** Every operation of the document. */
export const operations: readonly Operation[] = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, written]) => ({
    id: written.operationId,
    method: method.toUpperCase() as Method,
    path: path as Operation['path'],
    role: /role \*(viewer|manager)\*/.exec(written.description)?.[1] as Role,
    parameters: written.parameters ?? [],
    body: written.requestBody?.content['application/json'].schema,
    statuses: Object.keys(written.responses).map(Number),
  })),
);

/** What a request names: records, runs and resets of some connection. */
export interface Named {
  entity: string;
  recordId: string;
  run: string;
  reset: string;
  cause: string;
}

/** The path with its parts filled in. */
export function pathOf({ path }: Operation, named: Named): `/v1/${string}` {
  const id = path.startsWith('/v1/runs') ? named.run : named.reset;
  const parts: Record<string, string> = { ...named, id, kind: 'tax' };
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(parts[name] ?? ''));
  return filled as `/v1/${string}`;
}

/** A body that the operation takes, about what is named; undefined: it has none. */
export function bodyFor({ id, body }: Operation, { entity, recordId, cause }: Named): unknown {
  if (body === undefined) return undefined;
  const made = bodies[id];
  if (made === undefined) throw new Error(`test/support/operations.ts has no body for ${id}.`);
  return typeof made === 'function' ? made({ entity, recordId, cause }) : made;
}

type About = Pick<Named, 'entity' | 'recordId' | 'cause'>;
const bodies: Readonly<Record<string, unknown | ((about: About) => unknown)>> = {
  setOdooLogin: { user: 'mallory', password: 'guess' },
  testConnection: { odooUrl: 'http://127.0.0.1:1', odooDatabase: 'other', user: 'mallory', password: 'guess' },
  showPairing: { rotate: true },
  replayFailures: ({ entity, recordId }: About) => ({ entity, recordId }),
  dismissFailures: ({ cause }: About) => ({ cause }),
  mapByHand: { odooId: 1 },
  previewMappingReset: { entity: 'all' },
  resetMappings: ({ entity }: About) => ({ entity, expect: { [entity]: 1 } }),
  importMappings: ({ recordId }: About) => ({ csv: `recordId,odooId\n${recordId},1\n` }),
  startRuns: ({ entity }: About) => ({ entity, mode: 'full' }),
  applyPreview: { group: true },
  changeSettings: { version: 1, settings: { flushMinutes: 7 } },
  restoreSettings: { version: 0 },
};

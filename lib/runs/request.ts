import * as z from 'zod';
import { queuedEntities } from '../entities/index.ts';
import { runModes } from '../store/runs.ts';

const names = queuedEntities.map(({ name }) => name);

/** The entities that can be run, in the order of dependence. */
export const runEntities: readonly string[] = names;

/** What a run can be asked to do. */
export const runRequest = z
  .strictObject({
    entity: z.enum(['all', ...names]).meta({ description: '`all`: each in the order of dependence.' }),
    mode: z.enum(runModes),
    ids: z
      .array(z.string().min(1).max(128))
      .min(1)
      .max(1_000)
      .optional()
      .meta({ description: 'With mode `ids`: the store’s record ids.' }),
    allowDeletes: z
      .int()
      .min(0)
      .optional()
      .meta({ description: 'With mode `sweep`: so many may be deleted, however suspicious it looks.' }),
    preview: z
      .boolean()
      .optional()
      .meta({ description: 'Only looks: what would be done is told by `GET /v1/runs/{id}/preview`.' }),
  })
  .refine(({ mode, ids }) => (mode === 'ids') === (ids !== undefined), {
    path: ['ids'],
    message: 'must be given with mode "ids", and only then',
  })
  .refine(({ mode, entity }) => mode !== 'ids' || entity !== 'all', {
    path: ['entity'],
    message: 'must be one entity with mode "ids"',
  })
  .refine(({ mode, allowDeletes }) => mode === 'sweep' || allowDeletes === undefined, {
    path: ['allowDeletes'],
    message: 'is for mode "sweep" only',
  });
export type RunRequest = z.output<typeof runRequest>;

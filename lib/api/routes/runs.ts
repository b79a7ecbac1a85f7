import * as z from 'zod';
import { runEntities, runRequest } from '../../runs/request.ts';
import { runModes, runStates } from '../../store/runs.ts';
import { previewActions } from '../../sync/preview-record.ts';
import { defineRoute } from '../route.ts';

const count = z.int().min(0);
const runId = z.ulid('must be the id of a run');

const progress = z.object({
  total: count.nullable().meta({ description: 'Of how many; null as long as the store has not said.' }),
  seen: count,
  created: count,
  updated: count,
  adopted: count,
  skipped: count.meta({ description: 'In step already, or Odoo has a newer state.' }),
  failed: count.meta({ description: 'Parked with the reason; tried again like a failed event.' }),
  removed: count.meta({ description: 'Deleted in the store, and treated in Odoo as the settings say.' }),
  missing: count.meta({ description: 'Asked for by id, and not in the store.' }),
  changed: count.meta({ description: 'No longer as the preview had shown them, and left as they are.' }),
  deferred: count.meta({ description: 'Failed for now several times and left to the queue of events.' }),
  odooCalls: count.meta({ description: 'Without those of an attempt that was killed.' }),
  recordsPerSecond: z.number().nullable(),
  secondsLeft: count.nullable().meta({ description: 'At the rate so far and the connection’s pace.' }),
});

export const runView = z.object({
  id: runId,
  entity: z.string(),
  mode: z.enum(runModes),
  state: z.enum(runStates),
  by: z.string().meta({ description: 'Who asked for it.' }),
  preview: z
    .object({ calls: count, seconds: count })
    .optional()
    .meta({ description: 'It only looks. About how many calls to Odoo, and how long, doing it would take.' }),
  applies: runId.optional().meta({ description: 'The preview whose records it syncs as they were shown.' }),
  group: z.string().meta({ description: 'Shared by the runs of one request.' }),
  cancelRequested: z.literal(true).optional().meta({ description: 'It ends after the page that is being worked on.' }),
  createdAt: z.iso.datetime(),
  startedAt: z.iso.datetime().optional(),
  updatedAt: z.iso.datetime().meta({ description: 'The last sign of life.' }),
  endedAt: z.iso.datetime().optional(),
  progress,
  problem: z
    .object({ code: z.string(), message: z.string(), remedy: z.string(), since: z.iso.datetime() })
    .optional()
    .meta({ description: 'What it waits for, or why it has failed or was skipped.' }),
});

const conflict = z
  .object({ code: z.literal('CONFLICT'), detail: z.string(), current: runView })
  .meta({ description: 'Problem details; `current` is the run as it is, or the one that stands in the way.' });
const notFound = z.object({ code: z.literal('NOT_FOUND'), detail: z.string() });

const common = { resource: 'runs' } as const;
const params = z.object({ id: runId });

export const startRuns = defineRoute({
  ...common,
  id: 'startRuns',
  method: 'POST',
  path: '/v1/runs',
  role: 'manager',
  summary: 'Syncs an entity, or all, from the store’s tables',
  description:
    'One run per entity and connection. With `all` there is one run per entity, each of which begins when the one before is over.',
  body: runRequest,
  answers: { 202: z.object({ runs: z.array(runView) }), 409: conflict },
  refusals: ['CONFLICT', 'EXPORT_UNCONFIGURED', 'CONNECTION_UNCONFIGURED'],
});

export const listRuns = defineRoute({
  ...common,
  id: 'listRuns',
  method: 'GET',
  path: '/v1/runs',
  role: 'viewer',
  summary: 'Runs with their progress, newest first',
  query: z.strictObject({
    entity: z.enum(runEntities).optional(),
    state: z.enum(runStates).optional(),
    limit: z.coerce.number().int().min(1).max(200).default(50),
    cursor: runId.optional(),
  }),
  answers: { 200: z.object({ runs: z.array(runView), next: z.string().nullable() }) },
});

export const getRun = defineRoute({
  ...common,
  id: 'getRun',
  method: 'GET',
  path: '/v1/runs/{id}',
  role: 'viewer',
  summary: 'A run with its progress',
  params,
  answers: { 200: runView, 404: notFound },
  refusals: ['NOT_FOUND'],
});

export const cancelRun = defineRoute({
  ...common,
  id: 'cancelRun',
  method: 'POST',
  path: '/v1/runs/{id}/cancel',
  role: 'manager',
  summary: 'Cancels a run, and those of its group that come after it',
  params,
  answers: { 202: runView, 404: notFound, 409: conflict },
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

export const resumeRun = defineRoute({
  ...common,
  id: 'resumeRun',
  method: 'POST',
  path: '/v1/runs/{id}/resume',
  role: 'manager',
  summary: 'Sets a run going again at the page where it stands',
  params,
  answers: { 202: runView, 404: notFound, 409: conflict },
  refusals: ['NOT_FOUND', 'CONFLICT'],
});

/** Any JSON: a text, a number, texts by language, lines of an order. */
const shown = z.unknown();

const previewRecord = z.object({
  entity: z.string(),
  recordId: z.string(),
  title: z.string(),
  action: z.enum(previewActions),
  model: z.string(),
  odooId: z.int().optional(),
  fields: z
    .array(z.object({ field: z.string(), odoo: shown, ours: shown }))
    .meta({ description: 'Where they differ: what Odoo holds, and what would be written.' }),
  error: z
    .object({ code: z.string(), message: z.string(), remedy: z.string() })
    .optional()
    .meta({ description: 'What stands in the way.' }),
  along: z.literal(true).optional().meta({ description: 'Comes along with another record, or before it.' }),
});

export const getPreview = defineRoute({
  ...common,
  id: 'getPreview',
  method: 'GET',
  path: '/v1/runs/{id}/preview',
  role: 'manager',
  summary: 'What a preview has shown, record by record',
  description:
    'Also of a run that applies a preview: the records that are no longer as they were shown, as they are now. ' +
    'Records that are in step are only counted. Kept for seven days. A page can have fewer records than others, ' +
    'even none, and yet a next one.',
  params,
  query: z.strictObject({
    action: z.enum(previewActions).optional(),
    entity: z.string().min(1).max(64).optional(),
    cursor: z.coerce.number().int().min(0).optional(),
  }),
  answers: {
    200: z.object({
      records: z.array(previewRecord),
      next: z.int().nullable().meta({ description: 'The cursor of the next page; null: this was the last one.' }),
    }),
    404: notFound,
  },
  refusals: ['NOT_FOUND'],
});

export const applyRun = defineRoute({
  ...common,
  id: 'applyPreview',
  method: 'POST',
  path: '/v1/runs/{id}/apply',
  role: 'manager',
  summary: 'Does what a preview has shown',
  description:
    'Every record is looked at once more. What is no longer as it was shown is left as it is, counted as `changed`, ' +
    'and told by `GET /v1/runs/{id}/preview` of the run that is started here.',
  params,
  body: z.strictObject({
    group: z.boolean().default(false).meta({ description: 'All previews that were asked for together, in order.' }),
  }),
  answers: { 202: z.object({ runs: z.array(runView) }), 404: notFound, 409: conflict },
  refusals: ['NOT_FOUND', 'CONFLICT', 'VALUE_REFUSED', 'EXPORT_UNCONFIGURED', 'CONNECTION_UNCONFIGURED'],
});

export const runRoutes = [startRuns, listRuns, getRun, cancelRun, resumeRun, getPreview, applyRun];

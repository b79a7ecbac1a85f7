import * as z from 'zod';
import { isMappingCursor, mappingStates } from '../../store/mapping-state.ts';
import { defineRoute } from '../route.ts';

const entity = z.string().min(1).max(64);
const recordId = z.string().min(1).max(512);
const odooId = z.int().min(1).max(2_147_483_647);
const cursor = z.string().refine(isMappingCursor, 'is no cursor of these mappings').optional();
const record = z.object({ entity, recordId });
const next = z.string().nullable().meta({ description: 'The cursor of the next page; null: this was the last one.' });

const mappingRow = z.object({
  entity: z.string(),
  recordId: z.string(),
  title: z.string().nullable().meta({ description: 'The record’s name in the store.' }),
  state: z.enum(mappingStates),
  origin: z.enum(['created', 'adopted', 'manual']).nullable(),
  model: z.string().nullable(),
  odooId: z.int().nullable(),
  odooName: z
    .string()
    .nullable()
    .optional()
    .meta({ description: 'Only with `names=odoo`; null: Odoo has it no more.' }),
  url: z.string().nullable().meta({ description: 'The record in Odoo, to look at.' }),
  sequence: z.int().meta({ description: 'Of the newest event applied; 0: known only through another record’s.' }),
  syncedAt: z.iso.datetime().nullable(),
  failure: z.string().nullable().meta({ description: 'Code of the failure that is parked for it.' }),
  removed: z.enum(['archive', 'keep', 'cancel']).nullable().meta({
    description: 'The store has deleted it: what was done in Odoo.',
  }),
});

export const listMappings = defineRoute({
  id: 'listMappings',
  resource: 'mappings',
  method: 'GET',
  path: '/v1/mappings/{entity}',
  role: 'viewer',
  summary: 'The records of an entity and what they are in Odoo, by record id',
  description:
    '`unmapped` are records that are known but not in Odoo: failing, only noted, or deleted in the store. `stale` asks ' +
    'Odoo which of its records are gone. A page can have fewer rows than its limit and yet a next one.',
  params: z.object({ entity }),
  query: z.strictObject({
    q: z.string().min(1).max(200).optional().meta({ description: 'Part of the title or record id, or an Odoo id.' }),
    state: z.enum(mappingStates).optional(),
    names: z.literal('odoo').optional().meta({ description: 'With Odoo’s names: one call to Odoo per page.' }),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor,
  }),
  answers: { 200: z.object({ mappings: z.array(mappingRow), next }) },
  refusals: ['NOT_FOUND', 'CONNECTION_UNCONFIGURED', 'LANE_BUSY', 'ODOO_UNREACHABLE'],
});

const wholeMapping = mappingRow.extend({
  identity: z.string().nullable().meta({ description: 'What makes it this Odoo record and no other.' }),
  aliases: z.array(z.string()).meta({ description: 'Other record ids under which it is found.' }),
  parts: z.array(z.string()).meta({ description: 'Records that are part of it, as `entity/recordId`.' }),
  details: z
    .record(z.string(), z.unknown())
    .nullable()
    .meta({ description: 'What the entity remembers, e.g. an order’s reconciliation.' }),
});

export const getMapping = defineRoute({
  id: 'getMapping',
  resource: 'mappings',
  method: 'GET',
  path: '/v1/mappings/{entity}/{recordId}',
  role: 'viewer',
  summary: 'What one record is in Odoo',
  description: 'An alias stands for its record.',
  params: record,
  answers: { 200: wholeMapping },
  refusals: ['NOT_FOUND'],
});

export const mapByHand = defineRoute({
  id: 'mapByHand',
  resource: 'mappings',
  method: 'PUT',
  path: '/v1/mappings/{entity}/{recordId}',
  role: 'manager',
  summary: 'Say which Odoo record a record of the store is',
  description:
    'What waited for it is tried at once. The next event of the record writes its fields to that Odoo record. ' +
    'Taxes, options and addresses are told apart by what they are: of those that nothing is known of, neither by ' +
    'an event nor by an order that waits for them, `snapshot` must say it.',
  params: record,
  body: z.strictObject({
    odooId,
    snapshot: z.unknown().optional().meta({ description: 'The record as the store sends it in an event’s `data`.' }),
  }),
  answers: {
    200: wholeMapping.extend({ released: z.int().meta({ description: 'Causes of failures that are tried now.' }) }),
  },
  refusals: ['NOT_FOUND', 'CONFLICT', 'VALUE_REFUSED', 'CONNECTION_UNCONFIGURED', 'LANE_BUSY', 'ODOO_UNREACHABLE'],
});

export const unmap = defineRoute({
  id: 'unmap',
  resource: 'mappings',
  method: 'DELETE',
  path: '/v1/mappings/{entity}/{recordId}',
  role: 'manager',
  summary: 'Forget what a record is in Odoo, and what its parts are',
  description: 'Odoo’s record stays as it is; the next event of the record looks for it anew.',
  params: record,
  answers: { 204: null },
  refusals: ['NOT_FOUND', 'LANE_BUSY'],
});

export const syncRecord = defineRoute({
  id: 'syncRecord',
  resource: 'mappings',
  method: 'POST',
  path: '/v1/mappings/{entity}/{recordId}/sync',
  role: 'manager',
  summary: 'Sync one record now',
  description:
    'Its parked event is sent again; if it has not failed, a run fetches it from the store, known or not. What the ' +
    'store has no list of, such as addresses, is synced with the records it is part of: 409, or 404 if nothing is known of it.',
  params: record,
  answers: {
    202: z.object({
      sent: z.int().meta({ description: 'Parked events that were sent again.' }),
      run: z.string().nullable().meta({ description: 'The run that was started instead.' }),
    }),
  },
  refusals: ['NOT_FOUND', 'CONFLICT', 'QUEUE_UNAVAILABLE', 'CONNECTION_UNCONFIGURED', 'EXPORT_UNCONFIGURED'],
});

const scope = z.union([z.literal('all'), entity]).meta({ description: 'An entity, or `all`.' });
const counts = z.record(z.string(), z.int().min(0)).meta({ description: 'Records by entity, without aliases.' });

const reset = z.object({
  id: z.string(),
  kind: z.enum(['reset', 'import']),
  scope: z.string(),
  counts,
  by: z.string(),
  startedAt: z.iso.datetime(),
  expiresAt: z.iso.datetime().meta({ description: 'It can be undone until then.' }),
  state: z.enum(['removing', 'removed', 'imported', 'restoring', 'restored']).meta({
    description:
      '`imported`: an import is done, and can be undone. While it is `removing` or `restoring`, ask again: it goes on where it stopped.',
  }),
  done: z.int(),
  of: z.int().meta({ description: 'Pieces of the snapshot; `done` of them are dealt with.' }),
  kept: z.int().meta({ description: 'Records that were not restored because they had been mapped anew.' }),
});

export const previewReset = defineRoute({
  id: 'previewMappingReset',
  resource: 'mappings',
  method: 'POST',
  path: '/v1/mappings/reset/preview',
  role: 'manager',
  summary: 'How much a reset would forget',
  description: 'What is part of an entity’s records, such as a product’s variants, is reset along with it.',
  body: z.strictObject({ entity: scope }),
  answers: { 200: z.object({ counts }) },
  refusals: ['NOT_FOUND', 'VALUE_REFUSED'],
});

export const resetMappings = defineRoute({
  id: 'resetMappings',
  resource: 'mappings',
  method: 'POST',
  path: '/v1/mappings/reset',
  role: 'manager',
  summary: 'Forget all mappings of an entity, or of all',
  description:
    '`expect` is what the preview counted; if there are others by now, nothing is done. A copy of all of them is ' +
    'complete before the first is removed, and kept for 30 days. Odoo’s records stay as they are. 202: so much in ' +
    'the time of one request; the same request again goes on.',
  body: z.strictObject({ entity: scope, expect: counts }),
  answers: { 200: reset, 202: reset },
  refusals: ['NOT_FOUND', 'CONFLICT', 'VALUE_REFUSED', 'LANE_BUSY'],
});

export const listResets = defineRoute({
  id: 'listMappingResets',
  resource: 'mappings',
  method: 'GET',
  path: '/v1/mappings/resets',
  role: 'viewer',
  summary: 'Resets and imports of the last 30 days, newest first',
  answers: { 200: z.object({ resets: z.array(reset) }) },
});

export const undoReset = defineRoute({
  id: 'undoMappingReset',
  resource: 'mappings',
  method: 'POST',
  path: '/v1/mappings/resets/{id}/undo',
  role: 'manager',
  summary: 'Bring back what a reset has removed, or an import has written over',
  description:
    'Also of a reset that was interrupted: a record that was mapped anew by an event at least as new keeps that ' +
    'mapping. Of an import: a record that was mapped to something else since keeps that; all others are what they ' +
    'were before, and what the store sends next of them is written to Odoo. Undoing twice changes nothing. 202: the ' +
    'same request again goes on.',
  params: z.object({ id: z.string().min(1).max(64) }),
  answers: { 200: reset, 202: reset },
  refusals: ['NOT_FOUND', 'LANE_BUSY'],
});

export const exportMappings = defineRoute({
  id: 'exportMappings',
  resource: 'mappings',
  method: 'GET',
  path: '/v1/mappings/{entity}/export',
  role: 'viewer',
  summary: 'The mappings of an entity as CSV',
  description:
    'Page by page: the header `x-next-cursor` is there as long as there is more, and goes into `cursor`. Only the ' +
    'first page has the line of names, so that pages put together are one file. Cells that a spreadsheet would take ' +
    'for a formula begin with an apostrophe; the import takes it away again.',
  params: z.object({ entity }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(20_000).default(10_000), cursor }),
  answers: {
    200: {
      file: 'text/csv',
      headers: { 'x-next-cursor': 'The cursor of the next part; absent: this was the last one.' },
    },
  },
  refusals: ['NOT_FOUND'],
});

export const importMappings = defineRoute({
  id: 'importMappings',
  resource: 'mappings',
  method: 'POST',
  path: '/v1/mappings/{entity}/import',
  role: 'manager',
  summary: 'Map many records by hand, from CSV',
  description:
    'Columns `recordId` and `odooId`; of the others only `entity` is looked at. Every row is checked before anything ' +
    'is written; a problem is told by row (the line of names is row 1), as `csv.<row>.<column>`. Rows without an ' +
    'Odoo id, and those that are as they should be, are left alone. If it is interrupted, all is as it was.',
  params: z.object({ entity }),
  body: z.strictObject({ csv: z.string().min(1).max(5_000_000) }),
  answers: {
    200: z.object({
      mapped: z.int(),
      unchanged: z.int(),
      skipped: z.int().meta({ description: 'Rows without an Odoo id.' }),
      released: z.int().meta({ description: 'Causes of failures that are tried now.' }),
      undo: z.string().nullable().meta({
        description: 'The id by which it can be undone for 30 days; null: nothing was changed.',
      }),
    }),
  },
  refusals: ['NOT_FOUND', 'VALUE_REFUSED', 'CONNECTION_UNCONFIGURED', 'LANE_BUSY', 'ODOO_UNREACHABLE'],
});

export const mappingRoutes = [
  listMappings,
  getMapping,
  mapByHand,
  unmap,
  syncRecord,
  previewReset,
  resetMappings,
  listResets,
  undoReset,
  exportMappings,
  importMappings,
];

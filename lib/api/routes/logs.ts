import * as z from 'zod';
import { isLogCursor, logLevels } from '../../store/log.ts';
import { defineRoute } from '../route.ts';
import { failure } from './failures.ts';

const instant = z.iso.datetime({ offset: true });
const cursor = z.string().refine(isLogCursor, 'is no cursor of this log').optional();

const logRow = z.object({
  id: z.string().meta({ description: 'Sorts by time.' }),
  time: z.iso.datetime(),
  level: z.enum(logLevels),
  code: z.string().meta({ description: 'An error’s code, or what was done, e.g. CREATED.' }),
  message: z.string(),
  remedy: z.string().optional().meta({ description: 'Who can mend it, and how.' }),
  entity: z.string().optional(),
  recordId: z.string().optional(),
  eventId: z.string().optional(),
  odooId: z.int().optional(),
  by: z.string().optional().meta({ description: 'Who did it, where it was somebody.' }),
  acceptedAt: z.iso.datetime().optional().meta({ description: 'When the event came.' }),
  occurredAt: z.iso.datetime().optional().meta({ description: 'When it happened in the store.' }),
  batch: z
    .object({ events: z.int(), calls: z.int(), milliseconds: z.int() })
    .optional()
    .meta({ description: 'What was done for the event, together with others: calls to Odoo, and how long it took.' }),
});

const filters = z.strictObject({
  entity: z.string().min(1).max(64).optional(),
  record: z.string().min(1).max(160).optional(),
  level: z.enum(logLevels).optional(),
  code: z.string().min(1).max(64).optional(),
  eventId: z.string().min(1).max(128).optional(),
  q: z.string().min(1).max(200).optional().meta({ description: 'Part of the message, in whatever case.' }),
  from: instant.optional(),
  to: instant.optional().meta({ description: 'Exclusive.' }),
});

export const listLogs = defineRoute({
  id: 'listLogs',
  resource: 'logs',
  method: 'GET',
  path: '/v1/logs',
  role: 'viewer',
  summary: 'What happened, newest first',
  description:
    'A page looks at 5,000 rows at most, so with a filter it can have fewer rows than its limit, even none: as long as ' +
    '`next` is no null there may be more.',
  query: filters.extend({ limit: z.coerce.number().int().min(1).max(500).default(50), cursor }),
  answers: { 200: z.object({ logs: z.array(logRow), next: z.string().nullable() }) },
});

export const downloadLogs = defineRoute({
  id: 'downloadLogs',
  resource: 'logs',
  method: 'GET',
  path: '/v1/logs/download',
  role: 'viewer',
  summary: 'The log as a file',
  description:
    'Newest first, some 4 MB at a time: as long as there is a header `x-next-cursor`, ask again with it as `cursor`. ' +
    'The parts, one after the other, are one file. `csv` is RFC 4180 in UTF-8; a cell that a spreadsheet would take ' +
    'for a formula begins with an apostrophe. `ndjson` is one JSON document per line.',
  query: filters.extend({ format: z.enum(['csv', 'ndjson']).default('csv'), cursor }),
  answers: {
    200: {
      file: ['text/csv', 'application/x-ndjson'],
      headers: { 'x-next-cursor': 'The cursor of the next part; absent: this was the last one.' },
    },
  },
});

export const clearLogs = defineRoute({
  id: 'clearLogs',
  resource: 'logs',
  method: 'DELETE',
  path: '/v1/logs',
  role: 'manager',
  summary: 'Clear the log',
  description:
    'A call deletes some 5,000 rows, the oldest first; ask again as long as `more` is true. Rows that say what somebody ' +
    'did stay until their time is over, this one among them. Without being asked the log keeps what the setting ' +
    '`logRetentionDays` says.',
  query: z.strictObject({
    before: instant.optional().meta({ description: 'Only older rows; absent: all until now.' }),
  }),
  answers: { 200: z.object({ deleted: z.int(), more: z.boolean() }) },
});

const step = z.object({
  step: z.enum(['accepted', 'planned', 'called', 'result', 'action']),
  time: z.iso.datetime().nullable().meta({ description: 'Null: between the step before and the one after it.' }),
  text: z.string(),
  level: z.enum(logLevels).optional(),
  code: z.string().optional(),
});

export const readTimeline = defineRoute({
  id: 'readTimeline',
  resource: 'logs',
  method: 'GET',
  path: '/v1/logs/{entity}/{recordId}/timeline',
  role: 'viewer',
  summary: 'What became of one record: the event came, the plan, the calls to Odoo, the result',
  description:
    'Newest event first, the steps of each as they came. An event that changed nothing leaves no trace, and costs no ' +
    'call to Odoo.',
  params: z.object({ entity: z.string().min(1).max(64), recordId: z.string().min(1).max(160) }),
  query: z.strictObject({ limit: z.coerce.number().int().min(1).max(500).default(100), cursor }),
  answers: {
    200: z.object({
      entity: z.string(),
      recordId: z.string(),
      mapping: z
        .object({ odooId: z.int(), model: z.string().nullable(), syncedAt: z.iso.datetime().nullable() })
        .nullable()
        .meta({ description: 'The record in Odoo; null: there is none yet.' }),
      failure: failure.nullable().meta({ description: 'Why its newest event is not in Odoo.' }),
      events: z.array(
        z.object({
          eventId: z.string().nullable().meta({ description: 'Null: what somebody did with the record.' }),
          steps: z.array(step),
        }),
      ),
      next: z.string().nullable(),
    }),
  },
});

export const readActivity = defineRoute({
  id: 'readActivity',
  resource: 'logs',
  method: 'GET',
  path: '/v1/logs/activity',
  role: 'viewer',
  summary: 'How much happened, hour by hour',
  description: 'Counted from the rows of the log, some 25,000 of them at most, the newest first.',
  query: z.strictObject({ hours: z.coerce.number().int().min(1).max(168).default(24) }),
  answers: {
    200: z.object({
      hours: z.array(
        z.object({
          from: z.iso.datetime().meta({ description: 'When the hour begins; the last one goes on.' }),
          changes: z.int().meta({ description: 'Records that changed in Odoo.' }),
          warnings: z.int(),
          errors: z.int(),
        }),
      ),
      countedFrom: z.iso
        .datetime()
        .nullable()
        .meta({ description: 'What is older was not counted any more; null: everything was.' }),
    }),
  },
});

export const logRoutes = [listLogs, downloadLogs, clearLogs, readTimeline, readActivity];

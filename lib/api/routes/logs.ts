import * as z from 'zod';
import { isLogCursor, logLevels } from '../../store/log.ts';
import { defineRoute } from '../route.ts';

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
});

export const listLogs = defineRoute({
  id: 'listLogs',
  resource: 'logs',
  method: 'GET',
  path: '/v1/logs',
  role: 'viewer',
  summary: 'What happened, newest first',
  query: z.strictObject({
    entity: z.string().min(1).max(64).optional(),
    record: z.string().min(1).max(128).optional(),
    level: z.enum(logLevels).optional(),
    code: z.string().min(1).max(64).optional(),
    from: z.iso.datetime({ offset: true }).optional(),
    to: z.iso.datetime({ offset: true }).optional().meta({ description: 'Exclusive.' }),
    limit: z.coerce.number().int().min(1).max(500).default(50),
    cursor: z.string().refine(isLogCursor, 'is no cursor of this log').optional(),
  }),
  answers: { 200: z.object({ logs: z.array(logRow), next: z.string().nullable() }) },
});

export const logRoutes = [listLogs];

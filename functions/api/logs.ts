import * as z from 'zod';
import { ConnectorError } from '../../lib/errors/index.ts';
import { fieldProblems } from '../../lib/errors/zod.ts';
import { isLogCursor, logLevels, readLog } from '../../lib/store/log.ts';
import { type Authorized, allowed, claimsOf } from '../stack/access.ts';
import { httpStack } from '../stack/http.ts';
import { json } from '../stack/problem.ts';

const query = z.strictObject({
  entity: z.string().min(1).max(64).optional(),
  record: z.string().min(1).max(128).optional(),
  level: z.enum(logLevels).optional(),
  code: z.string().min(1).max(64).optional(),
  from: z.iso.datetime({ offset: true }).optional(),
  to: z.iso.datetime({ offset: true }).optional(),
  limit: z.coerce.number().int().min(1).max(500).default(50),
  cursor: z.string().refine(isLogCursor, 'is no cursor of this log').optional(),
});

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** `GET /v1/logs`: what happened, newest first. */
export const handler = httpStack<Authorized>()
  .use(allowed('viewer'))
  .handler(async (event) => {
    const parsed = query.safeParse(event.queryStringParameters ?? {});
    if (!parsed.success) {
      throw new ConnectorError('QUERY_INVALID', 'A query parameter has a bad value.', {
        fields: fieldProblems(parsed.error),
      });
    }
    const { entity, record: recordId, level, code, from, to, limit, cursor } = parsed.data;
    const filter = { entity, recordId, level, code, from: instant(from), to: instant(to) };
    const { rows, next } = await readLog(claimsOf(event).connection, filter, limit, cursor);
    return json(200, { logs: rows, next: next ?? null });
  });

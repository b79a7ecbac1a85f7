import type * as z from 'zod';
import { clearLogs, downloadLogs, listLogs, readActivity, readTimeline } from '../../lib/api/routes/logs.ts';
import { timelineOf } from '../../lib/queue/timeline.ts';
import { noteAction } from '../../lib/store/actions.ts';
import { type LogFilter, readLog } from '../../lib/store/log.ts';
import { activityOf } from '../../lib/store/log-activity.ts';
import { clearLog } from '../../lib/store/log-clear.ts';
import { logFile } from '../../lib/store/log-file.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';

const types = { csv: 'text/csv; charset=utf-8', ndjson: 'application/x-ndjson' } as const;

/** The log, for people. */
export const handler = serve(
  serves(listLogs, async ({ query, claims }) => {
    const { rows, next } = await readLog(claims.connection, filterOf(query), query.limit, query.cursor);
    return json(200, { logs: rows, next: next ?? null });
  }),

  serves(downloadLogs, async ({ query, claims }) => {
    const { format, cursor } = query;
    const { text, next } = await logFile(claims.connection, filterOf(query), format, cursor);
    return {
      statusCode: 200,
      headers: {
        'content-type': types[format],
        'content-disposition': `attachment; filename="log-${claims.connection}.${format}"`,
        'cache-control': 'no-store',
        ...(next === undefined ? {} : { 'x-next-cursor': next }),
      },
      body: text,
    };
  }),

  serves(clearLogs, async ({ query, claims }) => {
    const before = new Date(query.before ?? Date.now());
    const answer = await clearLog(claims.connection, before);
    await noteAction(claims.connection, claims.subject, {
      code: 'LOG_CLEARED',
      message: `Rows of the log before ${before.toISOString()} were deleted: ${answer.deleted}.`,
    });
    return json(200, answer);
  }),

  serves(readTimeline, async ({ params, query, claims }) => {
    return json(200, await timelineOf(claims.connection, params, query.limit, query.cursor));
  }),

  serves(readActivity, async ({ query, claims }) => json(200, await activityOf(claims.connection, query.hours))),
);

type Filters = 'entity' | 'record' | 'level' | 'code' | 'eventId' | 'q' | 'from' | 'to';
type Query = Pick<z.output<NonNullable<typeof listLogs.query>>, Filters>;

function filterOf({ entity, record, level, code, eventId, q, from, to }: Query): LogFilter {
  return { entity, recordId: record, level, code, eventId, text: q, from: instant(from), to: instant(to) };
}

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

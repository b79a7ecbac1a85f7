import { listLogs } from '../../lib/api/routes/logs.ts';
import { readLog } from '../../lib/store/log.ts';
import { json } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';

const instant = (text: string | undefined): Date | undefined => (text === undefined ? undefined : new Date(text));

/** The log, for people. */
export const handler = serve(
  serves(listLogs, async ({ query, claims }) => {
    const { entity, record: recordId, level, code, from, to, limit, cursor } = query;
    const filter = { entity, recordId, level, code, from: instant(from), to: instant(to) };
    const { rows, next } = await readLog(claims.connection, filter, limit, cursor);
    return json(200, { logs: rows, next: next ?? null });
  }),
);

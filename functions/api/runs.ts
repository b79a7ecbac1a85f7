import type { TokenClaims } from '../../lib/access/token.ts';
import * as routes from '../../lib/api/routes/runs.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { applyPreview } from '../../lib/runs/apply-preview.ts';
import { type Changed, cancelRun, resumeRun } from '../../lib/runs/change.ts';
import { shownFrom } from '../../lib/runs/shown.ts';
import { type Started, startRun } from '../../lib/runs/start.ts';
import { viewOf } from '../../lib/runs/view.ts';
import { noteAction } from '../../lib/store/actions.ts';
import { type ConnectionSettings, readSettings } from '../../lib/store/connections.ts';
import { listRuns, type Run, readRun } from '../../lib/store/runs.ts';
import type { HttpResult } from '../stack/http.ts';
import { json, problem } from '../stack/problem.ts';
import { serve, serves } from '../stack/serve.ts';

/** Bulk runs: started, shown, cancelled, resumed. */
export const handler = serve(
  serves(routes.startRuns, async ({ body, claims }) => {
    const { connection, subject } = claims;
    const started = await startRun(connection, body, subject);
    return startedAnswer(started, await readSettings(connection));
  }),
  serves(routes.listRuns, async ({ query, claims: { connection } }) => {
    const { entity, state, limit, cursor } = query;
    const { runs, next } = await listRuns(connection, { entity, state }, limit, cursor);
    const settings = await readSettings(connection);
    return json(200, { runs: runs.map((run) => viewOf(run, settings)), next: next ?? null });
  }),
  serves(routes.getRun, async ({ params: { id }, claims: { connection } }) => {
    const run = await readRun({ connection, id });
    if (run === undefined) throw notFound(id);
    return json(200, viewOf(run, await readSettings(connection)));
  }),
  serves(routes.cancelRun, async ({ params: { id }, claims }) =>
    changed(id, claims, 'cancelled', await cancelRun({ connection: claims.connection, id })),
  ),
  serves(routes.resumeRun, async ({ params: { id }, claims }) =>
    changed(id, claims, 'resumed', await resumeRun({ connection: claims.connection, id })),
  ),
  serves(routes.getPreview, async ({ params: { id }, query: { cursor = 0, ...filter }, claims: { connection } }) => {
    const run = await readRun({ connection, id });
    if (run === undefined) throw notFound(id);
    return json(200, await shownFrom(run, cursor, filter));
  }),
  serves(routes.applyRun, async ({ params: { id }, body: { group }, claims: { connection, subject } }) => {
    const started = await applyPreview({ connection, id }, group, subject);
    if (started === undefined) throw notFound(id);
    return startedAnswer(started, await readSettings(connection));
  }),
);

function startedAnswer(started: Started, settings: ConnectionSettings | undefined): HttpResult {
  if ('current' in started) return conflict(started.current, settings);
  return json(202, { runs: started.runs.map((run) => viewOf(run, settings)) });
}

async function changed(
  id: string,
  { connection, subject }: TokenClaims,
  what: 'cancelled' | 'resumed',
  result: Changed,
): Promise<HttpResult> {
  if (result === undefined) throw notFound(id);
  const settings = await readSettings(connection);
  if ('current' in result) return conflict(result.current, settings);
  const { entity, mode } = result.run;
  const message = `${subject} has ${what} the ${mode} run of ${entity}.`;
  await noteAction(connection, subject, { code: `RUN_${what.toUpperCase()}_BY`, message, entity });
  return json(202, viewOf(result.run, settings));
}

function conflict(current: Run, settings: ConnectionSettings | undefined): HttpResult {
  const message = `The run ${current.id} of ${current.entity} is ${current.state}.`;
  return problem(new ConnectorError('CONFLICT', message), { current: viewOf(current, settings) });
}

const notFound = (id: string) => new ConnectorError('NOT_FOUND', `There is no run ${id}.`);

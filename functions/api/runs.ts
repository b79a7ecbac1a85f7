import * as routes from '../../lib/api/routes/runs.ts';
import { ConnectorError } from '../../lib/errors/index.ts';
import { type Changed, cancelRun, resumeRun } from '../../lib/runs/change.ts';
import { startRun } from '../../lib/runs/start.ts';
import { viewOf } from '../../lib/runs/view.ts';
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
    const settings = await readSettings(connection);
    if ('current' in started) return conflict(started.current, settings);
    return json(202, { runs: started.runs.map((run) => viewOf(run, settings)) });
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
  serves(routes.cancelRun, async ({ params: { id }, claims: { connection } }) =>
    changed(id, await cancelRun({ connection, id }), await readSettings(connection)),
  ),
  serves(routes.resumeRun, async ({ params: { id }, claims: { connection } }) =>
    changed(id, await resumeRun({ connection, id }), await readSettings(connection)),
  ),
);

function changed(id: string, result: Changed, settings: ConnectionSettings | undefined): HttpResult {
  if (result === undefined) throw notFound(id);
  return 'current' in result ? conflict(result.current, settings) : json(202, viewOf(result.run, settings));
}

function conflict(current: Run, settings: ConnectionSettings | undefined): HttpResult {
  const message = `The run ${current.id} of ${current.entity} is ${current.state}.`;
  return problem(new ConnectorError('CONFLICT', message), { current: viewOf(current, settings) });
}

const notFound = (id: string) => new ConnectorError('NOT_FOUND', `There is no run ${id}.`);

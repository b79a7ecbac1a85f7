import { monotonicFactory } from 'ulid';
import { ConnectorError } from '../errors/index.ts';
import { readSettings } from '../store/connections.ts';
import { appendLog } from '../store/log.ts';
import { leavePlace, takePlace } from '../store/run-locks.ts';
import { deleteRun, noCounts, putRun, type Run } from '../store/runs.ts';
import { type RunRequest, runEntities } from './request.ts';
import { sendPage } from './send.ts';

/** Runs of one request sort in the order in which they go. */
const ulid = monotonicFactory();

export type Started =
  | { runs: Run[] }
  /** The entity has a run already; nothing was started. */
  | { current: Run };

/**
 * Starts a run, or with `all` one per entity, of which each begins when the one before is over. `by` says
 * who asks: a person of the API, or a schedule.
 *
 * @throws ConnectorError CONNECTION_UNCONFIGURED, EXPORT_UNCONFIGURED
 */
export async function startRun(connection: string, request: RunRequest, by: string): Promise<Started> {
  const { entity, mode, ids, allowDeletes, preview } = request;
  const specs = (entity === 'all' ? runEntities : [entity]).map(
    (name): RunSpec => ({
      ...{ entity: name, mode },
      ...(ids === undefined ? {} : { ids: [...new Set(ids)], total: new Set(ids).size }),
      ...(allowDeletes === undefined ? {} : { allowDeletes }),
      ...(preview === true ? { preview } : {}),
    }),
  );
  const what = preview === true ? 'preview' : 'run';
  return startChain(connection, specs, by, {
    message: `${by} has started a ${mode} ${what} of ${entity}.`,
    ...(entity === 'all' ? {} : { entity }),
  });
}

/** What is asked of one of the runs of a chain. */
export type RunSpec = Pick<Run, 'entity' | 'mode'> &
  Partial<Pick<Run, 'ids' | 'total' | 'allowDeletes' | 'preview' | 'applies' | 'storeTime'>>;

/**
 * Starts runs of which each begins when the one before is over, all or none of them. `told` goes into the log.
 *
 * @throws ConnectorError CONNECTION_UNCONFIGURED, EXPORT_UNCONFIGURED
 */
export async function startChain(
  connection: string,
  specs: readonly RunSpec[],
  by: string,
  told: { message: string; entity?: string },
): Promise<Started> {
  const settings = await readSettings(connection);
  if (settings === undefined) {
    const message = `The connection "${connection}" has no settings.`;
    throw new ConnectorError('CONNECTION_UNCONFIGURED', message, { subject: connection });
  }
  if (settings.exportUrl === undefined) {
    throw new ConnectorError('EXPORT_UNCONFIGURED', 'The settings do not say where the store exports.');
  }
  const runs = chain(connection, specs, by, settings.bulkLimit);
  const placed: Run[] = [];
  for (const run of runs) {
    // The run first: a place that is held by a run which does not exist would be taken for free.
    await putRun(run);
    placed.push(run);
    const current = await takePlace(run);
    if (current === undefined) continue;
    await undo(placed);
    return { current };
  }
  const first = runs[0];
  if (first !== undefined) await sendPage(first);
  await appendLog(connection, [{ level: 'info', code: 'RUN_STARTED', by, ...told }], settings.logRetentionDays);
  return { runs };
}

async function undo(placed: readonly Run[]): Promise<void> {
  for (const run of placed) {
    await leavePlace(run);
    await deleteRun(run);
  }
}

function chain(connection: string, specs: readonly RunSpec[], by: string, limit: number): Run[] {
  const all = specs.map((spec) => ({ spec, id: ulid() }));
  const now = new Date().toISOString();
  const group = ulid();
  return all.map(({ spec, id }, index): Run => {
    const [previous, next] = [all[index - 1]?.id, all[index + 1]?.id];
    return {
      ...{ ...spec, id, connection, state: 'queued', by, group, limit },
      ...(previous === undefined ? {} : { previous }),
      ...(next === undefined ? {} : { next }),
      ...{ phase: 'prepare', page: 0, counts: noCounts, odooCalls: 0, workMs: 0, tries: 0 },
      ...{ pageSince: now, createdAt: now, updatedAt: now },
    };
  });
}

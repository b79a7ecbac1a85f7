import { asConnectorError } from '../errors/index.ts';
import type { SnapshotPage } from '../opencart/export.ts';
import { type Mapping, readMappings, recordName } from '../store/mappings.ts';
import { readLast } from '../store/run-locks.ts';
import { noCounts, type Run, type RunCounts, type RunPhase } from '../store/runs.ts';
import { applyShown } from './apply.ts';
import type { Ending } from './end.ts';
import { fetchIds } from './fetch.ts';
import { problemOf } from './problem.ts';
import { recount } from './recount.ts';
import { added, syncRows } from './rows.ts';
import { removeGone, survey } from './sweep.ts';
import type { Work } from './work.ts';

/** What a page has brought: records by what became of them, what changes in the run, and whether that was all. */
export interface Step {
  counts?: Partial<RunCounts>;
  change?: Ending['change'];
  end?: Omit<Ending, 'change'>;
}

/** Clocks and transactions: what was written just before the last run began may not have been visible to it. */
const OVERLAP_MS = 600_000;

/** The work of one page, by the phase that the run is in. */
export const steps: Record<RunPhase, (work: Work) => Promise<Step>> = {
  prepare,
  all: (work) => takePage(work, (limit) => work.client.all({ ...asking(work), limit })),
  changed: (work) => {
    const since = work.run.since ?? new Date(0).toISOString();
    return takePage(work, (limit) => work.client.changed({ ...asking(work), since, limit }));
  },
  ids: takeIds,
  hashes: compareHashes,
  survey,
  delete: removeGone,
  apply: applyShown,
  recount,
};

/** Finds out what the store can do, and with it how to go about the run. */
async function prepare({ run, settings, client }: Work): Promise<Step> {
  const able = await client.capabilities();
  const offered = able.entities.find(({ entity }) => entity === run.entity);
  if (offered === undefined) {
    const isOneOfMany = run.previous !== undefined || run.next !== undefined;
    const problem = problemOf('EXPORT_UNSUPPORTED', `The store does not export "${run.entity}".`);
    return { end: { state: isOneOfMany ? 'skipped' : 'failed', problem } };
  }
  const limit = Math.min(settings.bulkLimit, able.maxLimit);
  if (run.mode === 'sweep' && able.flush && run.preview !== true) await client.flush();
  return { change: { limit, ...(await way(run, offered.changedSince)) } };
}

async function way(run: Run, changedSince: boolean): Promise<Pick<Run, 'phase' | 'since'> | { phase: RunPhase }> {
  if (run.applies !== undefined) return { phase: 'apply' };
  if (run.mode === 'ids') return { phase: 'ids' };
  if (run.mode === 'sweep') return { phase: 'hashes' };
  const last = run.mode === 'incremental' ? await readLast(run.connection, run.entity) : undefined;
  if (last === undefined) return { phase: 'all' };
  // Where the store cannot tell what changed, its hashes can.
  if (!changedSince) return { phase: 'hashes' };
  return { phase: 'changed', since: new Date(Date.parse(last) - OVERLAP_MS).toISOString() };
}

const asking = ({ run }: Work) => ({
  entity: run.entity,
  ...(run.after === undefined ? {} : { after: run.after }),
});

async function takePage(work: Work, fetch: (limit: number) => Promise<SnapshotPage>): Promise<Step> {
  const { page, limit } = await fitting(work.run.limit, fetch);
  const counts = await syncRows(work, page.rows, page);
  const seen = page.rows.length;
  return { counts: { ...counts, seen }, ...goingOn(work.run, page, { limit }, { end: { state: 'completed' } }) };
}

/** Halves a page until the answer is small enough. */
async function fitting<T>(most: number, fetch: (limit: number) => Promise<T>): Promise<{ page: T; limit: number }> {
  for (let limit = most; ; limit = Math.floor(limit / 2)) {
    try {
      return { page: await fetch(limit), limit };
    } catch (thrown) {
      if (asConnectorError(thrown).code !== 'STORE_ANSWER_TOO_LARGE' || limit === 1) throw thrown;
    }
  }
}

async function takeIds(work: Work): Promise<Step> {
  const { ids = [], after = '0', limit } = work.run;
  const start = Number(after);
  const asked = ids.slice(start, start + limit);
  const page = await fetchIds(work.client, work.run.entity, asked);
  const counts = await syncRows(work, page.rows, page);
  const end = start + asked.length;
  return {
    counts: { ...counts, seen: asked.length, missing: asked.length - page.rows.length },
    change: { after: String(end) },
    ...(end < ids.length ? {} : { end: { state: 'completed' } }),
  };
}

/** Fetches only those records whose hash is not the one that was synced. */
async function compareHashes(work: Work): Promise<Step> {
  const { run, client } = work;
  const page = await client.hashes({ ...asking(work), limit: run.limit });
  const keyOf = ({ recordId }: { recordId: string }) => ({ entity: run.entity, recordId });
  const mappings = await readMappings(run.connection, page.rows.map(keyOf));
  const due = page.rows.filter((row) => !isInStep(mappings.get(recordName(keyOf(row))), row.hash, run.id));
  const fetched =
    due.length === 0
      ? undefined
      : await fetchIds(
          client,
          run.entity,
          due.map(({ recordId }) => recordId),
        );
  const counts = fetched === undefined ? {} : await syncRows(work, fetched.rows, fetched);
  const seen = page.rows.length;
  const skipped = seen - (fetched?.rows.length ?? 0);
  const done: Step = run.mode === 'sweep' ? { change: { phase: 'survey' } } : { end: { state: 'completed' } };
  return { counts: added({ ...noCounts, ...counts }, { seen, skipped }), ...goingOn(run, page, {}, done) };
}

/** What this very run has synced is looked at again, so that a page that is repeated counts it again. */
const isInStep = (mapping: Mapping | undefined, hash: string, run: string): boolean =>
  mapping?.storeHash === hash && mapping.removed === undefined && mapping.by?.run !== run;

function goingOn(
  run: Run,
  page: Pick<SnapshotPage, 'hasMore' | 'nextAfter' | 'total' | 'time'>,
  change: NonNullable<Step['change']>,
  done: Step,
): Step {
  const total = page.total ?? run.total;
  const told = {
    ...change,
    storeTime: run.storeTime ?? page.time,
    ...(total === undefined ? {} : { total }),
  };
  if (!page.hasMore || page.nextAfter === null) {
    return { ...done, change: { ...told, ...done.change, after: undefined, anchor: undefined } };
  }
  const after = page.nextAfter;
  if (after === run.anchor) {
    const problem = problemOf(
      'STORE_ANSWER_INVALID',
      `The store’s pages of ${run.entity} lead back to where they were.`,
    );
    // Whoever has mended the store and resumes the run comes by here once more.
    return { change: { ...told, anchor: undefined }, end: { state: 'failed', problem } };
  }
  return { change: { ...told, after, ...(isAnchored(run) ? { anchor: after } : {}) } };
}

/**
 * The anchor stays for as many pages as there were before it (Brent's algorithm): a circle is noticed after few times
 * as many pages as it takes to come to it and go round it, and one cursor is all that is kept.
 */
const isAnchored = ({ page }: Run): boolean => Number.isInteger(Math.log2(page));

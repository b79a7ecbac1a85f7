/** Pages of a run that does what a preview has shown, and says what has changed since. */
import { groupBy } from '../collections.ts';
import { readMappings, recordName } from '../store/mappings.ts';
import { getShownPage, putShownPage } from '../store/previews.ts';
import { readRun } from '../store/runs.ts';
import { fingerprint } from '../sync/hash.ts';
import type { PreviewRecord } from '../sync/preview-record.ts';
import { fetchIds } from './fetch.ts';
import { lookAhead, ownOf } from './preview.ts';
import { added, itemOf, type RowChange, syncRows } from './rows.ts';
import type { Step } from './steps.ts';
import type { Work } from './work.ts';

/** What is compared: all that a person was shown of a record, but for words. */
const shownAs = ({ action, odooId, fields, error }: PreviewRecord): string =>
  fingerprint([action, odooId ?? null, fields, error?.code ?? null]);

/** One page of the preview: looked at once more, and what is as it was shown is synced. */
export async function applyShown(work: Work): Promise<Step> {
  const { run } = work;
  const shown = await readRun({ connection: run.connection, id: run.applies ?? '' });
  const page = Number(run.after ?? 0);
  const pages = (shown?.page ?? 0) + 1;
  const end: Step = page + 1 < pages ? { change: { after: String(page + 1) } } : { end: { state: 'completed' } };
  const asked = shown === undefined ? [] : ownOf(await getShownPage(shown, page));
  if (asked.length === 0) return end;

  const { rows, at, missing } = await readNow(work, asked);
  const items = rows.map((row) => itemOf(run, row, at));
  const now = new Map(ownOf((await lookAhead(work, items)).records).map((record) => [record.recordId, record]));
  const doneByUs = await syncedBy(work, asked);
  const isAsShown = (record: PreviewRecord) => {
    const current = now.get(record.recordId);
    // What came along with a record before it is there already, and this run has brought it.
    if (doneByUs.has(record.recordId) || current === undefined) return true;
    return shownAs(current) === shownAs(record);
  };
  const changed = new Set(asked.filter((record) => !isAsShown(record)).map(({ recordId }) => recordId));
  await putShownPage(
    run,
    run.page,
    [...now.values()].filter(({ recordId }) => changed.has(recordId)),
  );
  const due = rows.filter(({ recordId }) => !changed.has(recordId));
  const counts = await syncRows(work, due, at);
  return { ...end, counts: added(counts, { seen: asked.length, changed: changed.size, missing }) };
}

/** The records as the store has them now. Those that were to be removed and are there again are rows like others. */
async function readNow({ run, client }: Work, asked: readonly PreviewRecord[]) {
  const ids = asked.map(({ recordId }) => recordId);
  const page = await fetchIds(client, run.entity, ids);
  const found = new Set(page.rows.map(({ recordId }) => recordId));
  const lost = groupBy(
    asked.filter(({ recordId }) => !found.has(recordId)),
    ({ action }) => action === 'remove',
  );
  const gone = (lost.get(true) ?? []).map(({ recordId }) => ({ recordId, gone: true }) as const);
  const rows: RowChange[] = [...page.rows, ...gone];
  return { rows, at: page, missing: lost.get(false)?.length ?? 0 };
}

/** The records that this very run has synced, be it along with others or in an attempt that was killed. */
async function syncedBy({ run }: Work, asked: readonly PreviewRecord[]): Promise<Set<string>> {
  const keys = asked.map(({ entity, recordId }) => ({ entity, recordId }));
  const mappings = await readMappings(run.connection, keys);
  return new Set(
    keys.filter((key) => mappings.get(recordName(key))?.by?.run === run.id).map(({ recordId }) => recordId),
  );
}

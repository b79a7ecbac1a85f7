import { getShownPage } from '../store/previews.ts';
import type { Run } from '../store/runs.ts';
import type { PreviewAction, PreviewRecord } from '../sync/preview-record.ts';

/** Which of the records are wanted. */
export interface ShownFilter {
  action?: PreviewAction | undefined;
  entity?: string | undefined;
}

/** Pages that are looked at for one answer, and records after which it is large enough. */
const MOST_PAGES = 20;
const ENOUGH = 100;

/** What a run has shown, from a page on. @returns where to go on, null at the end */
export async function shownFrom(
  run: Run,
  from: number,
  { action, entity }: ShownFilter,
): Promise<{ records: PreviewRecord[]; next: number | null }> {
  const records: PreviewRecord[] = [];
  const wanted = (record: PreviewRecord) =>
    (action === undefined || record.action === action) && (entity === undefined || record.entity === entity);
  for (let page = from; page < from + MOST_PAGES && page <= run.page; page += 1) {
    records.push(...(await getShownPage(run, page)).filter(wanted));
    if (records.length >= ENOUGH) return { records, next: page < run.page ? page + 1 : null };
  }
  return { records, next: from + MOST_PAGES <= run.page ? from + MOST_PAGES : null };
}

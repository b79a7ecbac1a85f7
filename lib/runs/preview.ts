/** Pages of a run that only shows what it would do. */
import { downloadImage } from '../opencart/download.ts';
import { withOdoo } from '../queue/odoo.ts';
import { putShownPage } from '../store/previews.ts';
import { noCounts, type RunCounts } from '../store/runs.ts';
import type { SyncItem } from '../sync/engine.ts';
import { type Preview, previewBatch } from '../sync/preview.ts';
import type { PreviewAction, PreviewRecord } from '../sync/preview-record.ts';
import type { Work } from './work.ts';

const countOf: Record<PreviewAction, keyof RunCounts> = {
  ...({ create: 'created', update: 'updated', adopt: 'adopted' } as const),
  ...({ remove: 'removed', skip: 'skipped', blocked: 'failed' } as const),
};

/**
 * Looks what syncing items would do, under the lane, and writes nothing.
 * @throws ConnectorError LANE_BUSY, and what concerns the connection
 */
export function lookAhead(work: Work, items: readonly SyncItem[]): Promise<Preview> {
  const onCall = () => {
    work.odooCalls += 1;
  };
  return withOdoo(work.run.connection, onCall, ({ odoo, context }) =>
    previewBatch({ registry: work.registry, context, odoo, download: downloadImage }, work.declaration, items),
  );
}

/** Shows a page instead of syncing it. @returns what would become of its records */
export async function showItems(work: Work, items: readonly SyncItem[]): Promise<RunCounts> {
  if (items.length === 0) return noCounts;
  const { records, calls } = await lookAhead(work, items);
  const counts = { ...noCounts };
  for (const { action } of ownOf(records)) counts[countOf[action]] += 1;
  work.plannedCalls += calls;
  // What is in step is only counted: there is nothing to look at.
  await putShownPage(
    work.run,
    work.run.page,
    records.filter(({ action }) => action !== 'skip'),
  );
  return counts;
}

/** Those that were asked for, without what comes along with them. */
export const ownOf = (records: readonly PreviewRecord[]): PreviewRecord[] => records.filter(({ along }) => !along);

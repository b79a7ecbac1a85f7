/** What preview runs have shown: a page at a time, kept for a week. */
import type { PreviewRecord } from '../sync/preview-record.ts';
import { getPayload, putPayload } from './payloads.ts';
import type { RunKey } from './runs.ts';

export const PREVIEW_DAYS = 7;

/** A record of the run's own entity comes before what comes along with it. */
export type ShownPage = readonly PreviewRecord[];

const keyOf = ({ connection, id }: RunKey, page: number) => `preview/${connection}/${id}/${page}`;

/** Keeps what a page has shown; a page that is repeated replaces it. */
export async function putShownPage(run: RunKey, page: number, records: ShownPage): Promise<void> {
  if (records.length === 0) return;
  await putPayload(keyOf(run, page), JSON.stringify(records), PREVIEW_DAYS * 86_400);
}

/** What a page has shown; nothing if it had nothing to show. */
export async function getShownPage(run: RunKey, page: number): Promise<ShownPage> {
  const body = await getPayload(keyOf(run, page));
  return body === undefined ? [] : (JSON.parse(body) as PreviewRecord[]);
}

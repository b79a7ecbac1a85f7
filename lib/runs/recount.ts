/**
 * The last pages of a run of orders. What was sold before the store's stock was counted is in the store's quantity
 * already, and is taken off once more when the order reaches Odoo; so the stock of what the orders have moved is
 * counted again, with what the store has now.
 */
import { findEntity } from '../entities/index.ts';
import { type Mapping, mappingsAfter } from '../store/mappings.ts';
import { fetchIds } from './fetch.ts';
import { added, syncRows } from './rows.ts';
import type { Step } from './steps.ts';
import type { Work } from './work.ts';

const MOVING = 'order';
const COUNTED = 'product';
/** Pages of mappings that are looked through in one go, as long as nothing on them is to be counted. */
const PAGES_AT_ONCE = 20;

/** Has a run that would end, and has brought orders, go on with counting. */
export function thenRecount({ run, settings }: Work, step: Step): Step {
  const isOver = step.end?.state === 'completed' && run.phase !== 'recount' && run.preview !== true;
  if (!isOver || run.entity !== MOVING || settings.stockPolicy === 'never') return step;
  const { created, updated, adopted } = added(run.counts, step.counts ?? {});
  if (created + updated + adopted === 0) return step;
  const { end: _, ...rest } = step;
  return { ...rest, change: { ...step.change, phase: 'recount', after: undefined } };
}

/** Counts a page of the products whose stock orders have moved. It is not in the run's counts, which are of orders. */
export async function recount(work: Work): Promise<Step> {
  const { connection, limit } = work.run;
  let { after } = work.run;
  for (let pages = 0; pages < PAGES_AT_ONCE; pages += 1) {
    const page = await mappingsAfter(connection, COUNTED, after, limit);
    const moved = page.mappings.filter((mapping) => mapping.moved === true && mapping.removed === undefined);
    after = page.next;
    if (moved.length > 0) await countAgain(work, moved);
    if (moved.length > 0 || after === undefined) break;
  }
  return after === undefined ? { end: { state: 'completed' } } : { change: { after } };
}

async function countAgain(work: Work, moved: readonly Mapping[]): Promise<void> {
  const { client, run } = work;
  const declaration = findEntity(COUNTED);
  const { entities } = await client.capabilities();
  // Of such a store only events tell: they count again, too.
  if (declaration === undefined || !entities.some(({ entity }) => entity === COUNTED)) return;
  const page = await fetchIds(
    client,
    COUNTED,
    moved.map(({ recordId }) => recordId),
  );
  const ofProducts = { ...work, declaration, run: { ...run, entity: COUNTED } };
  await syncRows(ofProducts, page.rows, page);
  work.odooCalls = ofProducts.odooCalls;
}

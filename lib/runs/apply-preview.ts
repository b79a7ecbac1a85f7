import { ConnectorError } from '../errors/index.ts';
import { PREVIEW_DAYS } from '../store/previews.ts';
import { type Run, type RunKey, readRun } from '../store/runs.ts';
import { type RunSpec, type Started, startChain } from './start.ts';

/**
 * Starts the run that does what a preview has shown; with `group`, also what the others that were asked for
 * together with it have shown, in their order.
 *
 * @returns undefined if there is no such run
 * @throws ConnectorError VALUE_REFUSED for a run that is no preview, is not over, or is too old
 */
export async function applyPreview(key: RunKey, group: boolean, by: string): Promise<Started | undefined> {
  const asked = await readRun(key);
  if (asked === undefined) return undefined;
  const previews = group ? (await groupOf(asked)).filter(isWhole) : [asked];
  const [bad] = (previews.length === 0 ? [asked] : previews).flatMap((run) => unfit(run) ?? []);
  if (bad !== undefined) throw new ConnectorError('VALUE_REFUSED', bad, { fields: [{ path: 'id', reason: bad }] });
  const what = group ? 'of all that was asked for together' : `of ${asked.entity}`;
  return startChain(key.connection, previews.map(specOf), by, {
    message: `${by} has started what the ${asked.mode} preview ${what} has shown.`,
    ...(group ? {} : { entity: asked.entity }),
  });
}

async function groupOf(run: Run): Promise<Run[]> {
  const { connection } = run;
  let first = run;
  for (let id = run.previous; id !== undefined; id = first.previous) {
    const before = await readRun({ connection, id });
    if (before === undefined) break;
    first = before;
  }
  const all = [first];
  for (let id = first.next; id !== undefined; id = all.at(-1)?.next) {
    const after = await readRun({ connection, id });
    if (after === undefined) break;
    all.push(after);
  }
  return all;
}

/** Of a group, what the store does not export is skipped. */
const isWhole = ({ state }: Run): boolean => state === 'completed';

function unfit({ preview, state, endedAt }: Run): string | undefined {
  if (preview !== true) return 'The run is no preview.';
  if (state !== 'completed') return `The preview is ${state}; only one that was completed can be applied.`;
  const age = Date.now() - Date.parse(endedAt ?? '');
  return age > PREVIEW_DAYS * 86_400_000 ? `A preview can be applied for ${PREVIEW_DAYS} days.` : undefined;
}

function specOf({ id, entity, mode, counts, storeTime }: Run): RunSpec {
  const { created, updated, adopted, removed, failed } = counts;
  return {
    ...{ entity, mode, applies: id, total: created + updated + adopted + removed + failed },
    // The store was looked at as a whole when the preview was.
    ...(storeTime === undefined ? {} : { storeTime }),
  };
}

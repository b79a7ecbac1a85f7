/**
 * A record that a function dies of, by its memory or its time, would take its whole batch along with each delivery.
 * Those that one died with are therefore taken in ever smaller groups, after all others: whoever is innocent gets
 * through, and what kills alone is parked. It stays suspected: tried again, it is tried alone.
 */
import { chunks, groupBy } from '../collections.ts';
import type { Lane } from '../store/lanes.ts';
import type { Suspects } from '../store/suspects.ts';

/** A group of suspects is cut into so many. */
const PARTS = 8;
/** Times that a function must die of a record alone: the first may have been chance. */
const DEATHS = 3;

/** How often functions die of one record, worked on among so many at first, until it is parked. */
export function deathsOfOne(among: number): number {
  let deaths = DEATHS;
  for (let size = among; size > 1; size = Math.ceil(size / PARTS)) deaths += 1;
  return deaths;
}

/** Syncs a batch, group by group where some of its records are suspected. `name`: as the lane knows a record. */
export async function cautiously<T, O>(
  lane: Lane,
  items: readonly T[],
  name: (item: T) => string,
  work: { sync: (items: readonly T[]) => Promise<O[]>; giveUp: (item: T) => O },
): Promise<O[]> {
  const { suspects } = lane;
  if (!items.some((item) => suspects.has(name(item)))) return work.sync(items);
  const outcomes: O[] = [];
  for (const group of groupsOf(suspects, [...groupBy(items, name)])) {
    const names = group.map(([one]) => one);
    const events = group.flatMap(([, some]) => some);
    await lane.hold(names);
    const killer = names.find((one) => (suspects.get(one)?.alone ?? 0) >= DEATHS);
    outcomes.push(...(killer === undefined ? await work.sync(events) : events.map(work.giveUp)));
    for (const one of names) suspects.delete(one);
    if (killer !== undefined) suspects.set(killer, { among: 1, alone: DEATHS - 1, at: Date.now() });
  }
  return outcomes;
}

/** First those that nobody died with, then the others, those that were alone last. */
function groupsOf<T>(suspects: Suspects, records: readonly (readonly [string, T])[]) {
  const sizes = groupBy(records, ([one]) => Math.ceil((suspects.get(one)?.among ?? Number.POSITIVE_INFINITY) / PARTS));
  return [...sizes].sort(([a], [b]) => b - a).flatMap(([size, some]) => chunks(some, Math.min(size, some.length)));
}

/** The same load for long: what consumers' memory and an event's way do meanwhile. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Field, percentile } from './field.ts';
import { aCustomer } from './records.ts';
import type { Scenario } from './scenario.ts';

/** An hour at fifty a second. */
const EVENTS = 180_000;
const PER_SECOND = 50;
const RECORDS = 2_000;
const INTERVALS = 20;
/** What is under way at most: beyond, it would be the queue that is measured. */
const MOST_OPEN = 500;
const PATIENCE_MS = 600_000;
const MEGABYTE = 1_048_576;
/** Of the first half's median, in the second. */
const MOST_GROWTH = 1.25;

interface Interval {
  p50Ms: number;
  p95Ms: number;
  /** The least that any consumer's objects took: what is left where the garbage was collected. */
  heapMB: number;
}

export const soak: Scenario = async ({ folder, odoo, events = EVENTS, tell }) => {
  const field = new Field(folder, odoo);
  await field.machines.start();
  try {
    const shop = await field.open('soak');
    const started = Date.now();
    const intervals: Interval[] = [];
    let ids: string[] = [];
    for (let sent = 0; sent < events; ) {
      const batch = Array.from({ length: Math.min(PER_SECOND, events - sent) }, (_, index) =>
        aCustomer(shop.connection, (sent + index) % RECORDS, Math.floor((sent + index) / RECORDS)),
      );
      ids.push(...(await field.send(shop, batch)));
      sent += batch.length;
      const due = started + (sent / PER_SECOND) * 1_000;
      while (Date.now() < due || field.underWay > MOST_OPEN) await sleep(20);
      if (sent >= ((intervals.length + 1) * events) / INTERVALS) {
        await field.settled(ids, PATIENCE_MS);
        const interval = measured(field, ids);
        intervals.push(interval);
        const { p50Ms, p95Ms, heapMB } = interval;
        tell(`${sent} events, ${p50Ms} ms (median), ${p95Ms} ms (95 %), heap ${heapMB.toFixed(1)} MB`);
        ids = [];
      }
    }
    const seconds = (Date.now() - started) / 1_000;
    const [before, after] = [intervals.slice(1, INTERVALS / 2), intervals.slice(INTERVALS / 2)];
    const median = (some: readonly Interval[], of: keyof Interval) =>
      percentile(
        some.map((one) => one[of]),
        0.5,
      );
    const heap = [median(before, 'heapMB'), median(after, 'heapMB')] as const;
    const ways = [median(before, 'p50Ms'), median(after, 'p50Ms')] as const;
    const grows = ([former, latter]: readonly [number, number]) => latter > former * MOST_GROWTH;
    return {
      result: {
        ...{ scenario: 'soak', events, seconds: Math.round(seconds), perSecond: Math.round(events / seconds) },
        ...{ heapMBFirstHalf: rounded(heap[0]), heapMBSecondHalf: rounded(heap[1]) },
        ...{ p50MsFirstHalf: ways[0], p50MsSecondHalf: ways[1] },
      },
      problems: [
        ...(grows(heap) ? ['memory grows'] : []),
        ...(grows(ways) ? ['events take longer and longer'] : []),
        ...(field.parked.size > 0 ? [`${field.parked.size} events were parked`] : []),
      ],
    };
  } finally {
    await field.machines.stop();
  }
};

function measured(field: Field, ids: readonly string[]): Interval {
  const ways = ids.map((id) => field.latencies.get(id) ?? 0);
  const heaps = field.reports.map(({ heapBytes }) => heapBytes);
  const interval = {
    ...{ p50Ms: percentile(ways, 0.5), p95Ms: percentile(ways, 0.95) },
    heapMB: Math.min(...heaps) / MEGABYTE,
  };
  // What was measured is not needed any more: this process shall not grow either.
  field.latencies.clear();
  field.reports.length = 0;
  return interval;
}

const rounded = (megabytes: number): number => Math.round(megabytes * 10) / 10;

/** A connection whose Odoo is slow beside one whose Odoo is not: how long the quick one waits. */
import { setTimeout as sleep } from 'node:timers/promises';
import { startProxy } from '../proxy.ts';
import { Field, percentile, type Shop } from './field.ts';
import { aCustomer, customers } from './records.ts';
import type { Scenario } from './scenario.ts';

const EVENTS = 20;
const BACKLOG = 600;
/** Every call to the slow Odoo takes so long. */
const SLOW_MS = 4_000;
const PAUSE_MS = 500;
const PATIENCE_MS = 300_000;
/** Of an event's way alone, beside others. Without fairness it was fifty times as much. */
const MOST_SLOWER = 5;

export const fairness: Scenario = async ({ folder, odoo, events = EVENTS, tell }) => {
  const field = new Field(folder, odoo);
  await field.machines.start();
  const proxy = await startProxy({
    target: () => field.machines.odoo.url,
    before: () => ({ name: 'slow', passed: 1, wait: SLOW_MS, gets: 'answer' }),
  });
  try {
    const quick = await field.open('quick');
    const slow = await field.open('slow', proxy.url);
    // What is done once per warm function is no matter of fairness.
    await trickle(field, quick, 3, 0);
    const alone = await trickle(field, quick, events, 1);
    await field.send(slow, customers(slow.connection, BACKLOG));
    tell(`${BACKLOG} events wait for the slow Odoo`);
    const beside = await trickle(field, quick, events, 2);
    return {
      result: {
        ...{ scenario: 'fairness', events, backlogOfSlow: BACKLOG, slowCallMs: SLOW_MS, stillOpen: field.underWay },
        ...{ aloneP50Ms: percentile(alone, 0.5), aloneMaxMs: Math.max(...alone) },
        ...{ besideP50Ms: percentile(beside, 0.5), besideMaxMs: Math.max(...beside) },
      },
      problems: unfairness(alone, beside),
    };
  } finally {
    await proxy.stop();
    await field.machines.stop();
  }
};

/** What is not fair about how long events took alone, and beside others. */
export function unfairness(alone: readonly number[], beside: readonly number[]): string[] {
  const [before, meanwhile] = [percentile(alone, 0.5), percentile(beside, 0.5)];
  if (meanwhile <= MOST_SLOWER * before) return [];
  return [`an event took ${meanwhile} ms beside others (median), ${before} ms alone`];
}

/** One event after the other, as they happen in a store. @returns how long each took */
export async function trickle(field: Field, shop: Shop, count: number, revision: number): Promise<number[]> {
  const ids: string[] = [];
  for (let index = 0; index < count; index += 1) {
    ids.push(...(await field.send(shop, [aCustomer(shop.connection, index, revision)])));
    await sleep(PAUSE_MS);
  }
  await field.settled(ids, PATIENCE_MS);
  return ids.map((id) => field.latencies.get(id) ?? Number.POSITIVE_INFINITY);
}

import { describe, expect, it } from 'vitest';
import type { StoreEvent } from '../../lib/opencart/events.ts';
import { fakeConnector, openStore } from './fixtures.ts';

/** What a store up to mischief sends, flushed after each order. */
async function sentWith(seed: number): Promise<StoreEvent[]> {
  const store = await openStore({ seed, mischief: true });
  const { endpoint, requests } = await fakeConnector();
  await store.importAll();
  for (let order = 0; order < 20; order += 1) {
    await store.placeOrders(1);
    await store.flush(endpoint);
  }
  store.outbox.release();
  await store.flush(endpoint);
  expect(await store.outbox.size()).toBe(0);
  return requests.flatMap(({ events }) => events);
}

describe('mischief', () => {
  it('sends everything, some of it twice, some of it late, and does it again for the same seed', async () => {
    const sent = await sentWith(4);

    const sequences = sent.map(({ sequence }) => sequence);
    expect(new Set(sequences).size).toBe(107);
    expect(sequences.length).toBeGreaterThan(115);
    expect(sequences).not.toEqual([...sequences].sort((a, b) => a - b));
    expect((await sentWith(4)).map(({ sequence }) => sequence)).toEqual(sequences);
  });

  it('repeats an event with its id, and mixes the import with orders', async () => {
    const sent = await sentWith(4);

    const bySequence = new Map(sent.map((event) => [event.sequence, event]));
    for (const event of sent) expect(event).toEqual(bySequence.get(event.sequence));
    const firstOrder = sent.findIndex(({ entity }) => entity === 'order');
    expect(sent.slice(firstOrder).some(({ entity }) => entity === 'customer')).toBe(true);
    expect(sent.slice(firstOrder).some(({ entity }) => entity === 'product')).toBe(true);
  });
});

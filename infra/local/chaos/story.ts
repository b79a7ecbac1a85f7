/** What happens in the store while everything else goes wrong. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from '../store/random.ts';
import type { DemoStore } from '../store/store.ts';
import type { Kill } from './plan.ts';

export interface Story {
  store: DemoStore;
  seed: number;
  events: number;
  kills: readonly Kill[];
  kill: (kill: Kill) => Promise<void>;
  /** Somebody works in Odoo. */
  meddle: (random: Random) => Promise<void>;
  /** Messages that were not worked on yet; faults shall meet the whole of the run, so the store waits for the connector. */
  backlog: () => Promise<number>;
  jumpClocks: (random: Random) => Promise<void>;
  tell: (text: string) => void;
}

const WAVE_ORDERS = 5;
const WAVE_EDITS = 3;
/** Each look counts the messages of some thirty queues: often, it would take more of the machine than what it waits for. */
const POLL_MS = 500;

export async function play(story: Story): Promise<void> {
  const { store, seed, events, kills, tell } = story;
  const most = Math.max(60, Math.min(600, events / 5));
  await store.importAll();
  let next = 0;
  let tellAt = 0;
  for (let wave = 0; store.events < events; wave += 1) {
    const random = new Random(seed, 'wave', wave);
    await store.placeOrders(Math.min(WAVE_ORDERS, events - store.events));
    for (let edit = 0; edit < WAVE_EDITS && store.events < events; edit += 1) {
      await store.editCustomer();
      if (store.events < events) await store.editProduct();
      if (store.events < events) await store.advanceOrder();
    }
    if (random.chance(0.15)) await story.jumpClocks(random);
    if (random.chance(0.3)) await story.meddle(random);
    for (let kill = kills[next]; kill !== undefined && kill.after <= store.events; kill = kills[next]) {
      next += 1;
      await story.kill(kill);
    }
    while ((await story.backlog()) > most) await sleep(POLL_MS);
    if (store.events >= tellAt) {
      tell(`${store.events} events, ${next} kills`);
      tellAt = store.events + events / 20;
    }
  }
  for (const kill of kills.slice(next)) await story.kill(kill);
  store.outbox.release();
}

/** What happens in the store during the demo: it is imported, people buy, things change, machines die. */
import { setTimeout as sleep } from 'node:timers/promises';
import { Random } from './store/random.ts';
import type { DemoStore } from './store/store.ts';

export interface Story {
  store: DemoStore;
  orders: number;
  seed: number;
  kills: number;
  /** Kills the stack, and its Odoo too where that is a sandbox, and starts them again. */
  kill: (odooToo: boolean) => Promise<void>;
  tell: (text: string) => void;
}

const ORDERS_PER_WAVE = 6;
const PAUSE_MS = 250;
const LONGEST_FUSE_MS = 2_500;

/** Orders come in waves, each followed by some changes; kills fall into seeded waves at seeded moments. */
export async function play({ store, orders, seed, kills, kill, tell }: Story): Promise<void> {
  await store.importAll();
  const random = new Random(seed, 'story');
  const waves = Math.max(1, Math.ceil(orders / ORDERS_PER_WAVE));
  const killsIn = Array.from({ length: kills }, () => random.int(1, waves));
  for (let wave = 1; wave <= waves; wave += 1) {
    const left = orders - (wave - 1) * ORDERS_PER_WAVE;
    await store.placeOrders(Math.min(ORDERS_PER_WAVE, left));
    if (random.chance(0.6)) await store.editCustomer();
    if (random.chance(0.6)) await store.editProduct();
    if (random.chance(0.6)) await store.advanceOrder();
    await sleep(PAUSE_MS);
    for (const _ of killsIn.filter((one) => one === wave)) {
      await sleep(random.int(0, LONGEST_FUSE_MS));
      await kill(random.chance(0.5));
    }
  }
  store.outbox.release();
  tell(`${orders} orders placed, ${store.events} events made`);
}

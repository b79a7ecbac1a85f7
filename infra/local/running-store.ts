import { close, listen } from './aws/listen.ts';
import { storeFolder } from './data-folder.ts';
import type { Endpoint } from './store/courier.ts';
import { DeliveryLoop } from './store/delivery-loop.ts';
import { createStoreServer } from './store/server.ts';
import { DemoStore, type StoreOptions } from './store/store.ts';

export interface RunningStore {
  /** Begins to deliver; a new store sells its first orders. */
  open(): Promise<void>;
  stop(): Promise<void>;
}

const FIRST_ORDERS = 3;
const FIRST_ORDER_ID = 1001;

/** The demo store as `npm start` runs it: with a page, delivering by itself. */
export async function startRunningStore(
  endpoint: Endpoint,
  folder: string,
  port: number,
  realOdoo: boolean,
  size: Pick<StoreOptions, 'customers' | 'products'> = {},
): Promise<RunningStore> {
  // A real Odoo remembers the orders of a store that was reset: new ones must have other numbers.
  const firstOrderId = realOdoo ? Math.floor(Date.now() / 60_000) * 10 : FIRST_ORDER_ID;
  const store = await DemoStore.open({ folder: storeFolder(folder), firstOrderId, ...size });
  let problem: string | undefined;
  const loop = new DeliveryLoop(
    () => store.flush(endpoint),
    (delivery) => {
      problem = delivery.problem;
    },
  );
  const server = createStoreServer(store, () => problem, endpoint);
  try {
    await listen(server, port);
  } catch (error) {
    await store.close();
    throw error;
  }
  return {
    async open() {
      if (store.events === 0) await store.placeOrders(FIRST_ORDERS);
      loop.start();
    },
    async stop() {
      await close(server);
      await loop.stop();
      await store.close();
    },
  };
}

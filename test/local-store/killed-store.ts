/** Run by outbox.test.ts in a process of its own: places orders, says which, and waits for its end. */
import { DemoStore } from '../../infra/local/store/store.ts';

const store = await DemoStore.open({ folder: process.argv[2] ?? '' });
const placed = await store.placeOrders(5);
process.send?.(placed.map(({ orderId }) => orderId));
